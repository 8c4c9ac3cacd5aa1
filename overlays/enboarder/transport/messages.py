"""What is sent, what there is instead of an answer, and what a header says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from attrs import frozen


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
    longest: float = float("inf")
    """Bytes that the body of the answer may have."""

    def __repr__(self) -> str:
        return f"Request({self.method} {self.url})"


class Failure(NamedTuple):
    """Why there is no answer, and whether the request may have left."""

    reason: str
    sent: bool
    cause: Exception | None = None
    """What was raised, if it can be shown: it holds no request and no secret."""


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the wait that `Retry-After` asks for (RFC 9110, 10.2.3).

    Args:
        headers: those of the answer; names are matched in any case.
        now: seconds since 1970, which a date in the header is compared with.

    Returns:
        Seconds, at least 0; None when the header is absent or unreadable.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    moment = _date(value)
    if moment is None:
        return None
    return max(0.0, moment.timestamp() - now)


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
