"""The benchmarks run, hold ours to its targets, and keep to their part of the page."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts.lab import page
from scripts.lab.bench import report, run, summary, thrift
from scripts.lab.bench.charts import Bar, drawn
from scripts.lab.bench.figures import (
    Bench,
    Effort,
    Figure,
    Measure,
    Section,
    for_ours,
)
from scripts.lab.bench.ours import (
    Client,
    ClientOnHttpx2,
    ClientOverAiohttp,
    InHttpx,
)
from scripts.lab.bench.site import Site
from scripts.lab.bench.turns import Way, able, microseconds, microseconds_more, ratio

pytestmark = pytest.mark.untraced

OURS = (Client, InHttpx)
SVG = "{http://www.w3.org/2000/svg}"
TINY = Effort(rounds=2, block=1, seconds=0.1, trials=1, starts=1, tasks=50)


def measure(name: str, value: float, *names: str) -> Measure:
    """A line with the same figure for our client and for others."""
    figures = {one: Figure(value, total=8) for one in (Client.name, *names)}
    return Measure(name, figures)


def section(value: float, *, sound: bool = True) -> Section:
    """A table with one figure for each of ours, which is to be at most 1."""
    figures = {kind.name: Figure(value, sound=sound) for kind in OURS}
    return Section("A title", "How it is done.", [Measure("a", figures, for_ours(1))])


@pytest.fixture(scope="module")
def measured() -> Iterator[Section]:
    """Figures of ours, measured with the real server."""
    with Site() as site:
        yield thrift.measure(Bench(site, OURS, TINY))


def test_ours_meets_its_targets(measured: Section) -> None:
    """In bad times ours asks for as few tokens as it promises."""
    assert report.all_met({"bad-times": measured})


def test_a_figure_is_in_the_table(measured: Section) -> None:
    """Ours has a column, and a line among the targets."""
    text = report.text({"bad-times": measured}, OURS, "Where it comes from.")

    assert "| always 401, 20 calls | 2 | 2 |" in text
    assert ": always 401, 20 calls | enboarder | ≤ 2 | 2 | met |" in text


@pytest.mark.parametrize(
    ("value", "sound", "expected"),
    [(1, True, True), (2, True, False), (1, False, False)],
)
def test_a_target_is_met_by_a_sound_figure_within_the_limit(
    value: float, sound: bool, expected: bool
) -> None:
    """A figure that is too high, or not to be trusted, misses it."""
    assert expected == report.all_met({"a": section(value, sound=sound)})


def test_a_missing_figure_misses_its_target() -> None:
    """What could not be measured is not taken for met."""
    missing = Section("A title", "How.", [Measure("a measure", {}, for_ours(1))])

    assert not report.all_met({"a": missing})


@pytest.mark.parametrize(("value", "expected"), [(1, 0), (2, 1)])
def test_a_missed_target_is_an_exit_code(
    value: float, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CI notices when ours falls behind."""

    def measurement(_: Bench) -> Section:
        return section(value)

    monkeypatch.setattr(run, "MEASUREMENTS", {"a": measurement})
    monkeypatch.setattr(run, "CONTESTANTS", OURS)
    monkeypatch.setattr(sys, "argv", ["bench", "--quick", "--only", "a"])

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

    assert text.index("# Bench") < text.index("the bench") < text.index("the soak")


def names(way: Way) -> set[str]:
    """The libraries that can read in a way."""
    return {kind.name for kind in able(run.LIBRARIES, way)}


def test_libraries_are_measured_only_in_their_own_ways() -> None:
    """aiohttp has no blocking client, and requests no asynchronous one."""
    both = {"bare httpx", "bare httpx2"}

    assert both | {"bare requests"} == names(Way(awaited=False, offline=False))
    assert both | {"bare aiohttp", "httpx-aiohttp"} == names(
        Way(awaited=True, offline=False)
    )
    assert both == names(Way(awaited=True, offline=True))


def test_a_ratio_compares_times_of_the_same_round() -> None:
    """What slows a round down slows all of them down, so it does not count."""
    times = [{"a": 2.0, "b": 1.0}, {"a": 20.0, "b": 10.0}, {"a": 6.0, "b": 3.0}]

    assert 2.0 == ratio(times, "a", "b").value
    assert 3_000_000 == microseconds(times, "b")
    assert 3_000_000 == microseconds_more(times, "a", "b")


def test_a_chart_shows_each_value() -> None:
    """The picture and its description have the same values."""
    bars = [Bar("enboarder", 0, "0 %", True), Bar("<other>", 0.5, "50 %", False)]
    chart = ElementTree.fromstring(drawn("A title", "less is better", bars))
    texts = [text.text for text in chart.iter(f"{SVG}text")]
    description = chart.findtext(f"{SVG}desc")

    assert ["A title", "less is better", "enboarder", "0 %", "<other>", "50 %"] == texts
    assert "less is better. enboarder: 0 %; <other>: 50 %." == description


def test_the_longest_bar_has_the_greatest_value() -> None:
    """Lengths are in proportion to the values."""
    bars = [Bar("a", 1, "1", True), Bar("b", 4, "4", False)]
    chart = ElementTree.fromstring(drawn("A title", "less is better", bars))
    _, *lengths = [float(bar.attrib["width"]) for bar in chart.iter(f"{SVG}rect")]

    assert 4 * lengths[0] == lengths[1]


def test_the_summary_shows_what_was_measured(tmp_path: Path) -> None:
    """Each figure of the page comes from the run, and each picture is beside it."""
    engines = (ClientOnHttpx2.name, ClientOverAiohttp.name)
    reads = [measure("9 reads at once: ratio", 1.5, *engines)]
    reads.append(measure("9 reads at once: ms", 77, *engines))
    one = "one after the other, sync, loopback: ratio"
    reads.append(measure(one, 1.25, *engines))
    reads.append(measure(f"{one} to bare requests", 0.5))
    sections = {
        "reads": Section("Reads", "", reads),
        "revocation": Section("Revoked", "", [measure("failed, 3 threads", 2)]),
        "cold-start": Section("Cold", "", [measure("3 threads", 4)]),
        "processes": Section("Of 6 processes", "", [measure("with a file store", 5)]),
    }
    path = tmp_path / "benchmarks.md"
    summary.put(sections, "Measured by a test.", path)
    text = path.read_text("utf-8")

    for expected in (
        "2 of its 8 calls failed",
        "4 token requests",
        "5 token requests",
        "1.50 times as long",
        "| a read over loopback, beside requests | -50 % |",
        "Measured by a test.",
    ):
        assert expected in text
    for picture in re.findall(r"\((charts/.*?)\)", text):
        assert (tmp_path / picture).exists()
