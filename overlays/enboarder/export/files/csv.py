"""Rows as CSV: UTF-8, a header, and no cell that a spreadsheet runs as a formula."""

from __future__ import annotations

import csv
import io
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
from ..json_values import encode
from .formats import Layout, Unknown

PLAIN = {str, int, float, type(None)}
SUSPICIOUS = frozenset("=+-@\t\r")
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
        header = [guarded(written(column.name)) for column in columns]
        if layout.misfits is Misfits.KEEP:
            header.append(UNFIT)
        self._write_rows([header])

    def write(self, lines: bytes) -> Unknown | None:
        """Write rows."""
        grid = self._reader.read(lines)
        members = grid.members
        if members:
            return Unknown(tuple(members))
        if grid.leftovers and self._layout.misfits is Misfits.FAIL:
            change = "a row is not a JSON object"
            raise SchemaDrift(
                f"{self._layout.schema.report}: {change}", changes=(change,)
            )
        columns = [_texts(cells) for cells in grid.columns(self._width)]
        if self._layout.misfits is Misfits.KEEP:
            columns.append(_leftovers(grid))
        rows = zip(*columns, strict=True) if columns else grid.rows
        self._write_rows(rows)
        return None

    def finish(self) -> Unknown | None:
        """Write what is left, and wait until it is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _write_rows(self, rows: Any) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        # Half of a surrogate pair is written as its escape.
        self._file.write(text.getvalue().encode(errors="backslashreplace"))


def _texts(cells: Sequence[Any]) -> Sequence[Any]:
    """Return cells as the csv module writes them, without formulas."""
    kinds = set(map(type, cells))
    if not kinds <= PLAIN:
        cells = [cell if type(cell) in PLAIN else text_of(cell) for cell in cells]
        kinds = {str}
    if str not in kinds:
        return cells
    texts = cells if kinds == {str} else [cell for cell in cells if type(cell) is str]
    if SUSPICIOUS.isdisjoint(map(_first, texts)):
        return cells
    return [guarded(cell) if type(cell) is str else cell for cell in cells]


def _leftovers(grid: Grid) -> list[str | None]:
    found: list[str | None] = [None] * len(grid.rows)
    for number, value in grid.leftovers.items():
        found[number] = guarded(written(encode(value)))
    return found
