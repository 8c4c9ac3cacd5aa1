"""Pages: opaque cursors, each of which belongs to the list that it was issued for."""

from __future__ import annotations

import secrets


class UnknownCursor(Exception):
    """A cursor that was not issued, or not for this list."""


class Cursors:
    """The cursors that were issued."""

    def __init__(self) -> None:
        self._issued: dict[str, tuple[str, int]] = {}

    def page(self, owner: str, total: int, size: int, cursor: str | None) -> tuple[range, str | None]:
        """The indexes on a page of the list `owner`, and the cursor of the next page, None on the last one.

        Raises UnknownCursor. A cursor may be used any number of times.
        """
        start = 0
        if cursor is not None:
            known, start = self._issued.get(cursor, ("", 0))
            if known != owner:
                raise UnknownCursor
        end = min(start + size, total)
        if end == total:
            return range(start, end), None
        following = secrets.token_urlsafe(24)
        self._issued[following] = (owner, end)
        return range(start, end), following
