"""What is sent, and what there is instead of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from attrs import frozen


@frozen(repr=False)  # no tuple: what reports errors shows the members of one, whatever its repr
class Message:
    """A request, ready to be sent."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None
    timeout: float
    """Seconds that an attempt may take, from connecting to the last byte of the answer."""
    query: Mapping[str, Any] | None = None
    longest: float = float("inf")
    """Bytes that the body of the answer may have."""

    def __repr__(self) -> str:
        return f"Message({self.method} {self.url})"  # tracebacks with local variables show it: no secret, no form


class Failure(NamedTuple):
    """Why there is no answer, and whether the request may have been sent all the same."""

    reason: str
    sent: bool
