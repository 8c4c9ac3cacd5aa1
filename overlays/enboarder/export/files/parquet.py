"""Rows as Parquet, in groups of rows; needs the extra `parquet`."""

from __future__ import annotations

import os
from pathlib import Path

from ...private_files import open_private
from ..arrow import EXTRA, Misfits, arrow_schema, batch_of
from ..grid import RowReader
from ..libraries import needed
from .formats import Layout, Unknown

GROUP_ROWS = 10_000
GROUP_BYTES = 16_000_000
"""Bytes of JSON after which a group of rows ends before it has all its rows."""


class ParquetFile:
    """A Parquet file that grows by JSON lines.

    Where a group of rows ends depends on the rows alone, so an export that was
    continued has the same bytes as one that was not interrupted.

    Args:
        path: the file, which only its owner can read.
        layout: its columns.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self._layout = layout
        self._misfits = layout.misfits
        if not layout.schema.exported:
            # A table without a column would have no rows.
            self._misfits = Misfits.KEEP
        self._reader = RowReader(
            layout.schema.exported,
            layout.bound,
            ignores_unknown=layout.ignores_unknown,
        )
        self._lines: list[bytes] = []
        self._size = 0
        pa = needed("pyarrow", EXTRA)
        parquet = needed("pyarrow.parquet", EXTRA)
        keeps = self._misfits is Misfits.KEEP
        self._table = pa.Table
        self._file = open_private(path, is_new=True)
        wanted = arrow_schema(layout.schema, keeps_misfits=keeps)
        self._writer = parquet.ParquetWriter(self._file, wanted)

    @staticmethod
    def require() -> None:
        """Refuse to go on without the library.

        Raises:
            ConfigurationError: it is not installed.
        """
        needed("pyarrow.parquet", EXTRA)

    def write(self, lines: bytes) -> Unknown | None:
        """Write rows."""
        for line in lines.splitlines(keepends=True):
            self._lines.append(line)
            self._size += len(line)
            if len(self._lines) >= GROUP_ROWS or self._size >= GROUP_BYTES:
                unknown = self._write_group()
                if unknown is not None:
                    return unknown
        return None

    def finish(self) -> Unknown | None:
        """Write what is left, and wait until it is on the disk."""
        unknown = self._write_group() if self._lines else None
        if unknown is None:
            self._writer.close()
            self._file.flush()
            os.fsync(self._file.fileno())
        return unknown

    def close(self) -> None:
        """Close the file."""
        # The library writes the end of the file first.
        self._writer.close()
        self._file.close()

    def _write_group(self) -> Unknown | None:
        grid = self._reader.read(b"".join(self._lines))
        self._lines = []
        self._size = 0
        members = grid.members
        if members:
            return Unknown(tuple(members))
        batch = batch_of(grid, self._layout.schema, misfits=self._misfits)
        self._writer.write_table(self._table.from_batches([batch]))
        return None
