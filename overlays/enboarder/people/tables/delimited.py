"""Read text files with delimiters: CSV, with whatever stands between the cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from ...errors import InvalidInput
from ...formulas import unguarded
from .table import Row, Table, header_of, is_blank

DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
# A longer mark comes before its own beginning.
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
"""The first line that Excel reads, and does not show, for the delimiter."""


def read_delimited(
    path: Path, content: bytes, encoding: str | None, delimiter: str | None
) -> Table:
    """Read a text file with delimiters.

    Args:
        path: the file, for its name.
        content: what is in it.
        encoding: by default UTF-8; a byte order mark at the start of the file is
            stronger.
        delimiter: by default the only one that splits the header.

    Raises:
        InvalidInput: the file cannot be read like this.
    """
    text = _decoded(path, content, encoding)
    first_line = text.partition("\n")[0]
    hint = HINT.fullmatch(first_line.rstrip("\r"))
    if hint:
        text = text[len(first_line) + 1 :]
        delimiter = delimiter or hint[1]
    return _read(path.name, text, delimiter or _only_delimiter(path.name, text))


def _decoded(path: Path, content: bytes, encoding: str | None) -> str:
    # A mark says more than a setting, which may be for another file.
    name = _marked_encoding(content) or encoding or "utf-8"
    try:
        return content.decode(name)
    except LookupError:
        raise InvalidInput(
            f"encoding={encoding!r} is not an encoding that Python knows, such as "
            "'utf-8' or 'cp1252'"
        ) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise InvalidInput(
            f"{path.name}, line {line}: byte 0x{byte:02X} is not {name}; save the file "
            "as 'CSV UTF-8', or pass encoding='cp1252' if Excel on Windows saved it "
            "as plain 'CSV'"
        ) from None


def _marked_encoding(content: bytes) -> str | None:
    for mark, name in MARKS.items():
        if content.startswith(mark):
            return name
    return None


def _only_delimiter(name: str, text: str) -> str:
    """Return the delimiter that splits the header, if there is only one."""
    splitting = [
        delimiter for delimiter in DELIMITERS if len(_first_row(text, delimiter)) > 1
    ]
    if len(splitting) > 1:
        words = " and by ".join(DELIMITERS[delimiter] for delimiter in splitting)
        raise InvalidInput(
            f"{name}: the header can be split by {words}; "
            "pass delimiter= to say which one it is"
        )
    return splitting[0] if splitting else ","


def _first_row(text: str, delimiter: str) -> list[str]:
    try:
        for cells in _reader(text, delimiter):
            if cells:
                return cells
    except csv.Error:
        # The reading says where.
        return []
    return []


def _read(name: str, text: str, delimiter: str) -> Table:
    header: tuple[str, ...] = ()
    header_row = 1
    rows: list[Row] = []
    for row in _rows(name, text, delimiter):
        if not header:
            header = header_of(row.cells)
            header_row = row.number
        elif not is_blank(row.cells):
            rows.append(row)
    return Table(name, header, tuple(rows), header_row, delimiter)


def _rows(name: str, text: str, delimiter: str) -> Iterator[Row]:
    number = 0
    try:
        # A cell may hold line breaks: a row is a row, not a line.
        for cells in _reader(text, delimiter):
            number += 1
            # Files of results are read again: failed.csv is one.
            yield Row(number, tuple(map(unguarded, cells)))
    except csv.Error as error:
        raise InvalidInput(
            f"{name}, row {number + 1}: {error}; look for a quotation mark that is "
            "opened and not closed"
        ) from None


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        return csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, strict=True
        )
    except (TypeError, ValueError):
        raise InvalidInput(
            f"delimiter={delimiter!r} is not one character, such as ',' or ';'"
        ) from None
