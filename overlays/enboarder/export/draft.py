"""The files of one report while its pages come."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Self

from attrs import evolve

from .column_book import ColumnBook
from .files.formats import Format
from .files.manifest import write_json
from .files.opening import opener
from .files.partial import PartialRows
from .files.places import Places
from .pages import RawPage
from .positions import Position, load, save
from .schema import Schema
from .selection import Selector
from .settings import Settings
from .table_writer import TableWriter


class Draft:
    """Keeps the rows of each page, and then how far they have come.

    Use it as a context manager. It begins with `restore` or `begin`.

    Args:
        places: the files.
        book: the columns.
        settings: how the report is exported.
        start: the position of an export that has no page yet.
    """

    def __init__(
        self, places: Places, book: ColumnBook, settings: Settings, start: Position
    ) -> None:
        self.position = start
        """How far the rows have come."""
        self._start = start
        self._places = places
        self._book = book
        self._settings = settings
        self._selector = Selector(settings.selection, book.base)
        self._table = TableWriter(places.table, opener(settings.format), book)
        self._rows = PartialRows(places.rows)

    def restore(self) -> bool:
        """Continue an interrupted export, and return whether there was one.

        Otherwise, begin a new one.
        """
        found = load(
            self._places.position,
            self._start.belongs_to,
            self._settings.clock.wall(),
        )
        if found is None or not self._rows.restore(found.size, found.sha256):
            self.begin()
            return False
        self.position = found
        self._book.begin(found.members)
        self._table.begin(is_complete=found.pages == 0)
        return found.pages > 0

    def begin(self) -> None:
        """Begin without rows."""
        self.position = self._start
        self._rows.clear()
        self._book.begin()
        self._table.begin(is_complete=True)

    def take(self, page: RawPage) -> None:
        """Keep the rows of a page, and then its position."""
        selection = self._settings.selection
        if self.position.pages == 0 and not selection.is_everything:
            selection.refuse_unknown(self._book.base.covering(page.decoded()))
        lines = self._selector.apply(page.lines)
        self._rows.append(lines)
        self._table.write(lines, page.members if selection.is_everything else None)
        self.position = evolve(
            self.position,
            cursor=page.next_cursor,
            is_complete=page.next_cursor is None,
            rows=self.position.rows + len(page.rows),
            pages=self.position.pages + 1,
            size=self._rows.size,
            sha256=self._rows.sha256,
            members=self._book.members,
            saved_at=self._settings.clock.wall(),
        )
        save(self._places.position, self.position)

    def complete(self) -> None:
        """Write what is left of the file, and wait until it is on the disk."""
        if self._settings.format is Format.JSONL:
            self._rows.sync()
        else:
            self._table.finish(self._rows)

    def publish(self) -> tuple[str, Schema]:
        """Give the file its name, and return its digest and its columns."""
        places = self._places
        if self._settings.format is Format.JSONL:
            digest = self._rows.sha256
            os.replace(places.rows, places.data)
        else:
            digest = _digest_of(places.table)
            os.replace(places.table, places.data)
            places.rows.unlink(missing_ok=True)
        schema = self._book.finished()
        write_json(places.schema, schema.to_json())
        places.position.unlink(missing_ok=True)
        return digest, schema

    def close(self) -> None:
        """Close the files; what came so far is kept."""
        self._table.close()
        self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.close()
        if kind is not None and self.position.pages == 0:
            # They hold nothing that could be continued.
            self._places.rows.unlink(missing_ok=True)
            self._places.table.unlink(missing_ok=True)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
