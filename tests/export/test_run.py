"""Several reports: in flight together, and independent of each other."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from enboarder import EnboarderError, InvalidInput
from enboarder.export import Progress, ReportKind, export_reports, form
from tests.conftest import LONG
from tests.engine import httpx

from .reports import ReportService, report


def test_reports_are_exported_in_their_order(tmp_path: Path) -> None:
    """Each has a file of its own, also a form and a workflow with one id."""
    reports = [report(2), report(1), report(1, ReportKind.WORKFLOW), report(2)]

    with ReportService([{"a": 1}]).client() as enboarder:
        found = export_reports(enboarder, reports, tmp_path)

    assert [one.path.name for one in found] == [
        "form-R2.jsonl",
        "form-R1.jsonl",
        "workflow-R1.jsonl",
    ]


def test_two_reports_are_in_flight(tmp_path: Path) -> None:
    """Each page is answered when both of them are asked for."""
    service = ReportService([{"a": 1}])
    met = threading.Barrier(2, timeout=LONG)
    service.before = lambda _: met.wait()

    with service.client() as enboarder:
        found = export_reports(enboarder, [report(1), report(2)], tmp_path)

    assert len(found) == 2


def test_one_report_can_be_in_flight(tmp_path: Path) -> None:
    """A careful account reads one after the other."""
    service = ReportService([{"a": 1}])

    with service.client() as enboarder:
        reports = [report(number) for number in range(3)]
        export_reports(enboarder, reports, tmp_path, in_flight=1)

    paths = [request.url.path for request in service.requests]
    assert [path.split("/")[3] for path in paths] == [
        "R0",
        "R0",
        "R1",
        "R1",
        "R2",
        "R2",
    ]


def test_failed_report_does_not_stop_the_others(tmp_path: Path) -> None:
    """Its error is raised when the others are exported."""
    service = ReportService([{"a": 1}])
    service.before = lambda request: setattr(
        service,
        "pages",
        [httpx.Response(404) if "/R1/" in request.url.path else [{"a": 1}]],
    )

    reports = [report(1), report(2), report(3)]

    with service.client() as enboarder, pytest.raises(EnboarderError):
        export_reports(enboarder, reports, tmp_path, in_flight=1)

    names = {path.name for path in tmp_path.glob("*.jsonl")}
    assert names == {"form-R2.jsonl", "form-R3.jsonl"}


def test_all_errors_are_told(tmp_path: Path) -> None:
    """The first one is raised, and has the others in its notes."""
    service = ReportService(httpx.Response(404))

    with service.client() as enboarder, pytest.raises(EnboarderError) as caught:
        export_reports(enboarder, [report(1), report(2)], tmp_path)

    assert any("R2" in note for note in caught.value.__notes__)


def test_progress_is_told_in_the_thread_of_the_caller(tmp_path: Path) -> None:
    """After each page, and at the end."""
    told: list[tuple[Progress, int]] = []
    service = ReportService([{"a": 1}, {"a": 2}], [{"a": 3}])

    with service.client() as enboarder:
        export_reports(
            enboarder,
            [report(1)],
            tmp_path,
            progress=lambda news: told.append((news, threading.get_ident())),
        )

    assert [(news.rows, news.pages, news.is_finished) for news, _ in told] == [
        (2, 1, False),
        (3, 2, False),
        (3, 2, True),
    ]
    assert {thread for _, thread in told} == {threading.get_ident()}


def test_interrupted_export_keeps_its_pages(tmp_path: Path) -> None:
    """Ctrl-C ends it after the page that is in flight, and it can be continued.

    At most the page that was asked for next is asked for again.
    """
    stop = threading.Event()
    service = ReportService(*[[{"a": number}] for number in range(50)])
    service.before = lambda _: stop.wait(LONG) if len(service.cursors) > 2 else None

    def interrupt(_: Progress) -> None:
        stop.set()
        raise KeyboardInterrupt

    with service.client() as enboarder:
        with pytest.raises(KeyboardInterrupt):
            export_reports(enboarder, [report(1)], tmp_path, progress=interrupt)
        asked = len(service.cursors)
        (found,) = export_reports(enboarder, [report(1)], tmp_path)

    assert asked < 50
    assert found.was_continued
    assert len(service.cursors) <= 51
    assert found.path.read_bytes().count(b"\n") == 50


def test_no_reports_are_no_error(tmp_path: Path) -> None:
    """An account may have none."""
    with ReportService().client() as enboarder:
        assert export_reports(enboarder, [], tmp_path) == []


def test_ids_that_no_file_can_have(tmp_path: Path) -> None:
    """An id never leads out of the folder, and no two share a file."""
    with ReportService([{"a": 1}]).client() as enboarder:
        found = export_reports(enboarder, [form("a b"), form("a.b")], tmp_path)

    names = [one.path.name for one in found]
    assert len(set(names)) == 2
    assert all(one.path.parent == tmp_path for one in found)


def test_ids_that_differ_in_case_are_refused(tmp_path: Path) -> None:
    """Some disks would write one file over the other."""
    with ReportService().client() as enboarder, pytest.raises(InvalidInput):
        export_reports(enboarder, [form("aB"), form("ab")], tmp_path)
