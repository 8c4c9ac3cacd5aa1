"""Cursors: every row, in constant memory, and never in a circle."""

from __future__ import annotations

import asyncio
import itertools
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from enboarder import UNSET, InvalidResponse, Unset
from enboarder.paging import rows, rows_async
from tests.conftest import Driver, Service, keyed


class Row:
    """A row that can be watched."""


@dataclass
class Pages:
    """Pages that are made when they are asked for, and watched while they live."""

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


@dataclass
class Page:
    items: Any
    next_cursor: str | Unset | None = UNSET
    additional_properties: dict[str, Any] = field(default_factory=dict)


def count(pages: Pages, *, awaited: bool, cursor: str | Unset = UNSET) -> int:
    """How many rows there are."""

    async def run() -> int:
        number = 0
        async for _ in rows_async(pages.fetch_async, cursor):
            number += 1
        return number

    return asyncio.run(run()) if awaited else sum(1 for _ in rows(pages.fetch, cursor))


@pytest.fixture(params=[False, True], ids=["blocking", "awaited"])
def awaited(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize("end", [None, "", UNSET])
def test_last_page_has_no_cursor(awaited: bool, end: str | Unset | None) -> None:
    """An absent, null or empty cursor ends the rows, and each cursor is sent with the next request."""
    pages = Pages(lambda number: f"c{number}" if number < 3 else end)

    assert count(pages, awaited=awaited, cursor="c0") == 6
    assert pages.asked == ["c0", "c1", "c2"]


def test_empty_page_does_not_end_the_rows(awaited: bool) -> None:
    """A page without rows, but with a cursor, is followed."""
    pages = Pages(lambda number: f"c{number}" if number < 4 else None, size=0)

    assert (count(pages, awaited=awaited), len(pages.asked)) == (0, 4)


@pytest.mark.parametrize("tail", [0, 1, 2, 3, 7, 20, 50])
def test_circle_of_cursors_is_found(awaited: bool, tail: int) -> None:
    """Cursors that run in a circle of 1 to 50 pages, after any beginning, are an error and no endless loop."""
    for length in range(1, 51):
        pages = Pages(
            lambda number, length=length: (
                f"c{tail + (number - tail) % length if number > tail else number}"
            )
        )  # type: ignore[misc]
        with pytest.raises(
            InvalidResponse,
            match=r"the cursor 'c\d+' came back, so pages would never end",
        ):
            count(pages, awaited=awaited)
        assert len(pages.asked) <= 3 * (tail + length) + 3


@pytest.mark.parametrize("number_of_pages", [1, 2, 3, 64, 1000])
def test_long_run_without_a_circle_is_followed(
    awaited: bool, number_of_pages: int
) -> None:
    """Cursors that differ are no circle, however many there are."""
    pages = Pages(lambda number: f"c{number}" if number < number_of_pages else None)

    assert count(pages, awaited=awaited) == 2 * number_of_pages


def test_one_page_is_in_memory_at_a_time(awaited: bool) -> None:
    """When a page is asked for, the rows of the one before are gone, but for the one that the caller holds."""
    pages = Pages(lambda number: f"c{number}" if number < 20 else None, size=100)

    assert count(pages, awaited=awaited) == 2000
    assert max(pages.alive) <= 1


def test_rows_come_before_the_next_page_is_asked_for() -> None:
    """Whoever stops early does not fetch what is not needed."""
    pages = Pages(lambda number: f"c{number}", size=3)

    assert len(list(itertools.islice(rows(pages.fetch, UNSET), 3))) == 3
    assert len(pages.asked) == 1


def test_cursor_that_is_a_number_is_followed(driver: Driver) -> None:
    """A cursor of another type than assumed does not end the rows early."""
    pages = [
        {"items": [{"n": 1}], "nextKey": 500},
        {"items": [{"n": 2}], "nextKey": None},
    ]
    service = Service(*(httpx.Response(200, json=page) for page in pages))

    found = driver.call(keyed(service), "reports.iter_form_data", "F-1")

    assert [row["n"] for row in found] == [1, 2]
    assert [dict(request.url.params) for request in service.requests] == [
        {},
        {"nextKey": "500"},
    ]


def test_cursor_that_cannot_be_sent_is_told(driver: Driver) -> None:
    """A cursor that is an object raises instead of ending the rows silently."""
    service = Service(httpx.Response(200, json={"items": [], "nextKey": {"page": 2}}))

    with pytest.raises(InvalidResponse, match="neither a string nor a number"):
        list(driver.call(keyed(service), "reports.iter_form_data", "F-1"))


def test_page_without_its_list_is_told() -> None:
    """A page without `items` is an error that says how to read it all the same."""
    with pytest.raises(
        InvalidResponse, match=r"a page holds no list 'items'.*additional_properties"
    ):
        list(rows(lambda _: Page(UNSET), UNSET))


def test_iterator_sends_filters_with_each_page(driver: Driver) -> None:
    """The iterator of a report sends its filters and each cursor on the wire."""
    pages = [{"items": [{"n": 1}, {"n": 2}], "nextKey": "a b"}, {"items": [{"n": 3}]}]
    service = Service(*(httpx.Response(200, json=page) for page in pages))

    found = driver.call(
        keyed(service), "reports.iter_form_data", "F-1", params={"status": "done"}
    )

    assert [row["n"] for row in found] == [1, 2, 3]
    assert [dict(request.url.params) for request in service.requests] == [
        {"status": "done"},
        {"nextKey": "a b", "status": "done"},
    ]


def test_odd_row_does_not_lose_the_page(
    driver: Driver, caplog: pytest.LogCaptureFixture
) -> None:
    """A row that is no object is left out, and the log tells it; the others come, and the odd ones are kept."""
    service = Service(
        httpx.Response(200, json={"items": [{"n": 1}, None, "odd", {"n": None}]})
    )

    rows_found = driver.call(keyed(service), "reports.iter_form_data", "F-1")
    page = driver.call(keyed(service), "reports.get_form_data", "F-1")

    assert [row["n"] for row in rows_found] == [1, None]
    assert [row["n"] for row in page.items] == [1, None]
    assert page["items"] == [None, "odd"]
    assert "some rows of a page are no JSON objects" in caplog.text


def test_fault_of_a_page_names_the_call(driver: Driver) -> None:
    """Whoever exports many reports learns which one failed."""
    service = Service(httpx.Response(200, json={"count": 0}))

    with pytest.raises(InvalidResponse, match=r"^reports\.iter_form_data: ") as caught:
        list(driver.call(keyed(service), "reports.iter_form_data", "F-1"))

    assert caught.value.operation == "reports.iter_form_data"
