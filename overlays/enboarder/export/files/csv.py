"""Rows as CSV: UTF-8, a header, and no cell that a spreadsheet runs as a formula.

The columns are written one by one, which is three times as fast as the csv module; the
result is the same.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from ...formulas import guarded
from ...private_files import open_private
from ..arrow import Misfits
from ..cells import text_of, written
from ..columns import UNFIT
from ..errors import SchemaDrift
from ..grid import Grid, RowReader
from ..json_values import encode, encode_lists
from .formats import Layout, Unknown

LINE_END = "\r\n"
SUSPICIOUS = frozenset("=+-@\t\r")
"""What a formula begins with."""
_first = itemgetter(slice(0, 1))


class CsvFile:
    """A CSV file that grows by JSON lines.

    Null and an empty text are both an empty cell. A list or an object is JSON text.

    Args:
        path: the file, which only its owner can read.
        layout: its columns.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self._layout = layout
        columns = layout.schema.exported
        self._width = len(columns)
        self._reader = RowReader(
            columns, layout.bound, ignores_unknown=layout.ignores_unknown
        )
        self._file = open_private(path, is_new=True)
        header = [written(column.name) for column in columns]
        if layout.misfits is Misfits.KEEP:
            header.append(UNFIT)
        self._write_columns([[name] for name in header], 1)

    def write(self, lines: bytes) -> Unknown | None:
        """Write rows."""
        grid = self._reader.read(lines)
        members = grid.members
        if members:
            return Unknown(tuple(members))
        if grid.leftovers and self._layout.misfits is Misfits.FAIL:
            change = "a row is not a JSON object"
            report = self._layout.schema.report
            raise SchemaDrift(f"{report}: {change}", changes=(change,))
        columns: list[Sequence[Any]] = grid.columns(self._width)
        if self._layout.misfits is Misfits.KEEP:
            columns.append(_leftovers(grid))
        self._write_columns(columns, len(grid.rows))
        return None

    def finish(self) -> Unknown | None:
        """Write what is left, and wait until it is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _write_columns(self, columns: Sequence[Sequence[Any]], height: int) -> None:
        if not height:
            return
        ready = [_texts(cells) for cells in columns]
        if len(ready) == 1:
            # An empty line would be no row.
            ready = [[text or '""' for text in ready[0]]]
        rows = zip(*ready, strict=True) if ready else [()] * height
        text = LINE_END.join(map(",".join, rows)) + LINE_END
        # Half of a surrogate pair is written as its escape.
        self._file.write(text.encode(errors="backslashreplace"))


def _texts(cells: Sequence[Any]) -> Sequence[str]:
    """Return cells as they are written."""
    kinds = set(map(type, cells))
    if kinds <= {int, float}:
        return list(map(repr, cells))
    if kinds == {str}:
        return _quoted(_guarded(cells))
    if kinds <= {str, type(None)}:
        return _quoted(_guarded(["" if cell is None else cell for cell in cells]))
    if kinds == {list}:
        # No JSON list begins like a formula.
        return _quoted(encode_lists(cells))
    return _quoted([_text(cell) for cell in cells])


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    if type(cell) in (int, float):
        return repr(cell)
    return text_of(cell) or ""


def _guarded(texts: Sequence[str]) -> Sequence[str]:
    """Return texts of which no spreadsheet runs one as a formula."""
    if SUSPICIOUS.isdisjoint(map(_first, texts)):
        return texts
    return [guarded(text) if _may_be_formula(text) else text for text in texts]


def _may_be_formula(text: str) -> bool:
    first = text[:1]
    if first not in SUSPICIOUS:
        return False
    # Most of them are phone numbers.
    return first not in "+-" or not text[1:].isdigit()


def _quoted(texts: Sequence[str]) -> Sequence[str]:
    """Return texts in quotes where they need them."""
    whole = "".join(texts)
    if not _needs_quotes(whole):
        return texts
    return [_in_quotes(text) if _needs_quotes(text) else text for text in texts]


def _needs_quotes(text: str) -> bool:
    # Every cell of many columns comes here, and a loop would take five times as long.
    return '"' in text or "," in text or "\n" in text or "\r" in text


def _in_quotes(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _leftovers(grid: Grid) -> Sequence[str | None]:
    found: list[str | None] = [None] * len(grid.rows)
    for number, value in grid.leftovers.items():
        found[number] = encode(value)
    return found
