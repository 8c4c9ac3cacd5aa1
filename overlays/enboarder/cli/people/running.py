"""`enboarder people launch`, `update` and `cancel`: plan, confirm, run."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ... import people
from ...errors import InvalidInput
from ..codes import ExitCode
from ..confirming import require_confirmation
from ..data import (
    Format,
    format_of,
    is_shown_on_terminal,
    show_line,
    show_rows,
    utc_text,
)
from ..stopping import ended_by_sigterm
from ..talk import counted, say
from .checking import describe
from .files import Source
from .progress import shown_progress

if TYPE_CHECKING:
    from ...client import Enboarder
    from ...people import Ledger, Plan, Result, Run
    from ..connection import Connection

RESULTS = "results.csv"
FAILED = "failed.csv"
REPORT = "report.html"
MOST_SHOWN = 20
"""Problems, and rows that were not done, that are shown at most."""
DOING = {"launch": "launching", "update": "changing", "cancel": "cancelling"}
WARNING = {
    "launch": "This messages {people}.",
    "update": "This changes the workflows of {people}, who may be messaged.",
    "cancel": "This cancels the workflows of {people}.",
}
NO_CREDENTIAL = ("Unauthorized", "Forbidden", "TokenRefused")
"""The errors of a run that say no to everybody."""


@frozen
class Manner:
    """How a plan is executed."""

    limit: int | None = None
    confirm: int | None = None
    results: Path | None = None
    per_second: float = 5.0
    in_flight: int = 2
    stop_after: int = 5
    as_json: bool = False
    as_lines: bool = False

    @property
    def format(self) -> Format:
        """How the results are printed."""
        return format_of(as_json=self.as_json, as_lines=self.as_lines)


def run(kind: str, source: Source, connection: Connection, manner: Manner) -> ExitCode:
    """Plan, ask, execute the plan, write the results, and return the exit code."""
    format = manner.format
    # A wrong option is refused before anybody is asked for a secret.
    people.Pace(manner.in_flight, manner.per_second)
    folder = results_folder(source, manner)
    settings = connection.settings()
    with (
        connection.client(settings) as enboarder,
        connection.open_ledger(settings) as ledger,
    ):
        plan = _limited(source.plan(kind, ledger), manner.limit)
        present(plan, ledger)
        if not plan.actions:
            say("Nobody is left to be sent; nothing was sent.")
            return write(plan, (), folder) or _code_of_problems(plan)
        _confirm(plan, manner.confirm)
        ended = execute(enboarder, plan, ledger, manner)
    code = write(plan, ended, folder) or code_of_run(plan, ended)
    show(ended, format)
    conclude(plan, ended, source, kind)
    return code


def results_folder(source: Source, manner: Manner) -> Path:
    """Return the folder for the results, which can be written.

    Raises:
        InvalidInput: it cannot be written, or the results would replace the input.
    """
    folder = manner.results or source.file.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InvalidInput(
            f"the results cannot be written to {folder} ({error.strerror}); nothing "
            "was sent. Name another folder with --results"
        ) from None
    if source.file.resolve() == (folder / RESULTS).resolve():
        raise InvalidInput(
            f"the results would replace {source.file}; nothing was sent. Rename the "
            "file, or name another folder with --results"
        )
    return folder


def _limited(plan: Plan, limit: int | None) -> Plan:
    if limit is None or limit >= len(plan.actions):
        return plan
    left = counted(len(plan.actions) - limit, "person", "people")
    note = f"--limit {limit}: {left} left for the next run of the same file."
    return evolve(plan, actions=plan.actions[:limit], notes=(*plan.notes, note))


def present(plan: Plan, ledger: Ledger) -> None:
    """Say what would be done, and what the ledger knows."""
    describe(plan)
    for problem in plan.problems[:MOST_SHOWN]:
        say(f"  {problem}")
    if len(plan.problems) > MOST_SHOWN:
        say(f"  and {len(plan.problems) - MOST_SHOWN} more: see {RESULTS}")
    say(f"Ledger: {ledger.description}, account {ledger.account}")
    if plan.actions and ledger.is_empty():
        say(
            "The ledger is empty. If people of this account were launched from "
            "another machine or account name, stop, and use that ledger."
        )


def _confirm(plan: Plan, given: int | None) -> None:
    number = len(plan.actions)
    word = counted(number, "person", "people")
    require_confirmation(WARNING[plan.kind].format(people=word), number, given)


def execute(enboarder: Enboarder, plan: Plan, ledger: Ledger, manner: Manner) -> Run:
    """Execute a plan, and show how it goes on."""
    total = len(plan.actions)
    printed = _PrintedLines()
    # Lines of data on the same terminal would tear it.
    with_bar = not (manner.as_lines and is_shown_on_terminal())
    with (
        ended_by_sigterm(),
        shown_progress(DOING[plan.kind], total, with_bar=with_bar) as show,
    ):

        def report(result: Result, finished: int, total: int) -> None:
            if manner.as_lines:
                printed.show(result_row(result))
            show(result, finished, total)

        try:
            return people.apply(
                enboarder,
                plan,
                ledger,
                pace=people.Pace(manner.in_flight, manner.per_second),
                stop_after=manner.stop_after or None,
                progress=report,
            )
        except people.RunInterrupted as interruption:
            return evolve(interruption.run, stopped="interrupted")


class _PrintedLines:
    """Prints lines as long as somebody reads them.

    A reader that has gone (`| head`) must not end a run: its results would be lost.
    """

    def __init__(self) -> None:
        self._is_read = True

    def show(self, row: dict[str, Any]) -> None:
        """Print a row."""
        if not self._is_read:
            return
        try:
            show_line(row)
        except OSError as error:
            self._is_read = False
            say(f"enboarder: cannot write the output ({error.strerror}); going on")


def result_row(result: Result) -> dict[str, Any]:
    """Return a result as JSON has it."""
    return {
        "row": result.row,
        "external_id": result.external_id,
        "operation": result.operation,
        "status": str(result.status),
        "message": result.message,
        "hint": result.hint,
        "reference_id": result.reference_id,
        "sent_at": utc_text(result.at),
        "http_status": result.http_status,
        "error": result.error,
    }


def write(plan: Plan, results: Sequence[Result], folder: Path) -> ExitCode | None:
    """Write the files; return a code if that failed, for what was sent is done."""
    try:
        people.write_results(plan, results, folder / RESULTS)
        count = people.write_failed(plan, results, folder / FAILED)
        people.write_report(plan, results, folder / REPORT)
    except OSError as error:
        say(f"enboarder: the results cannot be written: {error.strerror}")
        say("The ledger has them: `enboarder people status` shows it.")
        return ExitCode.FAILURE
    rows = counted(count, "row")
    say(
        f"Wrote {folder / RESULTS}, {folder / REPORT}, and {folder / FAILED} with "
        f"{rows}."
    )
    return None


def show(ended: Run, format: Format) -> None:
    """Print how the rows ended, unless each was printed as it came."""
    if format is Format.JSON_LINES:
        return
    counts = {str(status): number for status, number in ended.counts.items()}
    if format is Format.TABLE:
        rows = [{"status": one, "people": number} for one, number in counts.items()]
        show_rows("counts", ("status", "people"), rows)
        return
    show_rows(
        "results",
        (),
        [result_row(result) for result in ended],
        format,
        run=ended.id,
        stopped=ended.stopped,
        counts=counts,
    )


def conclude(plan: Plan, ended: Run, source: Source, command: str) -> None:
    """Say what is left to be done."""
    bad = [result for result in ended if not result.status.is_good]
    sent = [result for result in bad if result.at is not None]
    for result in (sent or bad)[:MOST_SHOWN]:
        say(f"  row {result.row}, {result.external_id}: {result.status}")
        say(f"    {result.message} {result.hint}".rstrip())
    if len(sent or bad) > MOST_SHOWN:
        say(f"  and {len(sent or bad) - MOST_SHOWN} more: see {RESULTS}")
    if ended.stopped is not None:
        say(f"The run stopped: {ended.stopped}")
        say(f"Go on with: enboarder people {command} {source.file}")
    statuses = {result.status for result in ended}
    if people.Status.UNKNOWN in statuses:
        say(
            "The outcome of some rows is unknown, and they are not sent again. Run "
            "`enboarder people resolve`."
        )


def code_of_run(plan: Plan, ended: Run) -> ExitCode:
    """Return the exit code of a run."""
    statuses = {result.status for result in ended}
    if ended.stopped == "interrupted":
        return ExitCode.INTERRUPTED
    if people.Status.UNKNOWN in statuses or _has_unsettled(plan):
        return ExitCode.UNKNOWN
    nothing_done = not any(result.status.is_good for result in ended)
    if nothing_done and any(result.error in NO_CREDENTIAL for result in ended):
        return ExitCode.CREDENTIAL
    if plan.problems or not ended.is_good:
        return ExitCode.ROWS_REFUSED
    return ExitCode.OK


def _code_of_problems(plan: Plan) -> ExitCode:
    if _has_unsettled(plan):
        return ExitCode.UNKNOWN
    return ExitCode.USAGE if plan.problems else ExitCode.OK


def _has_unsettled(plan: Plan) -> bool:
    return any(problem.kind is people.Kind.UNSETTLED for problem in plan.problems)
