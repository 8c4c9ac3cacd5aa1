"""Read a cell as what its field holds, or say what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from attrs import frozen

from .cells import ROUNDED, Flaw, flaw_in, quoted
from .contacts import read_channel, read_email, read_mobile
from .dates import DateRules, read_date
from .nearest import nearest
from .problems import Kind
from .tables import Value
from .tables.table import text_of
from .targets import Content, Target

INTEGER = re.compile(r"-?\d{1,9}", re.ASCII)
EXACT_DIGITS = 1e15
"""From here on, Excel rounds integers."""


@frozen
class ReadingRules:
    """How the cells of a file are read."""

    dates: DateRules
    default_country: str | None = None
    """The country of mobile numbers without one."""


def read_value(value: Value, target: Target, rules: ReadingRules) -> str | int | Flaw:
    """Return what a field gets from a cell that is not blank.

    Args:
        value: the cell.
        target: the field.
        rules: how cells are read.
    """
    text = text_of(value).strip()
    if isinstance(value, str):
        flaw = flaw_in(text, target.content)
        if flaw is not None:
            return flaw
    if target.content is Content.DATE:
        return read_date(value, rules.dates)
    if target.content is Content.MOBILE or _is_mobile(text, target):
        return read_mobile(value, rules.default_country)
    if _is_rounded(value, text):
        return Flaw(
            Kind.NUMBER_ROUNDED,
            f"Excel shortened the number to {quoted(text)}, so digits are lost",
            "format the column as text in Excel, enter the value again, and save",
        )
    reader = READERS.get(target.content)
    if reader is not None:
        return reader(text)
    if target.values:
        return _read_choice(text, target)
    return text


def _is_mobile(text: str, target: Target) -> bool:
    return target.content is Content.MOBILE_OR_EMAIL and "@" not in text


def _is_rounded(value: Value, text: str) -> bool:
    if isinstance(value, float):
        return abs(value) >= EXACT_DIGITS
    return "+" in text and ROUNDED.fullmatch(text) is not None


def _read_integer(text: str) -> int | Flaw:
    if INTEGER.fullmatch(text):
        return int(text)
    return Flaw(
        Kind.NUMBER_INVALID,
        f"{quoted(text)} is not a whole number",
        "write digits only",
    )


def _read_choice(text: str, target: Target) -> str | Flaw:
    for value in target.values:
        if text.casefold() == value.casefold():
            return value
    close = nearest(text, target.values)
    return Flaw(
        Kind.CHOICE_UNKNOWN,
        f"{quoted(text)} is not one of {', '.join(target.values)}",
        f"did you mean {close!r}?" if close else "write one of them",
    )


READERS: Mapping[Content, Callable[[str], str | int | Flaw]] = {
    Content.EMAIL: read_email,
    Content.MOBILE_OR_EMAIL: read_email,
    Content.CHANNEL: read_channel,
    Content.INTEGER: _read_integer,
}
