"""The soak counts right."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.lab.soak.ledger import Account, Ledger, account

pytestmark = pytest.mark.untraced

CARRIED_OUT = {"a": 1, "b": 2, "d": 1, "f": 1}
"""How often the service did each write; c and e were never done."""


@pytest.mark.parametrize(
    ("end", "external_id", "expected"),
    [
        ("done", "a", Account([], [], [], 0, 0)),
        ("done", "c", Account([], ["c"], [], 0, 0)),
        ("RateLimited", "f", Account([], [], ["f"], 0, 0)),
        ("RateLimited", "e", Account([], [], [], 0, 0)),
        ("OutcomeUnknown", "d", Account([], [], [], 1, 1)),
        ("OutcomeUnknown", "e", Account([], [], [], 1, 0)),
    ],
)
def test_what_was_said_is_compared_with_what_was_done(
    end: str, external_id: str, expected: Account
) -> None:
    """Lost and denied writes are faults; an unknown outcome is not."""
    times = CARRIED_OUT.get(external_id, 0)

    assert expected == account([(external_id, end)], {external_id: times})


def test_a_write_that_was_done_twice_is_a_fault() -> None:
    """Whatever was said of it."""
    found = account([("b", "OutcomeUnknown")], CARRIED_OUT)

    assert ["b"] == found.doubled


def test_a_ledger_keeps_writes_and_counts_ends(tmp_path: Path) -> None:
    """Reads are only counted."""
    with Ledger(tmp_path / "writes") as ledger:
        ledger.note("workflows.launch_basic", "done", "a")
        ledger.note("profiles.get", "NoAnswer")

    assert [("a", "done")] == list(ledger.writes())
    assert 1 == ledger.ends["profiles.get", "NoAnswer"]
