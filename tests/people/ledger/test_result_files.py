"""The files that a run leaves: results.csv, and failed.csv to run again."""

from __future__ import annotations

import csv
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

from enboarder.people import (
    Kind,
    LeftOut,
    Plan,
    Problem,
    Result,
    Status,
    write_failed,
    write_results,
)
from enboarder.people.formulas import guarded, unguarded
from enboarder.people.tables import read_table
from tests.people.ledger.conftest import LAUNCH, plan_of

SENT_AT = datetime(2026, 11, 28, 9, 30, 15, tzinfo=UTC)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def ended(row: int, status: Status) -> Result:
    return Result(row, LAUNCH, f"A-{row}", status, "said", "do", f"R-{row}", SENT_AT)


def problem(row: int, kind: Kind) -> Problem:
    return Problem("hires.csv", row, "id", "is wrong", "correct it", kind)


@pytest.fixture
def plan() -> Plan:
    """A file of eight rows: four are sent, two are wrong, one is done, one empty."""
    plan = plan_of("A-2", "A-3", "A-4", "A-5")
    cells = {row: (f"A-{row}", "Alex") for row in range(2, 10)}
    problems = (problem(6, Kind.REQUIRED), problem(7, Kind.UNSETTLED))
    left_out = (LeftOut(8, "A-8", "launched before"),)
    return evolve(plan, cells=cells, problems=problems, left_out=left_out)


@pytest.fixture
def results() -> list[Result]:
    statuses = [Status.LAUNCHED, Status.REFUSED, Status.UNKNOWN, Status.NOT_SENT]
    return [ended(row, status) for row, status in enumerate(statuses, 2)]


def test_every_row_is_in_the_results(
    plan: Plan, results: list[Result], tmp_path: Path
) -> None:
    """With its cells, how it ended, when it was sent, and what to do."""
    write_results(plan, results, tmp_path / "results.csv")
    rows = rows_of(tmp_path / "results.csv")
    assert [
        "launched",
        "refused",
        "unknown",
        "not sent",
        "not sent",
        "unknown",
        "already done",
        "",
    ] == [row["_status"] for row in rows]
    assert "A-2" == rows[0]["id"]
    assert "2026-11-28 09:30:15" == rows[0]["_sent_at_utc"]
    assert "correct it" == rows[4]["_hint"]


@pytest.mark.parametrize(
    ("kind", "status"), [(Kind.UNSETTLED, "unknown"), (Kind.CONFLICT, "conflict")]
)
def test_results_name_whom_the_ledger_does_not_let_through(
    plan: Plan, tmp_path: Path, kind: Kind, status: str
) -> None:
    """A row that an earlier run stands against has its external id and its status."""
    refused = evolve(problem(7, kind), external_id="A-7")
    write_results(evolve(plan, problems=(refused,)), (), tmp_path / "results.csv")
    (row,) = (one for one in rows_of(tmp_path / "results.csv") if one["_row"] == "7")
    assert ("A-7", status) == (row["_external_id"], row["_status"])


def test_what_may_run_again_is_in_the_failed_rows(
    plan: Plan, results: list[Result], tmp_path: Path
) -> None:
    """With the header of the input; nobody who may be launched is among them."""
    assert 3 == write_failed(plan, results, tmp_path / "failed.csv")
    rows = rows_of(tmp_path / "failed.csv")
    assert ["A-3", "A-5", "A-6"] == [row["id"] for row in rows]
    assert {"id", "name"} == rows[0].keys()


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "-", "\r=1"]
)
def test_a_formula_is_shown_and_not_run(cell: str) -> None:
    """An apostrophe before it says so to a spreadsheet, and is taken off again."""
    assert f"'{cell}" == guarded(cell)
    assert cell == unguarded(guarded(cell))


@pytest.mark.parametrize(
    "cell",
    [
        "+61400000000",
        "+61 400 000 000",
        "-5",
        "-1,000.50",
        "2027-01-12",
        "A=1",
        "",
        "'",
    ],
)
def test_what_is_no_formula_stays_unchanged(cell: str) -> None:
    """A phone number above all: failed.csv is read again."""
    assert cell == guarded(cell)
    assert cell == unguarded(cell)


def test_failed_rows_are_read_as_they_were(tmp_path: Path) -> None:
    """Formulas, phone numbers and line breaks come through, and the file runs again."""
    cells = ("A-2", "=1+1", "+61400000000", 'two\nlines, "quoted"', "Zoë")
    header = ("id", "name", "mobile", "comment", "other")
    plan = evolve(plan_of("A-2"), header=header, cells={2: cells})
    write_failed(plan, [ended(2, Status.REFUSED)], tmp_path / "failed.csv")
    table = read_table(tmp_path / "failed.csv")
    assert header == table.header
    assert [cells] == [row.cells for row in table.rows]


def test_an_apostrophe_of_the_user_stays() -> None:
    """Only what the guard added is taken off."""
    assert "'s-Hertogenbosch" == unguarded("'s-Hertogenbosch")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_the_owner_reads_the_files(
    plan: Plan, results: list[Result], tmp_path: Path
) -> None:
    """Also where a file with other rights was before."""
    path = tmp_path / "results.csv"
    path.touch(0o644)
    write_results(plan, results, path)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert [path] == list(tmp_path.iterdir())
