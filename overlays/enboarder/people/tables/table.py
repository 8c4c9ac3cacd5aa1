"""A table: what is in a file, whatever its format is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from attrs import frozen

from ..problems import Problem

Value: TypeAlias = str | int | float | date | datetime | time | timedelta | None
"""What a cell can hold. Text files hold texts only."""


@frozen
class Row:
    """The cells of a row."""

    number: int
    """The row as a spreadsheet counts."""
    cells: tuple[Value, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells as texts."""
        return tuple(map(text_of, self.cells))


@frozen
class Table:
    """What is in a file: a header and rows."""

    name: str
    """The name of the file, without its folders."""
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    """The rows that are not blank."""
    header_row: int = 1
    delimiter: str = ","
    """What is between the cells of a text file."""
    problems: tuple[Problem, ...] = ()
    """What the reader found wrong with the file."""


def text_of(value: Value) -> str:
    """Return a cell as text, as a spreadsheet would show it without a format."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def is_blank(cells: tuple[Value, ...]) -> bool:
    """Return whether a row holds nothing."""
    return all(not text_of(value).strip() for value in cells)


def header_of(cells: tuple[Value, ...]) -> tuple[str, ...]:
    """Return the names of the columns; blank ones at the end are left out."""
    names = [" ".join(text_of(value).split()) for value in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def column_letters(index: int) -> str:
    """Return what a spreadsheet calls a column: A, B, … Z, AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
