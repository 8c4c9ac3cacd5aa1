"""Open a table file of a format."""

from __future__ import annotations

from .formats import Format, OpenTable


def opener(format: Format) -> OpenTable | None:
    """Return what opens a table of a format; None for the format of partial files.

    Raises:
        ConfigurationError: the format needs a library that is not installed.
    """
    if format is Format.JSONL:
        return None
    if format is Format.CSV:
        from .csv import CsvFile

        return CsvFile
    from .parquet import ParquetFile

    ParquetFile.require()
    return ParquetFile
