"""What the README says about killed runs is what was measured."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import PROJECT, README, section, table

TRIALS = table(section(PROJECT / "benchmark-details.md", "Killed runs"), "trial")
SAID = section(README, "Launch from a file")


def column(place: int) -> list[int]:
    """Return the first number of each cell of a column."""
    return [int(row[place].split()[0]) for row in TRIALS]


def test_each_run_was_killed_as_often_as_the_readme_says() -> None:
    """Six runs of 1,000 people, four of them with faults, 100 kills each."""
    assert "six runs" in SAID
    assert "file of 1,000 people" in SAID
    assert "each killed 100 times" in SAID
    assert column(1) == [1000] * 6
    assert column(2) == [100] * 6
    assert sum(faults > 0 for faults in column(4)) == 4


@pytest.mark.parametrize(
    ("place", "pattern"),
    [(3, r"Of ([\d,]+) launches"), (6, r"([\d,]+) rows were hit")],
    ids=["requests", "unknown"],
)
def test_sums_of_the_readme_are_those_of_the_table(place: int, pattern: str) -> None:
    """They are added over all trials."""
    found = re.search(pattern, SAID)

    assert found is not None
    assert int(found[1].replace(",", "")) == sum(column(place))


@pytest.mark.parametrize("place", [8, 9, 10], ids=["twice", "lost", "denied"])
def test_nobody_was_launched_twice_or_lost(place: int) -> None:
    """The promise of the README holds in every trial."""
    assert column(place) == [0] * 6
