"""`enboarder people check` and `plan`: look, and send nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import asdict

from ...errors import InvalidInput
from ..codes import ExitCode
from ..data import Format, format_of, show_rows
from ..talk import counted, say
from .files import Source, save_plan

if TYPE_CHECKING:
    from ...people import Plan, Problem
    from ..connection import Connection

COLUMNS = ("row", "column", "problem", "fix")


def check(source: Source, *, as_json: bool, as_lines: bool) -> ExitCode:
    """List every problem of a file, and return 2 if there is one."""
    format = format_of(as_json=as_json, as_lines=as_lines)
    plan = source.plan("launch")
    describe(plan)
    _show(plan, format)
    if not plan.problems:
        say("No problem found. Nothing was sent.")
    return ExitCode.USAGE if plan.problems else ExitCode.OK


def plan(
    source: Source,
    connection: Connection,
    output: Path | None,
    *,
    as_json: bool,
    as_lines: bool,
) -> ExitCode:
    """Show who would be launched, and return 2 if a row has a problem."""
    format = format_of(as_json=as_json, as_lines=as_lines)
    if source.is_plan:
        raise InvalidInput(f"{source.file} is a plan already; launch executes it")
    with connection.open_ledger() as ledger:
        made = source.plan("launch", ledger)
    describe(made)
    _show(made, format)
    if output is not None:
        save_plan(made, output)
    say("Nothing was sent: Enboarder has no trial run, so this is what can be known.")
    return ExitCode.USAGE if made.problems else ExitCode.OK


def describe(plan: Plan) -> None:
    """Say how many people a plan concerns, and what there is to know besides."""
    from attrs import evolve

    say(evolve(plan, problems=()).summary() if plan.problems else plan.summary())
    if plan.problems:
        rows = {problem.row for problem in plan.problems}
        number = counted(len(plan.problems), "problem")
        say(f"{number} in {counted(len(rows), 'row')}:")


def problem_row(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON has it."""
    return {
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "kind": str(problem.kind),
        "problem": problem.message,
        "fix": problem.fix,
    }


def plan_members(plan: Plan) -> Mapping[str, Any]:
    """Return what JSON says of a plan; it holds no contact of anybody."""
    return {
        "kind": plan.kind,
        "file": plan.source,
        "account": plan.account,
        "digest": plan.digest,
        "people": len(plan.actions),
        "counts": asdict(plan.counts()),
        "already_done": [asdict(one) for one in plan.left_out],
        "notes": list(plan.notes),
    }


def _show(plan: Plan, format: Format) -> None:
    rows = [problem_row(problem) for problem in plan.problems]
    if format is Format.TABLE and not rows:
        return
    members: Mapping[str, Any] = {}
    if format is Format.JSON:
        members = plan_members(plan)
    show_rows("problems", COLUMNS, rows, format, **members)
