"""When to send again, and the clock that waits are measured by."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from .errors import ConfigurationError


async def _sleep_in_loop(seconds: float) -> None:
    import asyncio  # slow to import, and blocking clients do without

    await asyncio.sleep(seconds)


class Clock(NamedTuple):
    """The time, waiting and chance, as parameters: tests put their own in."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    sleep_async: Callable[[float], Awaitable[None]] = _sleep_in_loop
    chance: Callable[[], float] = random.random


SYSTEM_CLOCK = Clock()


@dataclass(frozen=True)
class RetryPolicy:
    """How often a request is sent, and how long the client waits in between (seconds).

    Reads are sent again after 429, 502, 503, 504 and connection failures. A write is sent again only when it provably
    never left or was refused by 429. Waits double from `first_wait` up to `longest_wait`, with full jitter; what the
    service asks for by `Retry-After` is never shortened, and beyond `longest_retry_after` the error is raised at once.
    """

    attempts: int = 3
    first_wait: float = 0.5
    longest_wait: float = 8.0
    longest_retry_after: float = 120.0

    def __post_init__(self) -> None:
        numbers: list[Any] = [self.attempts, self.first_wait, self.longest_wait, self.longest_retry_after]
        if not all(isinstance(one, (int, float)) and one >= 0 for one in numbers) or self.attempts < 1:
            raise ConfigurationError("RetryPolicy needs at least 1 attempt, and waits of 0 seconds or more")

    def wait(
        self, attempt: int, *, writes: bool, status: int | None, sent: bool, asked: float | None, chance: float
    ) -> float | None:
        """Seconds to wait before sending again; None means not to. A policy of your own overrides this.

        Args:
            attempt: how often it was sent; the first is 1.
            writes: whether the operation changes anything.
            status: of the answer; None when none came.
            sent: whether the request may have left.
            asked: seconds that the service asked for (`Retry-After`).
            chance: between 0 and 1.
        """
        again = status == 429 or not sent or (not writes and status in (None, 502, 503, 504))
        if not again or attempt >= self.attempts or (asked or 0) > self.longest_retry_after:
            return None
        return max(asked or 0.0, chance * min(self.longest_wait, self.first_wait * 2.0 ** min(attempt - 1, 30)))


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The wait that `Retry-After` asks for, in seconds (RFC 9110, 10.2.3); None when it is absent or unreadable."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now)
