"""The service without a network: it turns a call into a reply."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from .access.gate import Gate, missing_token
from .access.token_endpoint import TokenEndpoint
from .contract.description import Description
from .contract.operations import Operation
from .fault_queue import TOKEN, FaultQueue
from .faults import Fault
from .json_values import depth
from .messages import Call, Recorded, Reply, Request
from .own_reports import FORMS, own_report
from .record import Record
from .resources import HANDLERS, refuse
from .state import State

TOKEN_PATH = "/oauth2/token"
LARGEST_BODY = 5 * 1024 * 1024
DEEPEST_BODY = 64
"""Levels of lists and objects. No body of the contract has more than five."""


class NestedTooDeeply(Exception):
    """A body has more levels than anybody would send on purpose."""


class Service:
    """Answers one call at a time, from any thread, and records it."""

    def __init__(self, description: Description, state: State, gate: Gate) -> None:
        operations = {operation.name for operation in description.operations}
        self.state = state
        self.gate = gate
        self.lock = threading.Lock()
        self._record = Record()
        self.fault_queue = FaultQueue(operations)
        self._description = description
        self._token_endpoint = TokenEndpoint(gate.credentials, gate.tokens)

    @property
    def recorded(self) -> list[Recorded]:
        """Every call so far, in the order of the answers."""
        with self.lock:
            return self._record.requests()

    def add_form(
        self,
        form_id: str,
        rows: int | Iterable[Mapping[str, Any]],
        *,
        fields: Iterable[Any] | None = None,
        name: str | None = None,
    ) -> None:
        """Offer a form, or replace one, in the reports; see `MockServer.add_form`.

        Raises:
            ValueError: Something cannot be sent, or breaks the contract.
        """
        report = own_report(self._description, FORMS, form_id, rows, fields, name)
        with self.lock:
            report.put_into(
                self.state.forms, self.state.form_properties, self.state.form_rows
            )

    def answer(self, call: Call) -> Reply:
        """Answer a call and record it."""
        with self.lock:
            operation, reply, fault = self._answer(call)
            is_sent = reply.delivery in ("whole", "half")
            recorded = Recorded(
                method=call.method,
                path=call.path,
                query=call.query,
                headers=call.headers,
                body=call.body,
                status=reply.status if is_sent else 0,
                operation=operation,
                fault=None if fault is None else fault.name,
                body_size=call.body_size,
            )
            self._record.add(recorded)
        return reply

    def _answer(self, call: Call) -> tuple[str | None, Reply, Fault | None]:
        """Return the operation's name, the reply, and the fault that the call met.

        A call without a valid credential meets no fault.
        """
        if call.path == TOKEN_PATH:
            reply, fault = self._meet_fault(
                TOKEN, lambda: self._token_endpoint.answer(call)
            )
            return TOKEN, reply, fault
        found = self._description.find(call.method, call.path)
        if found is None:
            return None, missing_token(), None
        operation, path = found
        # The credential is checked before the size of the body.
        refusal = self.gate.refusal(operation, call) or _oversized(call)
        if refusal:
            return operation.name, refusal, None
        reply, fault = self._meet_fault(
            operation.name, lambda: self._carry_out(operation, path, call)
        )
        return operation.name, reply, fault

    def _meet_fault(
        self, operation: str, carry_out: Callable[[], Reply]
    ) -> tuple[Reply, Fault | None]:
        fault = self.fault_queue.take(operation)
        if fault is None:
            return carry_out(), None
        return fault.reply(carry_out), fault

    def _carry_out(
        self, operation: Operation, path: Mapping[str, str], call: Call
    ) -> Reply:
        """Return the reply; a 500 if it cannot be made or breaks the contract."""
        try:
            reply = self._handle(operation, path, call)
            problems: list[str] = []
            if reply.keeps_contract:
                problems = self._description.reply_problems(operation, reply)
            # A reply that is not JSON fails here, and the call is still recorded.
            _ = reply.content
        # Any exception of a handler is a bug of the mock or of a state that a test
        # prepared.
        except Exception as error:  # noqa: BLE001
            return _internal_error(operation, f"it ended in {error!r}")
        if problems:
            listed = "; ".join(problems)
            reason = f"its reply with status {reply.status} breaks the contract: "
            return _internal_error(operation, reason + listed)
        return reply

    def _handle(
        self, operation: Operation, path: Mapping[str, str], call: Call
    ) -> Reply:
        try:
            body = _parsed(call.body)
        except NestedTooDeeply:
            body = None
            problems = [f"the JSON body is nested more than {DEEPEST_BODY} levels deep"]
        except ValueError:
            body = None
            problems = ["the body is not JSON"]
        else:
            problems = self._description.request_problems(
                operation, call.query, call.headers, body
            )
        if call.body and not _is_sent_as_json(call):
            return Reply(
                415,
                {"message": "Unsupported Media Type"},
                problems=("the body is not sent as JSON",),
            )
        request = Request(operation.name, path, call.query, call.headers, body)
        if problems:
            refusal = refuse(self.state, request, problems)
            return replace(refusal, problems=tuple(problems))
        handler = HANDLERS.get(operation.name)
        if handler is None:
            return self._description.example(operation)
        return handler(self.state, request)


def _oversized(call: Call) -> Reply | None:
    if call.body_size <= LARGEST_BODY:
        return None
    return Reply(413, {"message": "Request Too Long"})


def _is_sent_as_json(call: Call) -> bool:
    content_type = call.headers.get("content-type", "application/json")
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type.endswith("json")


def _parsed(content: bytes) -> Any:
    """Return the JSON value of a body; None if the body is empty.

    Numbers that Python reads as infinite are refused, because no reply could repeat
    them.

    Raises:
        NestedTooDeeply: It has too many levels.
        ValueError: It is not JSON.
    """
    if not content:
        return None
    try:
        value = json.loads(
            content, parse_constant=_refuse_constant, parse_float=_finite_float
        )
    except RecursionError:
        raise NestedTooDeeply from None
    if depth(value) > DEEPEST_BODY:
        raise NestedTooDeeply
    return value


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _finite_float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits} is too large")
    return number


def _internal_error(operation: Operation, reason: str) -> Reply:
    message = (
        f"{operation.name} cannot be answered: {reason}. Either a test prepared a "
        "state that does not fit the contract, or this is a bug in enboarder.mock."
    )
    return Reply(500, {"message": message})
