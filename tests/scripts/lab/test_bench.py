"""The benchmarks run, hold ours to its targets, and keep to their part of the page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.lab import page
from scripts.lab.bench import report, run, thrift
from scripts.lab.bench.figures import Bench, Effort, Figure, Measure, Section
from scripts.lab.bench.ours import Client, InHttpx
from scripts.lab.bench.site import Site

pytestmark = pytest.mark.untraced

OURS = (Client, InHttpx)
TINY = Effort(rounds=2, block=1, seconds=0.1, trials=1, starts=1)


def section(value: float, *, sound: bool = True) -> Section:
    """A table with one figure for each of ours, which is to be at most 1."""
    figures = {kind.name: Figure(value, sound=sound) for kind in OURS}
    return Section("A title", "How it is done.", [Measure("a", figures, limit=1)])


@pytest.fixture(scope="module")
def measured() -> Iterator[Section]:
    """Figures of ours, measured with the real server."""
    with Site() as site:
        yield thrift.measure(Bench(site, OURS, TINY))


def test_ours_meets_its_targets(measured: Section) -> None:
    """In bad times ours asks for as few tokens as it promises."""
    assert report.all_met([measured])


def test_a_figure_is_in_the_table(measured: Section) -> None:
    """Ours has a column, and the target is beside it."""
    text = report.text([measured], OURS, TINY)

    assert "| always 401, 20 calls | 2 | 2 | ≤ 2 |" in text


@pytest.mark.parametrize(
    ("value", "sound", "expected"),
    [(1, True, True), (2, True, False), (1, False, False)],
)
def test_a_target_is_met_by_a_sound_figure_within_the_limit(
    value: float, sound: bool, expected: bool
) -> None:
    """A figure that is too high, or not to be trusted, misses it."""
    assert expected == report.all_met([section(value, sound=sound)])


def test_a_missing_figure_misses_its_target() -> None:
    """What could not be measured is not taken for met."""
    missing = Section("A title", "How.", [Measure("a measure", {}, limit=1)])

    assert not report.all_met([missing])


@pytest.mark.parametrize(("value", "expected"), [(1, 0), (2, 1)])
def test_a_missed_target_is_an_exit_code(
    value: float, expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CI notices when ours falls behind."""

    def measurement(_: Bench) -> Section:
        return section(value)

    monkeypatch.setattr(run, "MEASUREMENTS", [measurement])
    monkeypatch.setattr(run, "CONTESTANTS", OURS)
    monkeypatch.setattr(page, "put", lambda part, text: None)
    monkeypatch.setattr(sys, "argv", ["bench", "--quick"])

    assert expected == run.main()


def test_a_part_of_the_page_is_replaced(tmp_path: Path) -> None:
    """The next run leaves nothing of the run before."""
    path = tmp_path / "benchmarks.md"
    page.put("soak", "an old soak", path)
    page.put("soak", "a new soak", path)

    assert "a new soak" in path.read_text("utf-8")
    assert "an old soak" not in path.read_text("utf-8")


def test_each_command_leaves_the_others_part_alone(tmp_path: Path) -> None:
    """Parts are in the order of the page, whichever came first."""
    path = tmp_path / "benchmarks.md"
    page.put("soak", "the soak", path)
    page.put("bench", "the bench", path)
    text = path.read_text("utf-8")

    assert text.index("# Benchmarks") < text.index("the bench") < text.index("the soak")
