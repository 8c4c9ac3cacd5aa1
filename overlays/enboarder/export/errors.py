"""The errors of exports.

EnboarderError
├── SchemaDrift             the columns are no longer those of the last export
└── InvalidResponse
    └── BrokenPages         the pages of a report do not lead to all of its rows
"""

from __future__ import annotations

from ..errors import EnboarderError, InvalidResponse


class BrokenPages(InvalidResponse):
    """The pages of a report do not lead to all of its rows; what came so far is kept.

    A cursor came back, a page has no rows, or the service says that there is more and
    gives no cursor.
    """


class SchemaDrift(EnboarderError):
    """The columns of a report are no longer those of its last export."""

    changes: tuple[str, ...]
    """One sentence per change, with the name of the column."""

    def __init__(self, text: str, *, changes: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.changes = changes
