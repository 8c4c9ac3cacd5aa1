"""The page of a run says what was done and what to do, and asks nobody for anything."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest

from enboarder import people
from enboarder.people import (
    Action,
    Kind,
    LeftOut,
    Plan,
    Problem,
    Result,
    Run,
    Status,
    report_page,
)

SENT = datetime(2027, 1, 4, 8, 30, tzinfo=UTC)
LAUNCH = "workflows.launch_basic"


def action(row: int, start: str = "2027-01-18", office: str = "Sydney") -> Action:
    custom_fields = [{"name": "location", "value": office}]
    body = {"nhstdt": start, "customfields": custom_fields}
    return Action(row, LAUNCH, f"E-{row}", body)


def ended(row: int, status: Status, message: str = "", hint: str = "") -> Result:
    return Result(row, LAUNCH, f"E-{row}", status, message, hint, at=SENT)


PLAN = Plan(
    kind="launch",
    account="eu",
    source="hires.csv",
    header=("id",),
    actions=(
        action(2),
        action(3, "2027-02-01", "Perth"),
        action(4),
        action(5),
        action(6),
    ),
    left_out=(LeftOut(7, "E-7", "already launched"),),
    problems=(
        Problem("hires.csv", 8, "E-mail", "no address", "write one", Kind.REQUIRED),
        Problem("hires.csv", 9, "id", "no outcome", "look it up", Kind.UNSETTLED),
    ),
)
RESULTS = [
    ended(2, Status.LAUNCHED, "ok"),
    ended(3, Status.LAUNCHED, "ok"),
    ended(4, Status.UNKNOWN, "no answer", "Look in Enboarder."),
    ended(5, Status.REFUSED, "the service's words", "Correct it."),
    ended(6, Status.NOT_SENT),
]


class Reader(HTMLParser):
    """Reads a page as a person does: its texts, and what it would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.loads: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(
        self, tag: str, attributes: list[tuple[str, str | None]]
    ) -> None:
        if tag != "meta":
            self.open.append(tag)
        for name, value in attributes:
            if name in ("src", "href", "srcset", "data", "action"):
                self.loads.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, text: str) -> None:
        if text.strip() and self.open[-1] != "style":
            self.texts.append(text.strip())


def texts(page: str) -> str:
    return "\n".join(Reader(page).texts)


def test_page_counts_how_the_rows_ended() -> None:
    """What was done before counts, too."""
    found = Reader(report_page(PLAN, RESULTS)).texts
    for number, words in [
        ("2", "launched"),
        ("1", "already done"),
        ("1", "refused"),
        ("1", "not sent"),
        ("1", "unknown"),
        ("2", "rows with problems"),
    ]:
        assert number == found[found.index(words) - 1]


def test_unknown_rows_come_first_with_what_to_do() -> None:
    """Those of this run, and those of an earlier one that the plan reports."""
    found = texts(report_page(PLAN, RESULTS))
    places = [found.index(one) for one in ("E-4", "Look it up", "E-5", "Write one")]
    assert sorted(places) == places


def test_launches_are_counted_by_start_week_and_location() -> None:
    """Only people who were launched count; weeks without anybody are shown."""
    page = report_page(PLAN, RESULTS)
    svg = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert svg is not None
    assert ["18 Jan 2027", "1", "25 Jan 2027", "0", "1 Feb 2027", "1"] == (
        Reader(svg[0]).texts
    )
    assert "Perth\n1" in texts(page)


def test_page_loads_nothing() -> None:
    """It has no address in it, and tells browsers to load nothing."""
    page = report_page(PLAN, RESULTS)
    reader = Reader(page)
    assert [] == reader.loads
    assert [] == reader.open
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|@import|url\(", page)


def test_words_of_others_are_no_markup() -> None:
    """A cell or an answer cannot put a script into the page."""
    evil = "<script>alert('x')</script>"
    plan = attrs.evolve(
        PLAN,
        source=evil,
        account=evil,
        actions=(action(2, office=evil),),
        problems=(Problem(evil, 8, evil, evil, evil, Kind.REQUIRED),),
    )
    results = Run("run", (ended(2, Status.LAUNCHED, evil, evil),), evil)
    page = report_page(plan, results)
    assert "<script" not in page
    assert "alert" in texts(page)


def test_run_that_stopped_says_why() -> None:
    """And what to do next."""
    page = report_page(PLAN, Run("run", tuple(RESULTS), "Forbidden (403)"))
    assert "Forbidden (403)." in texts(page)
    assert "stopped" not in texts(report_page(PLAN, RESULTS))


@pytest.mark.parametrize("kind", ["launch", "update", "cancel"])
def test_run_without_anything_to_do_says_so(kind: str) -> None:
    """An empty page would leave the question open."""
    plan = attrs.evolve(PLAN, kind=kind, problems=(), actions=())
    assert "Nothing to do" in texts(report_page(plan, []))


def test_long_tables_are_cut() -> None:
    """results.csv has the rest."""
    actions = tuple(map(action, range(2, 802)))
    results = [ended(row, Status.REFUSED) for row in range(2, 802)]
    found = texts(report_page(attrs.evolve(PLAN, actions=actions), results))
    assert ("E-501" in found, "E-502" in found) == (True, False)
    assert "300 more" in found


def test_page_is_private_to_its_owner(tmp_path: Path) -> None:
    """It quotes cells of the file; an older page is replaced."""
    path = tmp_path / "report.html"
    path.write_text("old", "utf-8")
    people.write_report(PLAN, RESULTS, path)
    assert report_page(PLAN, RESULTS) == path.read_text("utf-8")
    assert 0o600 == path.stat().st_mode & 0o777
    assert [path] == list(tmp_path.iterdir())
