"""Iterators return every row, keep one page in memory, and always end."""

from __future__ import annotations

import asyncio
import itertools
import json
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enboarder import (
    UNSET,
    Enboarder,
    EnboarderError,
    InvalidResponse,
    RetryPolicy,
    ServerError,
    TokenUnavailable,
    Unset,
)
from enboarder.paging import rows, rows_async
from enboarder_api.api.reports import get_form_data
from enboarder_api.client import Answer
from tests.characters import CHARACTERS
from tests.conftest import Driver, Service, granted, keyed
from tests.engine import httpx

ROWS = "reports.iter_form_data"


class Row:
    """A row to which a weak reference is possible."""


@dataclass
class Page:
    """A page like those of the generated models."""

    items: Any
    next_cursor: str | Unset | None = UNSET
    additional_properties: dict[str, Any] = field(default_factory=dict)


@dataclass
class Pages:
    """Pages that are made on request, and counted while they are in memory."""

    cursor_after: Callable[[int], str | Unset | None]
    size: int = 2
    asked: list[object] = field(default_factory=list)
    alive: list[int] = field(default_factory=list)
    _rows: weakref.WeakSet[Row] = field(default_factory=weakref.WeakSet)

    def fetch(self, cursor: str | Unset) -> Any:
        self.alive.append(len(self._rows))
        self.asked.append(cursor)
        items = [Row() for _ in range(self.size)]
        self._rows.update(items)
        return Page(items, self.cursor_after(len(self.asked)))

    async def fetch_async(self, cursor: str | Unset) -> Any:
        return self.fetch(cursor)


def up_to(last: int) -> Callable[[int], str | None]:
    """Return cursors that all differ, and none after the last page."""
    return lambda number: f"c{number}" if number < last else None


def counted(pages: Pages, *, awaited: bool, cursor: str | Unset = UNSET) -> int:
    """Return how many rows there are."""
    if not awaited:
        return sum(1 for _ in rows(pages.fetch, cursor))

    async def run() -> int:
        number = 0
        async for _ in rows_async(pages.fetch_async, cursor):
            number += 1
        return number

    return asyncio.run(run())


@pytest.fixture(params=[False, True], ids=["blocking", "awaited"])
def awaited(request: pytest.FixtureRequest) -> bool:
    """Run the test once with each iterator."""
    return bool(request.param)


@pytest.mark.parametrize("end", [None, "", UNSET])
def test_last_page_has_no_cursor(awaited: bool, end: str | Unset | None) -> None:
    """A missing, null or empty cursor ends the iteration."""
    pages = Pages(lambda number: f"c{number}" if number < 3 else end)

    assert counted(pages, awaited=awaited) == 6


def test_each_page_is_asked_for_by_the_cursor_of_the_page_before(awaited: bool) -> None:
    """The first page is the page of the caller's cursor."""
    pages = Pages(up_to(3))

    counted(pages, awaited=awaited, cursor="c0")

    assert pages.asked == ["c0", "c1", "c2"]


def test_empty_page_does_not_end_the_rows(awaited: bool) -> None:
    """A page without rows, but with a cursor, is followed."""
    pages = Pages(up_to(4), size=0)

    counted(pages, awaited=awaited)

    assert len(pages.asked) == 4


@pytest.mark.parametrize("tail", [0, 1, 2, 7, 50])
@pytest.mark.parametrize("length", [1, 2, 3, 7, 50])
def test_circle_of_cursors_is_found_when_it_closes(
    awaited: bool, tail: int, length: int
) -> None:
    """A cursor that comes back is an error and not an endless loop."""

    def circling(number: int) -> str:
        if number <= tail:
            return f"tail {number}"
        return f"circle {(number - tail) % length}"

    pages = Pages(circling)

    with pytest.raises(InvalidResponse, match="came back"):
        counted(pages, awaited=awaited)

    assert len(pages.asked) == tail + length + 1


@pytest.mark.parametrize("number_of_pages", [1, 2, 3, 64, 1000])
def test_cursors_that_differ_are_followed(awaited: bool, number_of_pages: int) -> None:
    """Many pages with different cursors are not a loop."""
    pages = Pages(up_to(number_of_pages))

    assert counted(pages, awaited=awaited) == 2 * number_of_pages


def test_one_page_is_in_memory_at_a_time(awaited: bool) -> None:
    """When the next page is requested, only the caller's row is still in memory."""
    pages = Pages(up_to(20), size=100)

    counted(pages, awaited=awaited)

    assert max(pages.alive) <= 1


def test_rows_come_before_the_next_page_is_asked_for() -> None:
    """If a caller stops early, no further page is fetched."""
    pages = Pages(lambda number: f"c{number}", size=3)

    found = list(itertools.islice(rows(pages.fetch, UNSET), 3))

    assert len(found) == 3
    assert len(pages.asked) == 1


