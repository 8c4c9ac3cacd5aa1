"""Exports are measured with whole pages, judged by their targets, and killed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.lab.exports import report
from scripts.lab.exports.measuring import Cost
from scripts.lab.exports.pages import KINDS, Pages, form_id
from scripts.lab.exports.report import Measured
from scripts.lab.exports.trial import Settings, try_out

pytestmark = pytest.mark.untraced


def rows_of_form(rows: int) -> list[dict[str, Any]]:
    """Follow the cursors of a form, and return its rows."""
    pages = Pages()
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = json.loads(pages.page(form_id(rows), cursor))
        found += page["items"]
        cursor = page.get("nextKey")
        if cursor is None:
            return found


@pytest.mark.parametrize("number", [0, 1, 499, 500, 501, 1000])
def test_a_form_has_as_many_rows_as_its_id_says(number: int) -> None:
    """Each row is another one, and has every column."""
    rows = rows_of_form(number)

    assert number == len(rows)
    assert number == len({row["externalId"] for row in rows})
    assert all(list(KINDS) == list(row) for row in rows)


def measured(seconds: float, memory: int = 10**6) -> Measured:
    """Return figures in which every way of ours takes so long."""
    ways = [*report.TIMES, report.WAREHOUSE]
    ours = {way: Cost(1000, seconds, seconds, memory) for way in ways}
    loop = Cost(1000, 10.0, 10.0, memory)
    load = Cost(100, seconds, seconds, memory)
    return Measured(
        {report.LOOP: loop, **ours},
        {report.WAREHOUSE: load, report.GENERIC: loop._replace(rows=100)},
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (measured(0.9), True),
        (measured(5.0), False),
        (measured(0.9, memory=500 * 10**6), False),
    ],
)
def test_targets_are_about_time_and_memory(found: Measured, expected: bool) -> None:
    """A way that is slow, or holds all rows in memory, misses its target."""
    assert expected == all(target.is_met for target in report.targets(found))


def test_the_page_has_a_row_for_each_way() -> None:
    """Its seconds, its share of the loop, rows a second, and memory."""
    text = report.text(measured(2.0))

    assert "| JSONL | 2.00 | 0.20 x | 500 | 2.00 | 1 |" in text


def test_a_killed_export_leaves_what_an_undisturbed_one_leaves(
    tmp_path: Path,
) -> None:
    """It is killed at random points; `nox -s exports` does it more often."""
    found = try_out(Settings("few", "csv", 3, 2, 0, seed=1), tmp_path)

    assert [] == found.different
    assert 2 == found.kills
    assert found.is_right
