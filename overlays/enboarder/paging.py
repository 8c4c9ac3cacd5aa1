"""Cursors: every row of every page, in constant memory."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TypeAlias, TypeVar

from enboarder_api.client import Page
from enboarder_api.contract import CURSOR_NAME
from enboarder_api.types import UNSET, Unset

from .errors import ResponseInvalid

T = TypeVar("T")
log = logging.getLogger("enboarder")
Cursor: TypeAlias = str | Unset


class Course:
    """Follows the cursors of one run; one that comes back would mean an endless loop.

    Brent's method: each cursor is compared with a remembered one, which moves up at powers of two. A circle of any length
    is found, and only one cursor is kept.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._remembered: Cursor = UNSET
        self._steps = 0
        self._limit: int = 1

    def follow(self, page: Page[T]) -> tuple[list[T], Cursor]:
        """The rows of a page, and the cursor of the next one: UNSET after the last."""
        if isinstance(page.items, Unset):
            told = "a page holds no list 'items' (the documentation names none); call the get_… method"
            raise self._fault(f"{told}, and read the list from additional_properties")
        if "items" in page.additional_properties:
            log.warning("%s: some rows of a page are no JSON objects, and left out; get_… has them", self._name)
        cursor = page.next_cursor or page.additional_properties.get(CURSOR_NAME) or UNSET
        cursor = str(cursor) if isinstance(cursor, int) else cursor
        if not isinstance(cursor, (str, Unset)):
            raise self._fault(f"the cursor {cursor!r} is neither a string nor a number: read on with the get_… method")
        if cursor and cursor == self._remembered:
            raise self._fault(f"the cursor {cursor!r} came back, so pages would never end: rows may be missing")
        self._steps += 1
        if self._steps == self._limit:
            self._remembered, self._steps, self._limit = cursor, 0, self._limit * 2
        return page.items, cursor

    def _fault(self, text: str) -> ResponseInvalid:
        return ResponseInvalid(f"{self._name}: {text}", operation=self._name)


def rows(fetch: Callable[[Cursor], Page[T]], cursor: Cursor, name: str = "") -> Iterator[T]:
    """Every row from the page of `cursor` on."""
    course = Course(name)
    while True:
        found, cursor = course.follow(fetch(cursor))
        yield from found
        del found  # one page at a time
        if not cursor:
            return


async def rows_async(fetch: Callable[[Cursor], Awaitable[Page[T]]], cursor: Cursor, name: str = "") -> AsyncIterator[T]:
    """The same, awaited."""
    course = Course(name)
    while True:
        found, cursor = course.follow(await fetch(cursor))
        for row in found:
            yield row
        del found
        if not cursor:
            return
