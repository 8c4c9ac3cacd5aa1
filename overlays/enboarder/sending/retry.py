"""When to send a request again."""

from __future__ import annotations

import random
from collections.abc import Callable

from attrs import field, frozen

from ..errors import ConfigurationError


@frozen
class Attempt:
    """An attempt without a result, which a `RetryPolicy` judges."""

    number: int
    """The number of the attempt; the first one is 1."""
    writes: bool
    """Whether the operation changes anything."""
    status: int | None
    """The status of the answer; None if none came."""
    sent: bool
    """Whether the request may have left."""
    retry_after: float | None
    """Seconds that the service asked for (`Retry-After`)."""


@frozen
class RetryPolicy:
    """How often a request is sent, and how long the client waits in between.

    Reads are sent again after 429, 502, 503, 504 and connection failures. A write is
    sent again only when it provably never left or was refused by 429. Waits double from
    `first_wait` up to `longest_wait`, with full jitter. A wait that the service asks
    for (`Retry-After`) is never shortened; if it is longer than `longest_retry_after`,
    the error is raised at once.

    Args:
        attempts: how often a request is sent at most; with 1, it is never sent again.
        first_wait: seconds before the second attempt, at most.
        longest_wait: the longest wait in seconds.
        longest_retry_after: the longest `Retry-After` in seconds for which the client
            waits.
        chance: returns a number from 0 up to 1 by which a wait is multiplied.

    Raises:
        ConfigurationError: there is no attempt, or a wait is negative.
    """

    attempts: int = 3
    first_wait: float = 0.5
    longest_wait: float = 8.0
    longest_retry_after: float = 120.0
    chance: Callable[[], float] = field(default=random.random, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        waits = (self.first_wait, self.longest_wait, self.longest_retry_after)
        numbers = (self.attempts, *waits)
        if not all(isinstance(number, (int, float)) for number in numbers):
            raise ConfigurationError("the arguments of RetryPolicy must be numbers")
        # This is not `attempts < 1`, because nan would pass and send without end.
        if not self.attempts >= 1 or not all(wait >= 0 for wait in waits):
            raise ConfigurationError(
                "RetryPolicy needs at least 1 attempt, and waits of 0 seconds or more"
            )

    def wait(self, attempt: Attempt) -> float | None:
        """Return the seconds to wait before the next attempt; None means no attempt.

        Override it for your own rules. If it returns a number for a write that may have
        left (`attempt.sent`), somebody may be messaged twice.
        """
        if attempt.number >= self.attempts or not self.may_repeat(attempt):
            return None
        asked = attempt.retry_after or 0.0
        if asked > self.longest_retry_after:
            return None
        doubled = self.first_wait * 2.0 ** min(attempt.number - 1, 30)
        backoff = self.chance() * min(self.longest_wait, doubled)
        return max(asked, backoff)

    def may_repeat(self, attempt: Attempt) -> bool:
        """Return whether another attempt is safe, and may help."""
        if attempt.status == 429 or not attempt.sent:
            return True
        if attempt.writes:
            return False
        return attempt.status in (None, 502, 503, 504)
