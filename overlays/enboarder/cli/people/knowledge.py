"""`enboarder people status`, `resolve` and `prune`: what the ledger knows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ... import people
from ..codes import ExitCode
from ..data import Format, format_of, show_rows, utc_text
from ..talk import counted, say

if TYPE_CHECKING:
    from ...people import Ledger, Record
    from ..connection import Connection

COLUMNS = ("external_id", "kind", "outcome", "claimed_at", "run", "reason", "note")


@frozen
class Question:
    """Which requests are wanted."""

    external_id: str | None = None
    unsettled: bool = False
    run: str | None = None

    def answers(self, ledger: Ledger) -> list[Record]:
        """Return the requests."""
        if self.external_id is not None:
            found = ledger.find(self.external_id)
        else:
            found = ledger.unsettled() if self.unsettled else ledger.records()
        return [record for record in found if self._wants(record)]

    def _wants(self, record: Record) -> bool:
        if self.unsettled and record.is_settled:
            return False
        return self.run is None or record.run == self.run


def show(
    connection: Connection, question: Question, *, as_json: bool, as_lines: bool
) -> ExitCode:
    """Show requests, and return 5 if the outcome of one is unknown."""
    format = format_of(as_json=as_json, as_lines=as_lines)
    with connection.open_ledger() as ledger:
        records = question.answers(ledger)
        members = {"account": ledger.account, "ledger": ledger.description}
        say(f"Ledger: {ledger.description}, account {ledger.account}")
    extra = members if format is Format.JSON else {}
    show_rows("requests", COLUMNS, map(_row, records), format, **extra)
    unknown = sum(not record.is_settled for record in records)
    say(f"{counted(len(records), 'request')}, {unknown} of unknown outcome.")
    return ExitCode.UNKNOWN if unknown else ExitCode.OK


def resolve_by_reads(connection: Connection) -> ExitCode:
    """Look for launches of unknown outcome; nothing is launched or changed."""
    settings = connection.settings()
    with connection.open_ledger(settings) as ledger:
        if not ledger.unsettled():
            say("Every outcome is known; nothing was read.")
            return ExitCode.OK
        with connection.client(settings) as enboarder:
            settlement = people.settle(enboarder, ledger)
    for external_id in settlement.settled:
        say(f"{external_id}: found, so it is recorded as launched")
    if not settlement.left:
        return ExitCode.OK
    show_rows("requests", COLUMNS, map(_row, settlement.left))
    say(
        f"{counted(len(settlement.left), 'request')} not found by reads, which proves "
        "nothing. Look in Enboarder, then run `enboarder people resolve ID --as done` "
        "or `--as not-done`."
    )
    return ExitCode.UNKNOWN


def resolve_by_person(
    connection: Connection, external_id: str, kind: str, note: str, *, is_done: bool
) -> ExitCode:
    """Record what a person found out."""
    outcome = people.Outcome.DONE if is_done else people.Outcome.NOT_SENT
    with connection.open_ledger() as ledger:
        ledger.resolve(external_id, outcome, kind=kind, note=note)
    ending = "as done" if is_done else "as not done, so it may be sent again"
    say(f"{kind} of {external_id}: recorded {ending}.")
    return ExitCode.OK


def forget(connection: Connection, days: int) -> None:
    """Forget external ids by age."""
    with connection.open_ledger() as ledger:
        count = ledger.prune(datetime.now(UTC) - timedelta(days=days))
    say(f"{counted(count, 'request')} forgotten; nobody is launched again by that.")


def _row(record: Record) -> dict[str, Any]:
    return {
        "external_id": record.external_id,
        "kind": record.kind,
        "operation": record.operation,
        "outcome": str(record.outcome),
        "claimed_at": utc_text(record.claimed_at),
        "finished_at": utc_text(record.finished_at),
        "run": record.run,
        "reason": record.reason,
        "reference_id": record.reference_id,
        "note": record.note,
    }
