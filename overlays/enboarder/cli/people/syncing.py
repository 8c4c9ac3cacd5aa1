"""`enboarder people sync`: make Enboarder follow the extract of another system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ... import people
from ...errors import InvalidInput
from ..codes import ExitCode
from ..confirming import require_confirmation
from ..talk import say
from . import running
from .files import Source
from .running import Manner

if TYPE_CHECKING:
    from ...people import Ledger, Plan, Result, Run, SyncPlan
    from ..connection import Connection

WORST_FIRST = (
    ExitCode.INTERRUPTED,
    ExitCode.UNKNOWN,
    ExitCode.CREDENTIAL,
    ExitCode.ROWS_REFUSED,
)


@frozen
class Guards:
    """What an extract may not do."""

    cancel_mode: str | None = None
    max_cancel: int = 5
    least_share: float = 0.5


def sync(
    source: Source, guards: Guards, connection: Connection, manner: Manner
) -> ExitCode:
    """Plan, ask, execute the three plans, and return the exit code."""
    format = manner.format
    people.Pace(manner.in_flight, manner.per_second)
    if source.is_plan:
        raise InvalidInput("sync reads an extract, and no plan")
    folder = running.results_folder(source, manner)
    settings = connection.settings()
    with (
        connection.client(settings) as enboarder,
        connection.open_ledger(settings) as ledger,
    ):
        plan = _planned(source, guards, ledger)
        _present(plan, ledger)
        plans = [plan.launch, plan.update, plan.cancel]
        wanted = [one for one in plans if one.actions]
        if not wanted:
            say("Nothing is to be done; nothing was sent.")
            return ExitCode.USAGE if plan.launch.problems else ExitCode.OK
        _confirm(wanted, manner.confirm)
        ended: list[tuple[Plan, Run]] = []
        for one in wanted:
            run = running.execute(enboarder, one, ledger, manner)
            ended.append((one, run))
            if run.stopped is not None:
                break
    failure = running.write(_merged(plan), _results(ended), folder)
    for one, run in ended:
        running.show(run, format)
        running.conclude(one, run, source, "sync")
    return failure or _worst(running.code_of_run(one, run) for one, run in ended)


def _planned(source: Source, guards: Guards, ledger: Ledger) -> SyncPlan:
    return people.plan_sync(
        source.file,
        source.mapping_file(),
        ledger=ledger,
        cancel_mode=guards.cancel_mode,
        max_cancel=guards.max_cancel,
        least_share=guards.least_share,
        **source.settings(),
    )


def _present(plan: SyncPlan, ledger: Ledger) -> None:
    running.present(plan.launch, ledger)
    for one in (plan.update, plan.cancel):
        say(one.summary().splitlines()[0])
    if plan.gone:
        say(f"Launched, and not in the extract: {', '.join(plan.gone)}")


def _confirm(wanted: Sequence[Plan], given: int | None) -> None:
    counts = [f"{len(one.actions)} to {one.kind}" for one in wanted]
    number = sum(len(one.actions) for one in wanted)
    warning = f"This messages people: {', '.join(counts)}."
    require_confirmation(warning, number, given)


def _merged(plan: SyncPlan) -> Plan:
    """Return one plan for the files of results."""
    left_out = (*plan.launch.left_out, *plan.update.left_out)
    actions = (*plan.launch.actions, *plan.update.actions)
    return evolve(plan.launch, actions=actions, left_out=left_out)


def _results(ended: Iterable[tuple[Plan, Run]]) -> list[Result]:
    found: list[Result] = []
    for _, run in ended:
        found.extend(run)
    return found


def _worst(codes: Iterable[ExitCode]) -> ExitCode:
    found = set(codes)
    for code in WORST_FIRST:
        if code in found:
            return code
    return ExitCode.OK
