"""The killed runs count right, and their page says what they found."""

from __future__ import annotations

from collections import Counter

import pytest

from scripts.lab.kills.cost import Cost
from scripts.lab.kills.report import cost_text, is_cheap, text
from scripts.lab.kills.trial import Figures, Settings
from scripts.lab.soak.ledger import Account

RIGHT = Account([], [], [], 3, 2)


def figures(account: Account = RIGHT, undecided: tuple[str, ...] = ()) -> Figures:
    return Figures(
        settings=Settings("SQLite, one run", 10, 5, 1, False, 1),
        kills=5,
        requests=9,
        faults=0,
        statuses=Counter(done=7, unknown=3),
        account=account,
        undecided=list(undecided),
    )


def test_a_trial_without_a_fault_is_right() -> None:
    """An unknown row is none: nobody sends it again."""
    assert figures().is_right


@pytest.mark.parametrize(
    "account",
    [
        RIGHT._replace(doubled=["a"]),
        RIGHT._replace(lost=["a"]),
        RIGHT._replace(denied=["a"]),
    ],
)
def test_a_trial_with_a_fault_is_wrong(account: Account) -> None:
    """Somebody was launched twice, or not at all, or without a trace."""
    assert not figures(account).is_right
    assert not figures(undecided=("a",)).is_right


def test_the_page_has_a_row_for_each_trial() -> None:
    """Rows, kills, requests, faults, launched, unknown, the rest, and three zeros."""
    row = "| SQLite, one run | 10 | 5 | 9 | 0 | 7 | 3 (2) | 0 | 0 | 0 | 0 |"
    assert row in text([figures()])


def test_the_cost_has_limits_of_time_and_memory() -> None:
    """Twice the bare way, and a tenth of growth."""
    bare = Cost(100, 0.001, 0.0)
    assert is_cheap(Cost(100, 0.0019, 0.05), bare)
    assert not is_cheap(Cost(100, 0.0021, 0.05), bare)
    assert not is_cheap(Cost(100, 0.0019, 0.2), bare)
    assert "**1.90 x**" in cost_text(Cost(100, 0.0019, 0.05), bare)
