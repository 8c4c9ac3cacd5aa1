"""Read dates: ISO dates, a format that was named, and the date cells of a workbook."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from attrs import frozen

from ..errors import InvalidInput
from .cells import Flaw, quoted
from .problems import Kind
from .tables.table import Value, text_of

ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
ISO_WITH_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:.*", re.ASCII)
SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?", re.ASCII)
"""What Excel counts days with; these are the years 1954 to 2119."""
EXAMPLE = date(2027, 1, 23)


@frozen
class DateRules:
    """How dates are read, and which are accepted."""

    today: date
    format: str | None = None
    """How dates are written, as `strptime` takes it; by default YYYY-MM-DD."""
    allow_past: bool = False


def checked_day(today: date) -> date:
    """Return the day that dates are compared with.

    Raises:
        InvalidInput: it is a date-time, or no date.
    """
    if isinstance(today, datetime) or not isinstance(today, date):
        raise InvalidInput(
            f"today must be a date, not {type(today).__name__}; pass value.date()"
        )
    return today


def checked_format(date_format: str | None) -> str | None:
    """Return a format of dates that names day, month and year.

    Raises:
        InvalidInput: it does not.
    """
    if date_format is None:
        return None
    try:
        text = EXAMPLE.strftime(date_format)
        if datetime.strptime(text, date_format).date() == EXAMPLE:
            return date_format
    except ValueError:
        pass
    raise InvalidInput(
        f"date_format={date_format!r} does not name day, month and year as Python "
        "does; write %d/%m/%Y or %m/%d/%Y, for example"
    )


def read_date(value: Value, rules: DateRules) -> str | Flaw:
    """Return a date as YYYY-MM-DD, or what is wrong with it."""
    day = _day_of(value, rules)
    if isinstance(day, Flaw):
        return day
    if day < rules.today and not rules.allow_past:
        return Flaw(
            Kind.DATE_PAST,
            f"{day.isoformat()} is in the past (today is {rules.today.isoformat()})",
            "correct the date, or allow past dates",
        )
    return day.isoformat()


def _day_of(value: Value, rules: DateRules) -> date | Flaw:
    if isinstance(value, datetime):
        return _with_time(text_of(value))
    if isinstance(value, date):
        return value
    text = text_of(value).strip()
    if isinstance(value, (time, timedelta)):
        return _invalid(text, rules)
    day = _parsed(text, rules)
    return _unread(text, rules) if day is None else day


def _parsed(text: str, rules: DateRules) -> date | None:
    try:
        if rules.format is not None:
            return datetime.strptime(text, rules.format).date()
        if ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        return None
    return None


def _unread(text: str, rules: DateRules) -> Flaw:
    if SERIAL.fullmatch(text):
        return Flaw(
            Kind.DATE_SERIAL,
            f"{quoted(text)} is how Excel counts days, not a date",
            "format the column as a date (yyyy-mm-dd) in Excel, and save again",
        )
    if ISO_WITH_TIME.fullmatch(text) and rules.format is None:
        return _with_time(text)
    return _invalid(text, rules)


def _with_time(text: str) -> Flaw:
    return Flaw(
        Kind.DATE_INVALID,
        f"{quoted(text)} has a time of day, and a start date has none",
        "write the date alone, as YYYY-MM-DD",
    )


def _invalid(text: str, rules: DateRules) -> Flaw:
    if rules.format is not None:
        return Flaw(
            Kind.DATE_INVALID,
            f"{quoted(text)} is not a date in the format {rules.format}",
            f"write 23 January 2027 as {EXAMPLE.strftime(rules.format)}, for example",
        )
    if ISO.fullmatch(text):
        return Flaw(
            Kind.DATE_INVALID,
            f"{quoted(text)} is not in the calendar",
            "correct the date",
        )
    return Flaw(
        Kind.DATE_INVALID,
        f"{quoted(text)} is not a date as YYYY-MM-DD",
        "write it as YYYY-MM-DD, or say with date_format which part is the day "
        "(%d/%m/%Y or %m/%d/%Y)",
    )
