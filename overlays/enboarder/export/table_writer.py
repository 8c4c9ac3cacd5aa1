"""Write the table of one report: as the pages come, or once more from its first row.

A member of rows or a value for which the table has no place can come at any time. The
table is then written again at the end, from the rows on the disk, so that nothing is
fetched twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .column_book import ColumnBook
from .errors import SchemaDrift
from .files.formats import OpenTable, TableFile, Unknown
from .files.partial import PartialRows


class TableWriter:
    """Writes one table, whose bytes depend on the rows alone.

    Args:
        path: the table while it is being written.
        opens: opens a table; None if the rows on the disk are all that is wanted.
        book: the columns.
    """

    def __init__(self, path: Path, opens: OpenTable | None, book: ColumnBook) -> None:
        self._path = path
        self._opens = opens
        self._book = book
        self._table: TableFile | None = None
        self._is_complete = True
        """Whether the table has all rows so far."""

    def begin(self, *, is_complete: bool) -> None:
        """Begin a table.

        Args:
            is_complete: whether there are no rows yet. Otherwise, the table is written
                at the end.
        """
        self.close()
        self._is_complete = is_complete

    def write(self, lines: bytes, members: Iterable[str] | None = None) -> None:
        """Take rows, if the table is complete so far.

        Args:
            lines: the rows.
            members: their members, if they are known.

        Raises:
            SchemaDrift: they have no place in it, and the policy forbids another one.
        """
        if members is not None:
            self._book.add(members)
        elif self._table is None or not self._is_complete:
            self._book.look(lines)
        if self._opens is None or not self._is_complete:
            return
        if self._table is None:
            self._table = self._opens(self._path, self._book.layout())
        self._is_complete = self._takes(self._table, lines)

    def finish(self, rows: PartialRows) -> None:
        """Finish the table, so that it has all rows.

        Raises:
            SchemaDrift: they have no place in it, and the policy forbids another one.
        """
        while self._opens is not None and not self._is_finished():
            self.close()
            self._table = self._opens(self._path, self._book.layout())
            self._is_complete = self._takes_all(self._table, rows)

    def close(self) -> None:
        """Close the table."""
        if self._table is not None:
            self._table.close()
        self._table = None

    def _is_finished(self) -> bool:
        if self._table is None or not self._is_complete:
            return False
        self._is_complete = self._takes(self._table, None)
        return self._is_complete

    def _takes_all(self, table: TableFile, rows: PartialRows) -> bool:
        return all(self._takes(table, lines) for lines in rows.blocks())

    def _takes(self, table: TableFile, lines: bytes | None) -> bool:
        """Return whether a table takes rows, or its end; if not, columns are new."""
        unknown: Unknown | None
        try:
            unknown = table.finish() if lines is None else table.write(lines)
        except SchemaDrift as error:
            self._book.allow_misfits(error)
            return False
        if unknown is not None:
            self._book.add(unknown.members)
        return unknown is None
