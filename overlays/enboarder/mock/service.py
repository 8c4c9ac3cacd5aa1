"""The whole service without a network: a call goes in, a reply comes out, and both are recorded."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NoReturn

from . import brands, discovery, profiles, reports, users, workflows
from .access import Access, missing_token
from .description import Description, Operation
from .exchange import Call, Handler, Recorded, Refusal, Reply, Request
from .faults import Fault
from .pending import TOKEN, Pending
from .state import State

TOKEN_PATH = "/oauth2/token"
LARGEST_BODY = 5 * 1024 * 1024
HANDLERS: Mapping[str, Handler] = {
    **workflows.HANDLERS,
    **profiles.HANDLERS,
    **reports.HANDLERS,
    **users.HANDLERS,
    **discovery.HANDLERS,
    **brands.HANDLERS,
}
REFUSALS: Mapping[str, Refusal] = {
    "workflows": workflows.refuse,
    "profiles": profiles.refuse,
    "users": users.refuse,
}


class Service:
    """Answers one call at a time, from any thread."""

    def __init__(self, description: Description, state: State, access: Access) -> None:
        self.state = state
        self.access = access
        self.lock = threading.Lock()
        self.recorded: list[Recorded] = []
        self.pending = Pending({operation.name for operation in description.operations})
        self._description = description

    def answer(self, call: Call) -> Reply:
        """Answer a call and record it."""
        with self.lock:
            name, reply, fault = self._answer(call)
            status = reply.status if reply.delivery in ("whole", "half") else 0
            met = fault.name if fault else None
            self.recorded.append(
                Recorded(call.method, call.path, call.query, call.headers, call.body, status, name, met)
            )
        return reply

    def _answer(self, call: Call) -> tuple[str | None, Reply, Fault | None]:
        """The operation of a call, the reply, and the fault that it met; what has no access meets none."""
        if call.path == TOKEN_PATH:
            return TOKEN, *self._struck(TOKEN, lambda: self.access.issue(call))
        found = self._description.find(call.method, call.path)
        if found is None:
            return None, missing_token(), None
        operation, path = found
        refusal = self.access.refusal(operation, call) or _oversized(call)
        if refusal:
            return operation.name, refusal, None
        return operation.name, *self._struck(
            operation.name, lambda: self._checked(operation, self._handled(operation, path, call))
        )

    def _struck(self, name: str, carry_out: Callable[[], Reply]) -> tuple[Reply, Fault | None]:
        fault = self.pending.take(name)
        return (fault.reply(carry_out) if fault else carry_out()), fault

    def _handled(self, operation: Operation, path: Mapping[str, str], call: Call) -> Reply:
        media_type = call.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
        try:
            body = json.loads(call.body, parse_constant=_no_json) if call.body else None
        except (ValueError, RecursionError):
            body, faults = None, ["the body is no JSON"]
        else:
            faults = self._description.request_faults(operation, call.query, call.headers, body)
        if call.body and not media_type.endswith("json"):
            return Reply(415, {"message": "Unsupported Media Type"}, faults=("the body is not sent as JSON",))
        request = Request(operation.name, path, call.query, call.headers, body)
        if faults:
            refusal = REFUSALS.get(operation.name.partition(".")[0], _refuse)(self.state, request, faults)
            return replace(refusal, faults=tuple(faults))
        handler = HANDLERS.get(operation.name)
        return handler(self.state, request) if handler else self._description.example(operation)

    def _checked(self, operation: Operation, reply: Reply) -> Reply:
        """The reply, or a 500 that tells how it breaks the contract: then the mock, or a prepared state, is wrong."""
        faults = self._description.reply_faults(operation, reply)
        if not faults:
            return reply
        told = f"the reply of {operation.name} with status {reply.status} breaks the contract: {'; '.join(faults)}"
        return Reply(500, {"message": f"A bug in enboarder.mock, or in the state that a test gave it: {told}"})


def _oversized(call: Call) -> Reply | None:
    return Reply(413, {"message": "Request Too Long"}) if len(call.body) > LARGEST_BODY else None


def _refuse(_: State, __: Request, faults: list[str]) -> Reply:
    return Reply(400, {"message": "; ".join(faults)})


def _no_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
