"""What becomes of one value in a typed column, or in a text.

A value that does not fit its column is never bent: the caller gets `MISFIT`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any, Final

from .columns import ColumnType
from .json_values import encode, is_list

EXACT = 2**53
"""Whole numbers beyond it have no exact place in a column of numbers."""
NUMBER = re.compile(r"[+-]?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
DATE = re.compile(r"(\d{4}-\d\d-\d\d)(T00:00(:00(\.0+)?)?(Z|\+00:00)?)?")


class Misfit(Enum):
    """The type of MISFIT."""

    MISFIT = "a value that does not fit"


MISFIT: Final = Misfit.MISFIT


def written(text: str) -> str:
    """Return a text as UTF-8 can hold it; half a character becomes its escape."""
    if text.isascii():
        return text
    return text.encode(errors="backslashreplace").decode()


def text_of(value: Any) -> str | None:
    """Return a value as text: a text unchanged, anything else as JSON."""
    if value is None:
        return None
    return written(value if isinstance(value, str) else encode(value))


def date_of(value: Any) -> date | Misfit | None:
    """Return a date; a date-time fits if its time is midnight in UTC."""
    if value is None or value == "":
        return None
    found = DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return MISFIT
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return MISFIT


def number_of(value: Any) -> float | Misfit | None:
    """Return a number, also one that is written as text.

    A text with leading zeros is no number: it would lose them.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return MISFIT
    if isinstance(value, int):
        return float(value) if abs(value) <= EXACT else MISFIT
    if isinstance(value, float):
        return value
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        return MISFIT
    number = float(value)
    is_exact = math.isfinite(number) and abs(number) <= EXACT
    return number if is_exact else MISFIT


def choices_of(value: Any) -> list[str | None] | None:
    """Return a list of texts; a single value is a list of one."""
    if value is None or value == "":
        return None
    values = value if is_list(value) else [value]
    return [text_of(one) for one in values]


READERS: Mapping[ColumnType, Callable[[Any], Any]] = {
    ColumnType.TEXT: text_of,
    ColumnType.EMAIL: text_of,
    ColumnType.DATE: date_of,
    ColumnType.NUMBER: number_of,
    ColumnType.CHOICE: text_of,
    ColumnType.CHOICES: choices_of,
    ColumnType.FILE: text_of,
}
"""What reads a value for a column of each type."""
