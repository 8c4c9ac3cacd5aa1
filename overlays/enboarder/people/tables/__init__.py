"""Read a file as a table: CSV, XLSX or JSON lines."""

from __future__ import annotations

from pathlib import Path

from ...errors import InvalidInput
from .delimited import read_delimited
from .json_lines import read_json_lines
from .spreadsheet import read_spreadsheet
from .table import Row, Table, Value

__all__ = ["Row", "Table", "Value", "read_table"]

TEXT_FILES = {".csv", ".tsv", ".txt"}
WORKBOOKS = {".xlsx", ".xlsm"}
JSON_LINES = {".jsonl", ".ndjson"}


def read_table(
    source: str | Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Read a file as a table; its name says which format it has.

    Args:
        source: a file whose name ends in .csv, .tsv, .txt, .xlsx, .xlsm, .jsonl or
            .ndjson.
        encoding: a text file's encoding, such as `cp1252`; by default UTF-8.
        delimiter: what is between the cells of a text file; by default the comma,
            semicolon, tab or bar that splits the header, if only one of them does.
        sheet: the sheet of a workbook; needed if more than one is visible.

    Raises:
        ConfigurationError: the file is a workbook, and the extra `xlsx` is missing.
        InvalidInput: the file cannot be read.
    """
    path = Path(source)
    table = _read(path, encoding, delimiter, sheet)
    if not table.header:
        raise InvalidInput(f"{path.name} is empty: it has no header and no rows")
    return table


def _read(
    path: Path, encoding: str | None, delimiter: str | None, sheet: str | None
) -> Table:
    suffix = path.suffix.lower()
    try:
        if suffix in WORKBOOKS:
            return read_spreadsheet(path, sheet)
        if suffix in JSON_LINES:
            return read_json_lines(path, path.read_bytes(), encoding)
        if suffix in TEXT_FILES:
            return read_delimited(path, path.read_bytes(), encoding, delimiter)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidInput(f"{path} cannot be read: {reason}") from error
    known = ", ".join(sorted(TEXT_FILES | WORKBOOKS | JSON_LINES))
    raise InvalidInput(f"{path.name} is not one of {known}; save it as 'CSV UTF-8'")
