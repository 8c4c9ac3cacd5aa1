"""`enboarder people report`: the page about a run, from its results."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from ... import people
from ...errors import InvalidInput
from ..talk import say
from .files import Source
from .running import REPORT, RESULTS

if TYPE_CHECKING:
    from ...people import Plan, Result

OPERATION = {
    "launch": "workflows.launch_basic",
    "update": "workflows.update",
    "cancel": "workflows.cancel",
}


def report(
    source: Source, kind: str, results: Path | None, output: Path | None
) -> None:
    """Write the page about a run of a file."""
    path = results or source.file.parent / RESULTS
    plan = evolve(source, allow_past_dates=True).plan(kind)
    ended = list(_results(path, kind, plan.delimiter))
    _require_fit(plan, ended, path)
    page = output or path.parent / REPORT
    people.write_report(plan, ended, page)
    say(f"Wrote {page}. It holds personal data, and only you can read it.")


def _results(path: Path, kind: str, delimiter: str) -> Iterator[Result]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, delimiter=delimiter):
                # A row of which nothing was asked has no ending.
                if row["_status"] and row["_external_id"]:
                    yield _result(row, kind)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from None
    except (KeyError, ValueError):
        raise InvalidInput(
            f"{path} is not a file of results; name it with --results"
        ) from None


def _result(row: Mapping[str, str], kind: str) -> Result:
    at = row["_sent_at_utc"]
    return people.Result(
        row=int(row["_row"]),
        operation=OPERATION[kind],
        external_id=row["_external_id"],
        status=people.Status(row["_status"]),
        message=row["_message"],
        hint=row["_hint"],
        reference_id=row["_reference_id"] or None,
        at=datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None,
    )


def _require_fit(plan: Plan, ended: list[Result], path: Path) -> None:
    ids = {action.row: action.external_id for action in plan.actions}
    for result in ended:
        if ids.get(result.row, result.external_id) != result.external_id:
            raise InvalidInput(
                f"{path} is not about {plan.source}: row {result.row} is another "
                "person there. Name the results with --results"
            )
