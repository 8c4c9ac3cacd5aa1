"""Requests, failures, and the wait that `Retry-After` asks for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from attrs import frozen

# The most bytes of a decoded answer, unless a request has another limit. A page of a
# report has a few hundred thousand.
LONGEST_ANSWER = 100_000_000


# Not a tuple: error reporters that record local variables show the members of a tuple,
# whatever its repr says.
@frozen(repr=False)
class Request:
    """A request, ready to be sent."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None
    timeout: float
    """Seconds that an attempt may take, from connecting to the last byte."""
    query: Mapping[str, Any] | None = None
    longest: float = LONGEST_ANSWER
    """Bytes that the decoded body of the answer may have."""

    def __repr__(self) -> str:
        return f"Request({self.method} {self.url})"


class Failure(NamedTuple):
    """The reason why there is no answer, and whether the request may have left."""

    reason: str
    sent: bool
    cause: Exception | None = None
    """The exception, if it may be shown: it has no request and no secret."""
    is_lasting: bool = False
    """Whether another attempt would end in the same way."""


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the wait that `Retry-After` asks for (RFC 9110, 10.2.3).

    A date is compared with the `Date` of the same answer, because the clock of this
    machine may be wrong.

    Args:
        headers: those of the answer; names are matched in any case.
        now: seconds since 1970, for the comparison if there is no `Date`.

    Returns:
        Whole seconds, at least 0; None if the header is missing or unreadable.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]*)?", value):
        return _rounded_up(float(value))
    moment = _date(value)
    if moment is None:
        return None
    answered = _date(headers.get("date", ""))
    if answered is not None:
        now = answered.timestamp()
    return _rounded_up(max(0.0, moment.timestamp() - now))


def _rounded_up(seconds: float) -> float:
    """Return whole seconds, rounded up, because a wait is never shortened."""
    if math.isinf(seconds):
        return seconds
    return float(math.ceil(seconds))


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
