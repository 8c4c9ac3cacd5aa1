"""Exports that were interrupted, and cursors that the service refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from enboarder import BadRequest, Clock, Enboarder, EnboarderError
from enboarder.export import BrokenPages, Exported, Progress, export_reports, form
from enboarder.mock import MockServer
from tests.conftest import FakeClock, credential_of
from tests.engine import httpx

from .reports import FORM, ReportService, field

PAGES: list[list[Any]] = [
    [{"a": 1, "b": "x"}, {"a": 2}],
    [{"a": 3, "late": "y"}],
    [],
    [{"a": "no number"}, {"b": "é"}],
    [{"a": 6}],
]
FIELDS = [field("a", "number"), field("b")]
ALL_ROWS: list[Any] = [row for page in PAGES for row in page]
ROWS = len(ALL_ROWS)
NOW = 1_800_000_000.0


def service_of(*pages: Any) -> ReportService:
    """Return a service with these pages, or those above."""
    return ReportService(*(pages or PAGES), fields=FIELDS)


def exported(service: ReportService, folder: Path, **options: Any) -> Exported:
    """Export the report of a service."""
    with service.client() as enboarder:
        (found,) = export_reports(enboarder, [FORM], folder, **options)
    return found


def interrupt(folder: Path, page: int = 3, **options: Any) -> None:
    """Export until a page cannot be fetched."""
    service = service_of(*PAGES[:page], httpx.Response(503), *PAGES[page + 1 :])
    with pytest.raises(EnboarderError):
        exported(service, folder, **options)


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_killed_export_continues_from_any_page(
    format: str, tmp_path: Path, reader: str
) -> None:
    """Whatever a kill leaves, the result has the bytes of an undisturbed export."""
    whole = tmp_path / "whole"
    left: list[Path] = []

    def keep_copy() -> float:
        # An export asks for the time before the position of each page is saved.
        copy = tmp_path / f"left-{len(left)}"
        shutil.copytree(whole, copy)
        left.append(copy)
        return NOW

    clock = Clock(wall=keep_copy)
    expected = exported(service_of(), whole, format=format, clock=clock)

    for number, folder in enumerate(left[1:6]):
        again = service_of()
        found = exported(again, folder, format=format, clock=Clock(wall=lambda: NOW))
        assert (found.rows, found.pages) == (ROWS, 5)
        assert found.sha256 == expected.sha256
        assert len(again.cursors) == 5 - number
        assert found.was_continued is (number > 0)


def test_half_written_page_is_dropped(tmp_path: Path) -> None:
    """What was written after the last position is fetched again."""
    interrupt(tmp_path)
    with (tmp_path / "form-F1.rows.partial").open("ab") as file:
        file.write(b'{"a": 3, "late": "' + b"y" * 5_000)

    found = exported(service_of(), tmp_path)

    lines = found.path.read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == ALL_ROWS


@pytest.mark.parametrize("damage", [b"", b"other bytes of some length" * 9])
def test_damaged_rows_are_read_again(damage: bytes, tmp_path: Path) -> None:
    """A digest says whether they are what was written."""
    interrupt(tmp_path)
    (tmp_path / "form-F1.rows.partial").write_bytes(damage)
    service = service_of()

    found = exported(service, tmp_path)

    assert found.rows == ROWS
    assert service.cursors[0] is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 1, "rows": 3}'])
def test_damaged_position_is_no_position(text: str, tmp_path: Path) -> None:
    """The export begins again."""
    interrupt(tmp_path)
    (tmp_path / "form-F1.position.json").write_text(text)

    assert exported(service_of(), tmp_path).rows == ROWS


@pytest.mark.parametrize(
    "options",
    [
        {"filters": {"since": "2027-01-02"}},
        {"exclude": ["b"], "filters": {"since": "2027-01-01"}},
    ],
)
def test_cursor_belongs_to_its_filters_and_fields(
    options: dict[str, Any], tmp_path: Path
) -> None:
    """With other ones, the export begins again."""
    interrupt(tmp_path, filters={"since": "2027-01-01"})
    service = service_of()

    found = exported(service, tmp_path, **options)

    assert service.cursors[0] is None
    assert found.rows == ROWS
    assert not found.was_continued


def test_another_format_continues(tmp_path: Path) -> None:
    """The rows on the disk are those of any format."""
    interrupt(tmp_path)
    service = service_of()

    found = exported(service, tmp_path, format="csv")

    assert service.cursors == ["c3", "c4"]
    assert found.rows == ROWS


def test_old_rows_are_not_continued(tmp_path: Path, time: FakeClock) -> None:
    """The rows of yesterday and of today are no report."""
    interrupt(tmp_path, clock=time.clock)
    time.pass_time(13 * 3600)
    service = service_of()

    exported(service, tmp_path, clock=time.clock)

    assert service.cursors[0] is None


def test_refused_cursor_begins_again_without_doubles(tmp_path: Path) -> None:
    """After a long pause, a cursor may be worth nothing."""
    interrupt(tmp_path)
    service = service_of()
    refusals = [httpx.Response(400, json={"message": "nextKey has expired"})]

    def refuse_once(request: httpx.Request) -> None:
        service.pages = list(PAGES)
        if refusals:
            service.pages[3] = refusals.pop()

    service.before = refuse_once
    found = exported(service, tmp_path)

    assert service.cursors == ["c3", None, "c1", "c2", "c3", "c4"]
    lines = found.path.read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == ALL_ROWS
    assert any("refused a cursor" in warning for warning in found.warnings)


def test_cursor_that_is_always_refused_is_an_error(tmp_path: Path) -> None:
    """Reading again and again would never end."""
    service = service_of(PAGES[0], httpx.Response(400))

    with pytest.raises(BadRequest):
        exported(service, tmp_path)
    assert service.cursors == [None, "c1"] * 3


def test_refused_first_page_is_an_error(tmp_path: Path) -> None:
    """Nothing was refused that could be left out."""
    service = service_of(httpx.Response(400))

    with pytest.raises(BadRequest):
        exported(service, tmp_path)
    assert service.cursors == [None]


def test_broken_pages_keep_what_came(tmp_path: Path) -> None:
    """The error has a name, no file looks complete, and the rows are there."""
    service = service_of(PAGES[0], b'{"items": [], "nextKey": "c1"}')

    with pytest.raises(BrokenPages):
        exported(service, tmp_path)

    assert not (tmp_path / "form-F1.jsonl").exists()
    assert (tmp_path / "form-F1.rows.partial").read_text().count("\n") == 2


@pytest.mark.parametrize("death", ["expire_tokens", "revoke_tokens"])
def test_token_that_dies_loses_no_row(
    death: str, tmp_path: Path, mock: MockServer
) -> None:
    """It is renewed in the middle, and no row is lost or doubled."""
    enboarder = Enboarder(credential_of(mock), base_url=mock.base_url)

    def kill_token(news: Progress) -> None:
        if news.pages == 1:
            getattr(mock, death)()

    with enboarder:
        report = form("4mkVzc9OX")
        (found,) = export_reports(enboarder, [report], tmp_path, progress=kill_token)

    lines = found.path.read_text("utf-8").splitlines()
    numbers = [json.loads(line)["personalEmail"].split("+")[1] for line in lines]
    assert numbers == [f"{number}@example.com" for number in range(1, 1204)]
