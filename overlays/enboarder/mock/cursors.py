"""Opaque cursors; each belongs to the list for which it was issued."""

from __future__ import annotations

import secrets
from dataclasses import dataclass


class UnknownCursor(Exception):
    """A cursor that was not issued for this list."""


@dataclass(frozen=True)
class Page:
    """A part of a list."""

    indexes: range
    """The places of its items in the list."""
    next_cursor: str | None
    """The cursor of the next page; None on the last page."""


@dataclass(frozen=True)
class _Position:
    owner: str
    start: int


class Cursors:
    """The issued cursors. Each may be used any number of times."""

    def __init__(self) -> None:
        self._issued: dict[str, _Position] = {}

    def page(self, owner: str, total: int, size: int, cursor: str | None) -> Page:
        """Return a page of a list.

        Args:
            owner: The name of the list.
            total: How many items the list has.
            size: How many items a page has.
            cursor: The cursor of the page; None for the first page.

        Raises:
            UnknownCursor: The cursor was not issued for this list.
        """
        start = 0 if cursor is None else self._start(owner, cursor)
        end = min(start + size, total)
        indexes = range(start, end)
        if end == total:
            return Page(indexes, None)
        next_cursor = secrets.token_urlsafe(24)
        self._issued[next_cursor] = _Position(owner, end)
        return Page(indexes, next_cursor)

    def _start(self, owner: str, cursor: str) -> int:
        position = self._issued.get(cursor)
        if position is None or position.owner != owner:
            raise UnknownCursor
        return position.start