def test_page_without_its_list_is_an_error() -> None:
    """The error about a page without `items` says how to read that page."""
    with pytest.raises(InvalidResponse, match=r'"items".*additional_properties'):
        list(rows(lambda _: Page(UNSET), UNSET))


def two_pages(cursor: Any) -> Service:
    """Serve two rows on two pages, with a cursor in between."""
    return Service(
        httpx.Response(200, json={"items": [{"n": 1}], "nextKey": cursor}),
        httpx.Response(200, json={"items": [{"n": 2}], "nextKey": None}),
    )


@pytest.mark.parametrize(("cursor", "sent"), [("a b", "a b"), (500, "500")])
def test_cursor_is_followed_whatever_its_type(
    driver: Driver, cursor: Any, sent: str
) -> None:
    """A cursor that is a number does not end the iteration early."""
    service = two_pages(cursor)

    found = driver.call(keyed(service), ROWS, "F-1")

    assert [row["n"] for row in found] == [1, 2]
    assert service.last.url.params["nextKey"] == sent


@pytest.mark.parametrize(
    ("cursor", "read"),
    [(500, "500"), (0, "0"), ("c1", "c1"), ("", ""), (None, None), (False, UNSET)],
)
def test_model_decides_whether_there_is_a_next_page(cursor: Any, read: Any) -> None:
    """A hand-written loop gets the same cursors as the iterators."""
    content = json.dumps({"items": [], "nextKey": cursor}).encode()

    assert get_form_data.parse(Answer(200, {}, content)).next_cursor == read


@pytest.mark.parametrize("name", ["nextKey", "nextkey", "NextKey", "NEXTKEY"])
def test_case_of_the_cursor_does_not_end_the_rows(driver: Driver, name: str) -> None:
    """The names of a page's members may have any case."""
    service = Service(
        httpx.Response(200, json={"Items": [{"n": 1}], name: 7}),
        httpx.Response(200, json={"items": [{"n": 2}]}),
    )

    assert len(driver.call(keyed(service), ROWS, "F-1")) == 2


@pytest.mark.parametrize("cursor", [{"page": 2}, ["c1"], 1.5, True, {}, []])
@pytest.mark.parametrize("name", [ROWS, "reports.get_form_data"])
def test_cursor_that_cannot_be_sent_is_an_error(
    driver: Driver, name: str, cursor: Any
) -> None:
    """A cursor that is an object is an error, in hand-written loops, too."""
    with pytest.raises(InvalidResponse, match="neither a string nor a number"):
        driver.call(keyed(two_pages(cursor)), name, "F-1")


def test_iterator_sends_its_filters_with_each_page(driver: Driver) -> None:
    """The query parameters are sent with each page."""
    service = two_pages("c1")

    driver.call(keyed(service), ROWS, "F-1", params={"status": "done"})

    assert [dict(request.url.params) for request in service.requests] == [
        {"status": "done"},
        {"status": "done", "nextKey": "c1"},
    ]


def test_iterator_gives_each_page_its_timeout(driver: Driver) -> None:
    """The timeout of an iterator applies to each of its requests."""
    service = two_pages("c1")

    driver.call(keyed(service), ROWS, "F-1", timeout=7.0)

    timeouts = [request.extensions["timeout"]["read"] for request in service.requests]
    assert timeouts == [7.0, 7.0]


ODD_ROWS = {"items": [{"n": 1}, None, "odd", {"n": None}]}


def test_odd_row_is_left_out_of_the_rows(driver: Driver) -> None:
    """If a row is not an object, the other rows are kept."""
    service = Service(httpx.Response(200, json=ODD_ROWS))

    found = driver.call(keyed(service), ROWS, "F-1")

    assert [row["n"] for row in found] == [1, None]


def test_odd_row_is_kept_in_its_page(driver: Driver) -> None:
    """`get_…` returns the rows that `iter_…` leaves out."""
    service = Service(httpx.Response(200, json=ODD_ROWS))

    page = driver.call(keyed(service), "reports.get_form_data", "F-1")

    assert page["items"] == [None, "odd"]


def test_odd_row_is_logged(driver: Driver, caplog: pytest.LogCaptureFixture) -> None:
    """A warning names the call that left rows out."""
    service = Service(httpx.Response(200, json=ODD_ROWS))

    driver.call(keyed(service), ROWS, "F-1")

    warnings = [record for record in caplog.records if ROWS in record.getMessage()]
    assert [record.levelname for record in warnings] == ["WARNING"]


