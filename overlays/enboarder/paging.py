"""Iterate over the rows of all pages, with one page in memory."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

from enboarder_api.client import Page
from enboarder_api.types import UNSET, Unset

from .errors import EnboarderError, InvalidResponse
from .quoting import quotable

T = TypeVar("T")
log = logging.getLogger("enboarder")
Cursor: TypeAlias = str | Unset


class CursorTracker:
    """Follows the cursors of one iteration, and refuses one that comes back.

    Such a cursor would mean an endless loop.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._seen: set[str] = set()

    def follow(self, page: Page[T]) -> tuple[list[T], Cursor]:
        """Return the rows of a page, and the cursor of the next; UNSET after the last.

        Raises:
            InvalidResponse: the page has no rows, or its cursor leads nowhere.
        """
        rows = self._rows_of(page)
        cursor = page.next_cursor
        if not cursor:
            return rows, UNSET
        if cursor in self._seen:
            raise self._error(
                f'the cursor "{quotable(cursor)}" came back, so pages would never end: '
                "rows may be missing"
            )
        self._seen.add(cursor)
        return rows, cursor

    def _rows_of(self, page: Page[T]) -> list[T]:
        if isinstance(page.items, Unset):
            raise self._error(
                'a page has no list "items" (the documentation names none); call the '
                "get_… method, and read the list from additional_properties"
            )
        if "items" in page.additional_properties:
            log.warning(
                "%s: some rows of a page are not JSON objects and were left out; "
                "the get_… method returns them",
                self._name,
            )
        return page.items

    def _error(self, text: str) -> InvalidResponse:
        return InvalidResponse(f"{self._name}: {text}", operation=self._name)


@contextmanager
def naming_cursor(cursor: Cursor) -> Generator[None, None, None]:
    """Make any exception say from which cursor an iteration can continue."""
    try:
        yield
    except BaseException as error:
        if cursor:
            if isinstance(error, EnboarderError):
                error.cursor = cursor
            error.add_note(f"The iteration can continue with cursor={cursor!r:.200}")
        raise


def rows(
    fetch: Callable[[Cursor], Page[T]], cursor: Cursor, name: str = ""
) -> Iterator[T]:
    """Yield every row, from the page of a cursor on.

    Args:
        fetch: returns the page of a cursor.
        cursor: where to begin; UNSET means the first page.
        name: of the operation, for errors.

    Raises:
        InvalidResponse: a page has no rows, or its cursor leads nowhere.
        EnboarderError: a page could not be fetched; `cursor` says which one.
    """
    tracker = CursorTracker(name)
    while True:
        with naming_cursor(cursor):
            found, cursor = tracker.follow(fetch(cursor))
        yield from found
        # This keeps only one page in memory.
        del found
        if not cursor:
            return


async def rows_async(
    fetch: Callable[[Cursor], Awaitable[Page[T]]], cursor: Cursor, name: str = ""
) -> AsyncIterator[T]:
    """Yield every row, from the page of a cursor on; like `rows`, awaited."""
    tracker = CursorTracker(name)
    while True:
        with naming_cursor(cursor):
            found, cursor = tracker.follow(await fetch(cursor))
        for row in found:
            yield row
        del found
        if not cursor:
            return
