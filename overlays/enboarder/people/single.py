"""Protect a single launch in the user's own code."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeGuard

from attrs import frozen

from enboarder_api.api.workflows import AsyncWorkflowsResource, WorkflowsResource
from enboarder_api.types import UNSET

from ..clock import SYSTEM_CLOCK, Clock
from ..errors import InvalidInput, OutcomeUnknown
from .calls import import_calls, wire_body
from .endings import Ending, done, failed
from .ledger.book import Ledger
from .ledger.record import (
    KINDS,
    Claim,
    LedgerConflict,
    LedgerError,
    Outcome,
    Reason,
    Refusal,
)
from .progression import EXTERNAL_ID
from .results import DONE, Result, Status


def once(
    ledger: Ledger,
    send: Callable[..., Any],
    body: Any = UNSET,
    *,
    allow: bool = False,
    clock: Clock = SYSTEM_CLOCK,
    timeout: float | None = None,
    **fields: Any,
) -> Result:
    """Send a launch, an update or a cancellation once, however often this is called.

    Args:
        ledger: the ledger of the account.
        send: the client's method, such as `enboarder.workflows.launch_basic`.
        body: what it sends: a model, or a mapping with wire names. It needs an
            external id.
        allow: send it in spite of a conflict, because a person has looked at it.
        clock: the time; for tests.
        timeout: seconds for one attempt; None means the client's own timeout.
        fields: the fields of the body as keywords, as the method takes them, instead of
            the body.

    Returns:
        `launched`, `updated` or `cancelled`; or `already done`, and nothing was sent.

    Raises:
        InvalidInput: an argument is wrong; nothing was sent.
        OutcomeUnknown: it was sent, now or earlier, and may have been done.
        LedgerConflict: somebody with the same address, or under the same id with other
            custom fields, was launched; nothing was sent.
        LedgerError: the ledger cannot be used.
        EnboarderError: what the method raises.
    """
    request = _request_of(send, body, fields, WorkflowsResource)
    claim = request.claim(ledger, allow)
    if isinstance(claim, Result):
        return claim
    sent_at = datetime.fromtimestamp(clock.wall(), UTC)
    try:
        ending = done(send(request.body, timeout=timeout))
    except Exception as error:
        request.finish(ledger, claim, failed(error))
        raise
    request.finish(ledger, claim, ending)
    return request.result(DONE[claim.kind], ending, sent_at)


async def once_async(
    ledger: Ledger,
    send: Callable[..., Awaitable[Any]],
    body: Any = UNSET,
    *,
    allow: bool = False,
    clock: Clock = SYSTEM_CLOCK,
    timeout: float | None = None,
    **fields: Any,
) -> Result:
    """Send something once, with a method of `AsyncEnboarder`; like `once`."""
    import asyncio

    request = _request_of(send, body, fields, AsyncWorkflowsResource)
    claim = await asyncio.to_thread(request.claim, ledger, allow)
    if isinstance(claim, Result):
        return claim
    sent_at = datetime.fromtimestamp(clock.wall(), UTC)
    try:
        ending = done(await send(request.body, timeout=timeout))
    except Exception as error:
        await asyncio.to_thread(request.finish, ledger, claim, failed(error))
        raise
    await asyncio.to_thread(request.finish, ledger, claim, ending)
    return request.result(DONE[claim.kind], ending, sent_at)


@frozen
class _Request:
    operation: str
    external_id: str
    body: Mapping[str, Any]

    def claim(self, ledger: Ledger, allow: bool) -> Claim | Result:
        """Return the right to send it, or that it was done already."""
        found = ledger.claim(
            self.operation,
            self.external_id,
            self.body,
            run=f"once-{secrets.token_hex(3)}",
            allowed=allow,
        )
        if isinstance(found, Claim):
            return found
        return self._already(found)

    def finish(self, ledger: Ledger, claim: Claim, ending: Ending) -> None:
        """Record how it ended."""
        try:
            ledger.finish(
                claim,
                ending.outcome,
                reason=ending.reason,
                reference_id=ending.reference_id,
            )
        except LedgerError as error:
            error.add_note(
                f"{self.operation} of {self.external_id} ended: {ending.outcome}. It "
                "is not recorded, so it is not sent again"
            )
            raise

    def result(
        self, status: Status, ending: Ending, sent_at: datetime | None
    ) -> Result:
        """Return the result."""
        return Result(
            row=0,
            operation=self.operation,
            external_id=self.external_id,
            status=status,
            message=ending.message,
            reference_id=ending.reference_id,
            at=sent_at,
        )

    def _already(self, refusal: Refusal) -> Result:
        record = refusal.record
        text = f"{self.operation} of {self.external_id}: nothing was sent, because"
        if refusal.reason is Reason.UNSETTLED:
            raise OutcomeUnknown(
                f"{text} {refusal.message}. {refusal.hint}",
                operation=self.operation,
                external_ids=(self.external_id,),
            )
        if refusal.reason.is_conflict:
            raise LedgerConflict(
                f"{text} {refusal.message}. {refusal.hint}", refusal=refusal
            )
        ending = Ending(
            Outcome.DONE, message=refusal.message, reference_id=record.reference_id
        )
        return self.result(Status.ALREADY, ending, None)


def _request_of(
    send: Any, body: Any, fields: Mapping[str, Any], owner: type
) -> _Request:
    operation = f"workflows.{getattr(send, '__name__', '')}"
    is_method = isinstance(getattr(send, "__self__", None), owner)
    if not is_method or operation not in KINDS:
        raise InvalidInput(
            "send must be a method of the client that concerns one person, such as "
            f"enboarder.workflows.launch_basic; got {type(send).__name__}"
        )
    import_calls([operation])
    wire = wire_body(operation, body, fields)
    external_id = wire.get(EXTERNAL_ID) if _is_object(wire) else None
    if not isinstance(external_id, str) or not external_id.strip():
        raise InvalidInput(
            f"external_id ({EXTERNAL_ID}) is missing; without it, nobody could tell "
            "whether this person was launched before. Nothing was sent"
        )
    return _Request(operation, external_id, wire)


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)