def test_error_of_a_page_names_the_call(driver: Driver) -> None:
    """In an export of many reports, the error says which one failed."""
    service = Service(httpx.Response(200, json={"count": 0}))

    with pytest.raises(InvalidResponse, match=r"^reports\.iter_form_data: ") as caught:
        driver.call(keyed(service), ROWS, "F-1")

    assert caught.value.operation == ROWS


def test_iteration_continues_at_the_cursor_of_an_error(driver: Driver) -> None:
    """The error names the page that failed, and the iteration can continue there."""
    service = two_pages("c1")
    service.steps.insert(1, httpx.Response(500))

    with pytest.raises(ServerError) as caught:
        driver.call(keyed(service), ROWS, "F-1")
    rest = driver.call(keyed(service), ROWS, "F-1", cursor=caught.value.cursor)

    assert caught.value.cursor == "c1"
    assert "c1" in caught.value.__notes__[0]
    assert [row["n"] for row in rest] == [2]


def test_error_of_the_first_page_has_no_cursor(driver: Driver) -> None:
    """Without a cursor, an iteration begins with the first page."""
    with pytest.raises(ServerError) as caught:
        driver.call(keyed(Service(httpx.Response(500))), ROWS, "F-1")

    assert caught.value.cursor is None


def test_error_of_a_token_names_the_cursor(driver: Driver) -> None:
    """If a token expires and cannot be renewed, the error still names the page."""
    refused = httpx.Response(401, json={"message": "Unauthorized"})
    service = two_pages("c1")
    service.steps.insert(1, refused)

    def first_only(request: httpx.Request) -> httpx.Response:
        if len(service.token_requests) > 1:
            return httpx.Response(503)
        token = {"access_token": "t", "expires_in": 3600}
        return httpx.Response(200, json=token)

    service.token = first_only
    with pytest.raises(TokenUnavailable) as caught:
        driver.call(granted(service), ROWS, "F-1")

    assert caught.value.cursor == "c1"


@pytest.mark.parametrize("kind", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_other_exceptions_name_the_cursor_in_a_note(kind: type[BaseException]) -> None:
    """Any exception that ends an iteration passes, and says where to continue."""

    def fetch(cursor: str | Unset) -> Any:
        if cursor:
            raise kind
        return Page([1], "c1")

    with pytest.raises(kind) as caught:
        list(rows(fetch, UNSET))

    assert "c1" in caught.value.__notes__[0]


def test_long_cursor_does_not_fill_an_error(awaited: bool) -> None:
    """Its text is one short line, and the attribute has the whole cursor."""
    cursor = "c\n" * 10_000
    pages = Pages(lambda _: cursor)

    with pytest.raises(InvalidResponse) as caught:
        counted(pages, awaited=awaited)

    assert cursor == caught.value.cursor
    assert "\n" not in str(caught.value)
    assert 500 > len(str(caught.value))
    assert 500 > len("".join(caught.value.__notes__))


CURSORS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**30),
    st.floats(),
    st.text(CHARACTERS, max_size=3),
    st.lists(st.text(CHARACTERS, max_size=1), max_size=1),
    st.dictionaries(st.text(CHARACTERS, max_size=1), st.none(), max_size=1),
)
ANSWERS = st.lists(st.one_of(CURSORS, st.just(httpx.Response(500))), max_size=6)


def test_any_pages_are_read_whole_or_end_in_an_error() -> None:
    """For any cursors, the rows are complete, or the error names a cursor."""

    @settings(
        max_examples=150,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(ANSWERS)
    def holds(cursors: list[Any]) -> None:
        answers: list[httpx.Response] = []
        for number, cursor in enumerate(cursors):
            if isinstance(cursor, httpx.Response):
                answers.append(cursor)
            else:
                page = {"items": [{"n": number}], "nextKey": cursor}
                answers.append(httpx.Response(200, content=json.dumps(page)))
        last = {"items": [{"n": len(cursors)}]}
        service = Service(*answers, httpx.Response(200, json=last))
        found, error = read_all(service)

        assert found == list(range(len(found)))
        if error is None:
            # Only a missing cursor ends the iteration.
            end = [*cursors, None][len(found) - 1]
            assert end in (None, "") or end is False
        elif len(found):
            asked = service.last.url.params.get("nextKey")
            assert error.cursor == asked == str(cursors[len(found) - 1])

    holds()


def read_all(service: Service) -> tuple[list[int], EnboarderError | None]:
    """Return the rows that came, and the error that ended them."""
    found: list[int] = []
    with Enboarder(**keyed(service, retry=RetryPolicy(attempts=1))) as client:
        try:
            for row in client.reports.iter_form_data("F-1"):
                found.append(row["n"])
        except EnboarderError as error:
            return found, error
    return found, None
