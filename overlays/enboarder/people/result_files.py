"""Write results.csv, and failed.csv: the rows to correct and run again."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from .formulas import guarded
from .plan import LeftOut, Plan
from .private_files import private_file
from .problems import Kind, Problem
from .results import Result, Status

COLUMNS = (
    "_row",
    "_external_id",
    "_status",
    "_message",
    "_hint",
    "_reference_id",
    "_sent_at_utc",
)
PathLike = str | os.PathLike[str]


def write_results(plan: Plan, results: Iterable[Result], path: PathLike) -> None:
    """Write every row of the file and how it ended, as CSV.

    The file is UTF-8 with a byte order mark, so that Excel reads it, and only its
    owner can read it. A cell that Excel would run as a formula begins with an
    apostrophe.

    Args:
        plan: what was executed.
        results: how its rows ended.
        path: the file; it is replaced as a whole.
    """
    endings = {one.row: _left_out(one) for one in plan.left_out}
    for row, problems in _problems_by_row(plan.problems).items():
        endings[row] = _wrong(row, problems)
    for result in results:
        endings[result.row] = _ended(result)
    rows: list[Sequence[str]] = [(*plan.header, *COLUMNS)]
    for row in sorted({*plan.cells, *endings}):
        ending = endings.get(row) or (str(row), *[""] * (len(COLUMNS) - 1))
        rows.append((*_cells_of(plan, row), *ending))
    _write(Path(path), rows, plan.delimiter)


def write_failed(plan: Plan, results: Iterable[Result], path: PathLike) -> int:
    """Write the rows of which nothing was done, to be corrected and run again, as CSV.

    It has the header of the input and is read like it. Rows that may have been done
    are not in it.

    Args:
        plan: what was executed.
        results: how its rows ended.
        path: the file; it is replaced as a whole.

    Returns:
        How many rows it has.
    """
    failed = {result.row for result in results if result.status.may_run_again}
    for row, problems in _problems_by_row(plan.problems).items():
        if not _is_unsettled(problems):
            failed.add(row)
    kept = sorted(failed & plan.cells.keys())
    rows = [plan.header, *(_cells_of(plan, row) for row in kept)]
    _write(Path(path), rows, plan.delimiter)
    return len(kept)


def _problems_by_row(problems: Iterable[Problem]) -> dict[int, list[Problem]]:
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.row is not None:
            by_row.setdefault(problem.row, []).append(problem)
    return by_row


def _cells_of(plan: Plan, row: int) -> tuple[str, ...]:
    """Return the cells of a row, as many as the header has."""
    width = len(plan.header)
    cells = plan.cells.get(row, ())[:width]
    return (*cells, *[""] * (width - len(cells)))


def _is_unsettled(problems: Iterable[Problem]) -> bool:
    return any(problem.kind is Kind.UNSETTLED for problem in problems)


def _ended(result: Result) -> tuple[str, ...]:
    at = "" if result.at is None else f"{result.at:%Y-%m-%d %H:%M:%S}"
    return (
        str(result.row),
        result.external_id,
        result.status,
        result.message,
        result.hint,
        result.reference_id or "",
        at,
    )


def _left_out(row: LeftOut) -> tuple[str, ...]:
    return (str(row.row), row.external_id, Status.ALREADY, row.reason, "", "", "")


def _wrong(row: int, problems: Sequence[Problem]) -> tuple[str, ...]:
    status = _status_of(problems)
    message = "; ".join(problem.message for problem in problems)
    hint = "; ".join(problem.fix for problem in problems)
    ids = [problem.external_id for problem in problems if problem.external_id]
    return (str(row), ids[0] if ids else "", status, message, hint, "", "")


def _status_of(problems: Sequence[Problem]) -> Status:
    if _is_unsettled(problems):
        return Status.UNKNOWN
    kinds = {problem.kind for problem in problems}
    return Status.CONFLICT if kinds == {Kind.CONFLICT} else Status.NOT_SENT


def _write(path: Path, rows: Iterable[Sequence[str]], delimiter: str) -> None:
    # Excel takes a file for UTF-8 if it begins with a byte order mark.
    with private_file(path, "utf-8-sig") as file:
        writer = csv.writer(file, delimiter=delimiter)
        for row in rows:
            writer.writerow([guarded(cell) for cell in row])
