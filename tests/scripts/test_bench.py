"""The benchmarks run, hold ours to its targets, and keep to their part of the page; the soak counts right."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import __main__ as command
from bench import page, report, thrift
from bench.figures import QUICK, Bench, Effort, Figure, Measure, Section
from bench.ours import Client, InHttpx
from bench.site import Site
from soak.ledger import Account, Ledger, account

pytestmark = pytest.mark.untraced

TINY = Effort(rounds=2, block=1, seconds=0.1, trials=1, starts=1)


def section(value: float, *, sound: bool = True) -> Section:
    """A table with one figure for each of ours, which is to be at most 1."""
    figures = {kind.name: Figure(value, sound=sound) for kind in (Client, InHttpx)}
    return Section(
        "A title", "How it is done.", [Measure("a measure", figures, limit=1)]
    )


def test_ours_is_measured_and_meets_its_targets() -> None:
    """A section runs against the server, and its figures stand in the table."""
    with Site() as site:
        found = thrift.measure(Bench(site, (Client, InHttpx), TINY))

    assert report.all_met([found])
    assert "| always 401, 20 calls | 2 | 2 | ≤ 2 |" in report.text(
        [found], (Client, InHttpx), TINY
    )


@pytest.mark.parametrize(
    ("value", "sound", "expected"), [(1, True, 0), (2, True, 1), (1, False, 1)]
)
def test_a_target_that_is_missed_is_an_exit_code(
    value: float,
    sound: bool,
    expected: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """CI and people see at once when ours falls behind, also when a figure is not to be trusted."""
    sections: Sequence[Section] = [section(value, sound=sound)]
    written: dict[str, str] = {}
    monkeypatch.setattr(command, "MEASUREMENTS", [lambda _: sections[0]])
    monkeypatch.setattr(command, "CONTESTANTS", (Client, InHttpx))
    monkeypatch.setattr(page, "put", written.__setitem__)
    monkeypatch.setattr(sys, "argv", ["bench", "--quick"])

    assert expected == command.main()
    assert ("**not met**" in written["bench"]) == bool(expected)
    assert "A quick run" in written["bench"]


def test_a_figure_that_is_missing_is_a_target_missed() -> None:
    """What could not be measured is not taken for met."""
    missing = Section("A title", "How it is done.", [Measure("a measure", {}, limit=1)])

    assert not report.all_met([missing])


def test_each_command_leaves_the_others_part_of_the_page_alone(tmp_path: Path) -> None:
    """Parts are replaced one by one, in the order of the page, whichever came first."""
    path = tmp_path / "benchmarks.md"
    page.put("soak", "an old soak", path)
    page.put("bench", report.text([section(1)], (Client, InHttpx), QUICK), path)
    page.put("soak", "a new soak", path)

    text = path.read_text("utf-8")
    assert "an old soak" not in text
    assert text.index("# Benchmarks") < text.index("A title") < text.index("a new soak")


def test_the_soak_tells_what_does_not_fit(tmp_path: Path) -> None:
    """Doubled, lost, and refused yet carried out are faults; an unknown outcome is none, whatever was done."""
    with Ledger(tmp_path / "writes") as ledger:
        for number, end in enumerate(
            ["done", "done", "done", "OutcomeUnknown", "OutcomeUnknown", "RateLimited"]
        ):
            ledger.note("workflows.launch_basic", end, f"soak-1-{number}")
        ledger.note("profiles.get", "NoAnswer")
    carried_out = {"soak-1-0": 1, "soak-1-1": 2, "soak-1-3": 1, "soak-1-5": 1}

    expected = Account(
        doubled=["soak-1-1"],
        lost=["soak-1-2"],
        denied=["soak-1-5"],
        unknown=2,
        unknown_done=1,
    )
    assert expected == account(ledger.writes(), carried_out)
    assert 3 == ledger.ends["workflows.launch_basic", "done"]
