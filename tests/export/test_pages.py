"""Pages as raw rows: what the service sends, and what it must not send."""

from __future__ import annotations

import json

import pytest

from enboarder import InvalidInput, NotFound
from enboarder.export import BrokenPages, RawPage, read_pages
from tests.engine import httpx

from .reports import FORM, ReportService


def pages_of(service: ReportService) -> list[RawPage]:
    """Read every page of a service."""
    with service.client() as enboarder:
        return list(read_pages(enboarder, FORM))


def rows_of(content: bytes | str) -> list[bytes]:
    """Return the rows of one page."""
    if isinstance(content, str):
        content = content.encode()
    return list(pages_of(ReportService(content))[0].rows)


def test_rows_stay_as_they_were_sent(reader: str) -> None:
    """Numbers keep their digits, and members their order."""
    rows = rows_of('{"items": [ {"b": 1.10, "a": 12345678901234567890123} , {}]}')

    assert rows == [b'{"b": 1.10, "a": 12345678901234567890123}', b"{}"]


def test_pages_are_followed_by_their_cursors(reader: str) -> None:
    """Every page names the cursor that fetched it, and the next one."""
    service = ReportService([{"a": 1}], [{"a": 2}], [])

    pages = pages_of(service)

    assert [(page.cursor, page.next_cursor) for page in pages] == [
        (None, "c1"),
        ("c1", "c2"),
        ("c2", None),
    ]
    assert service.cursors == [None, "c1", "c2"]


def test_reading_begins_at_a_cursor(reader: str) -> None:
    """A cursor that was kept leads to the rest."""
    service = ReportService([{"a": 1}], [{"a": 2}])

    with service.client() as enboarder:
        pages = list(read_pages(enboarder, FORM, cursor="c1"))

    assert [page.rows for page in pages] == [(b'{"a": 2}',)]


def test_filters_go_with_every_page(reader: str) -> None:
    """The service wants the same filters with each cursor."""
    service = ReportService([{"a": 1}], [{"a": 2}])

    with service.client() as enboarder:
        list(read_pages(enboarder, FORM, filters={"since": "2027-01-01"}))

    sent = [request.url.params.get("since") for request in service.requests]
    assert sent == ["2027-01-01", "2027-01-01"]


def test_filter_cannot_be_the_cursor() -> None:
    """It is refused before anything is sent."""
    service = ReportService()

    with (
        service.client() as enboarder,
        pytest.raises(InvalidInput, match="nextKey"),
    ):
        read_pages(enboarder, FORM, filters={"NextKey": "c1"})
    assert service.requests == []


@pytest.mark.parametrize(
    "content",
    [
        '{"Items": [{"a": 1}], "NEXTKEY": null}',
        '\ufeff{"items": [{"a": 1}]}',
        '{"nextKey": "", "items": [{"a": 1}], "count": 1}',
        '{"items": [{"a": 1}], "nextKey": false}',
        json.dumps({"items": [{"a": 1}]}).encode("utf-16"),
    ],
)
def test_page_may_be_written_differently(content: bytes | str, reader: str) -> None:
    """Case, encoding, blanks and the sign of the last page do not matter."""
    assert [json.loads(row) for row in rows_of(content)] == [{"a": 1}]


def test_page_in_the_charset_of_its_header(reader: str) -> None:
    """A page that is not UTF-8 is read as its content type says."""
    page = httpx.Response(
        200,
        content='{"items": [{"a": "é"}]}'.encode("latin-1"),
        headers={"Content-Type": "application/json; charset=iso-8859-1"},
    )

    assert [json.loads(row) for row in pages_of(ReportService(page))[0].rows] == [
        {"a": "é"}
    ]


@pytest.mark.parametrize(
    "row",
    [
        r'{"a": "\ud83d"}',
        '{"a": NaN}',
        '{"a": 1e400}',
        f'{{"a": {"9" * 5000}}}',
        '{"a": {"b": [1, null, true]}}',
        "null",
        "[1, 2]",
        '"text"',
    ],
)
def test_odd_rows_are_rows(row: str, reader: str) -> None:
    """What is JSON for Python is a row, whatever it means."""
    assert rows_of(f'{{"items": [{row}, {{}}]}}') == [row.encode(), b"{}"]


def test_rows_with_line_breaks_are_one_line_each(reader: str) -> None:
    """JSON has line breaks between tokens; JSON lines have none."""
    page = pages_of(ReportService(b'{"items": [{"a":\n1,\r\n"b": "x\\ny"}, 2]}'))[0]

    lines = page.lines.splitlines()
    assert [json.loads(line) for line in lines] == [{"a": 1, "b": "x\ny"}, 2]


def test_empty_list_and_null_have_no_rows(reader: str) -> None:
    """A form that nobody filled in is no error."""
    assert rows_of('{"items": []}') == []
    assert rows_of('{"items": null}') == []


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        '{"rows": [{"a": 1}]}',
        '{"items": {"a": 1}}',
        '{"items": 3}',
        "[]",
        "null",
        '{"items": [{"a": 1}',
        '{"items": [{"a": 1}]} more',
        '{"items": [{"a": 1}], "nextKey": {"a": 1}}',
        '{"items": [{"a": 1}], "nextKey": true}',
        b'{"items": [{"a": "\xff"}]}',
        f'{{"items": [{"[" * 100_000}{"]" * 100_000}]}}',
        "<html>",
        "",
    ],
)
def test_what_is_no_page_is_a_named_error(content: bytes | str, reader: str) -> None:
    """Nothing that cannot be read passes for an empty page."""
    with pytest.raises(BrokenPages) as caught:
        rows_of(content)
    assert caught.value.operation == "reports.get_form_data"


def test_cursor_that_comes_back_is_a_named_error(reader: str) -> None:
    """The pages would never end."""
    first = b'{"items": [{"a": 1}], "nextKey": "c1"}'
    service = ReportService(first, b'{"items": [{"a": 2}], "nextKey": "c1"}')

    with pytest.raises(BrokenPages, match="came back"):
        pages_of(service)
    assert service.cursors == [None, "c1"]


def test_empty_pages_with_cursors_end(reader: str) -> None:
    """A page without rows may lead to rows, but not a hundred in a row."""
    pages = [b'{"items": [], "nextKey": "c%d"}' % number for number in range(1, 300)]
    service = ReportService(*pages)

    with pytest.raises(BrokenPages, match="no rows"):
        pages_of(service)
    assert len(service.requests) == 100


def test_rows_after_an_empty_page_are_found(reader: str) -> None:
    """The cursor alone says whether there is another page."""
    service = ReportService([], [{"a": 1}])

    assert [len(page.rows) for page in pages_of(service)] == [0, 1]


def test_206_without_cursor_is_a_named_error(reader: str) -> None:
    """The service says that rows are missing."""
    page = httpx.Response(206, json={"items": [{"a": 1}]})

    with pytest.raises(BrokenPages, match="206"):
        pages_of(ReportService(page))


def test_error_says_where_to_continue() -> None:
    """A page that cannot be fetched leaves its cursor."""
    service = ReportService([{"a": 1}], httpx.Response(404))

    with pytest.raises(NotFound) as caught:
        pages_of(service)
    assert caught.value.cursor == "c1"
