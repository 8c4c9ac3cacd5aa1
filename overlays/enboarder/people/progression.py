"""A run that goes on: what the blocking and the awaiting driver share."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from attrs import evolve, frozen

from ..clock import Clock
from ..errors import InvalidInput
from .endings import Ending
from .ledger.book import Ledger, kind_of
from .ledger.record import Claim, LedgerError, Outcome, Reason, Refusal
from .pace import Pace, Pacer
from .plan import Action, Plan
from .results import DONE, Result, Run, Status

LONGEST_RETRY_AFTER = 600.0
"""Seconds of `Retry-After` beyond which a run stops instead of waiting."""
EXTERNAL_ID = "externalid"

ProgressCallback = Callable[[Result, int, int], object]
"""Takes each result as it comes, how many there are, and how many there will be."""


@frozen
class Settings:
    """How a run behaves."""

    pace: Pace
    stop_after: int | None
    clock: Clock


class Progression:
    """Gives out actions, claims them, and keeps their results; threads may share it."""

    def __init__(self, plan: Plan, ledger: Ledger, settings: Settings) -> None:
        _require_fit(plan, ledger)
        self.run = _new_name(settings.clock)
        self.pacer = Pacer(settings.pace, settings.clock)
        self.stopped: str | None = None
        """Why no further request is sent; None while the run goes on."""
        self._actions = plan.actions
        self._ledger = ledger
        self._settings = settings
        self._lock = threading.Lock()
        self._next = 0
        self._results: dict[int, Result] = {}
        self._refusals = 0
        self._last_refusal: tuple[object, ...] | None = None

    @property
    def total(self) -> int:
        """How many results there will be."""
        return len(self._actions)

    @property
    def operations(self) -> set[str]:
        """The names of the operations that will be sent."""
        return {action.operation for action in self._actions}

    @property
    def goes_on(self) -> bool:
        """Whether there are actions left that will be sent."""
        return self.stopped is None and self._next < len(self._actions)

    def stop(self, reason: str) -> None:
        """Send nothing more; the first reason counts."""
        with self._lock:
            self.stopped = self.stopped or reason

    def next_action(self) -> tuple[int, Action] | None:
        """Return the next action and its index, or None if there is none to send."""
        with self._lock:
            if not self.goes_on:
                return None
            index = self._next
            self._next += 1
        return index, self._actions[index]

    def claim(self, index: int, action: Action) -> Claim | Result:
        """Return the right to send an action, or how it ended without being sent."""
        try:
            claim = self._ledger.claim(
                action.operation,
                action.external_id,
                action.body,
                run=self.run,
                allowed=action.allowed,
            )
        except LedgerError as error:
            self.stop(str(error))
            result = _result(action, Status.NOT_SENT, str(error))
        else:
            if isinstance(claim, Claim):
                return claim
            result = _refused_by_ledger(action, claim)
        return self._keep(index, result)

    def now(self) -> datetime:
        """Return the time."""
        return datetime.fromtimestamp(self._settings.clock.wall(), UTC)

    def finish(
        self,
        index: int,
        action: Action,
        claim: Claim,
        ending: Ending,
        sent_at: datetime,
    ) -> Result:
        """Record how a request ended, and adapt the pace."""
        status = _status_of(claim.kind, ending.outcome)
        result = Result(
            row=action.row,
            operation=action.operation,
            external_id=action.external_id,
            status=status,
            message=ending.message,
            hint=ending.hint,
            reference_id=ending.reference_id,
            at=None if ending.outcome is Outcome.NOT_SENT else sent_at,
            http_status=ending.http_status,
            error=ending.error,
        )
        try:
            self._ledger.finish(
                claim,
                ending.outcome,
                reason=ending.reason,
                reference_id=ending.reference_id,
            )
        except LedgerError as error:
            self.stop(str(error))
            hint = f"{result.hint} The ledger could not record this: {error}"
            result = evolve(result, hint=hint.strip())
        self._adapt(action, ending)
        return self._keep(index, result)

    def finished(self) -> Run:
        """Return the results, also for the rows that were not sent."""
        why = f"the run stopped before this row: {self.stopped}"
        results = [
            self._results.get(index) or _result(action, Status.NOT_SENT, why)
            for index, action in enumerate(self._actions)
        ]
        return Run(self.run, tuple(results), self.stopped)

    def _keep(self, index: int, result: Result) -> Result:
        with self._lock:
            self._results[index] = result
        return result

    def _adapt(self, action: Action, ending: Ending) -> None:
        """Slow down, speed up or stop, by how a request ended."""
        if ending.is_overload:
            self.pacer.slow_down(ending.retry_after)
        elif ending.outcome is Outcome.DONE:
            self.pacer.speed_up()
        asked = ending.retry_after or 0.0
        if asked > LONGEST_RETRY_AFTER:
            self.stop(f"the service asks to wait {asked:.0f} s; run again later")
        self._count(action, ending)

    def _count(self, action: Action, ending: Ending) -> None:
        """Stop after several failures of one kind in a row."""
        if ending.outcome is Outcome.DONE:
            kind = None
        else:
            words = ending.message.replace(action.external_id, "…")
            kind = (ending.outcome, ending.error, ending.http_status, words)
        with self._lock:
            is_same = kind is not None and kind == self._last_refusal
            self._refusals = self._refusals + 1 if is_same else 1
            self._last_refusal = kind
            count = self._refusals
        limit = self._settings.stop_after
        if kind is not None and limit is not None and count >= limit:
            self.stop(
                f"{count} requests in a row ended in the same way "
                f"({ending.error}, {ending.outcome}): {ending.message}"
            )


def _require_fit(plan: Plan, ledger: Ledger) -> None:
    """Refuse a plan that does not fit the ledger, or itself.

    Raises:
        InvalidInput: nothing was sent.
    """
    if plan.account != ledger.account:
        raise InvalidInput(
            f"the plan is for the account {plan.account!r}, and the ledger belongs to "
            f"{ledger.account!r}; nothing was sent. Use the ledger of that account, or "
            "make the plan again"
        )
    for action in plan.actions:
        if kind_of(action.operation) != plan.kind:
            raise InvalidInput(
                f"row {action.row}: {action.operation} is in a plan to {plan.kind}; "
                "nothing was sent. Make the plan again"
            )
        if action.body.get(EXTERNAL_ID) != action.external_id:
            raise InvalidInput(
                f"row {action.row}: external_id differs from {EXTERNAL_ID} in the "
                "body; nothing was sent. Make the plan again"
            )


def _new_name(clock: Clock) -> str:
    started = datetime.fromtimestamp(clock.wall(), UTC)
    return f"{started:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def _result(action: Action, status: Status, message: str, hint: str = "") -> Result:
    return Result(
        row=action.row,
        operation=action.operation,
        external_id=action.external_id,
        status=status,
        message=message,
        hint=hint,
    )


def _refused_by_ledger(action: Action, refusal: Refusal) -> Result:
    if refusal.reason is Reason.ALREADY:
        status = Status.ALREADY
    elif refusal.reason is Reason.UNSETTLED:
        status = Status.UNKNOWN
    else:
        status = Status.CONFLICT
    result = _result(action, status, refusal.message, refusal.hint)
    if status is Status.CONFLICT:
        return result
    return evolve(result, reference_id=refusal.record.reference_id)


def _status_of(kind: str, outcome: Outcome) -> Status:
    if outcome is Outcome.DONE:
        return DONE[kind]
    if outcome is Outcome.REFUSED:
        return Status.REFUSED
    if outcome is Outcome.NOT_SENT:
        return Status.NOT_SENT
    return Status.UNKNOWN


def settings_of(
    pace: Pace | None,
    stop_after: int | None,
    clock: Clock,
) -> Settings:
    """Return checked settings of a run.

    Raises:
        InvalidInput: `stop_after` is wrong; nothing was sent.
    """
    if stop_after is not None and stop_after < 1:
        raise InvalidInput(
            "stop_after must be a whole number above 0, or None to go on whatever "
            f"happens; got {stop_after!r}"
        )
    return Settings(pace or Pace(), stop_after, clock)
