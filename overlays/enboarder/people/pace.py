"""How fast requests are sent: few at a time, and slower when the service asks for it.

No limit is published, so the default is careful.
"""

from __future__ import annotations

import math
import threading

from attrs import frozen

from ..clock import SYSTEM_CLOCK, Clock
from ..errors import ConfigurationError

SLOWEST = 0.1
"""Requests a second below which a pace does not fall."""
FIRST_PAUSE = 1.0
"""Seconds of a pause when the service names none."""
RECOVERY = 1.1
"""By how much the pace grows after each request that the service took."""


@frozen
class Pace:
    """How fast requests are sent.

    Args:
        in_flight: how many requests at most wait for their answers at a time.
        per_second: how many requests at most begin in a second; `math.inf` lifts the
            limit.

    Raises:
        ConfigurationError: a number is out of range.
    """

    in_flight: int = 2
    per_second: float = 5.0

    def __attrs_post_init__(self) -> None:
        if not (isinstance(self.in_flight, int) and 1 <= self.in_flight <= 100):
            raise ConfigurationError(
                f"in_flight must be a whole number from 1 to 100; got {self.in_flight}"
            )
        if not self.per_second > 0:
            raise ConfigurationError(
                f"per_second must be a number above 0; got {self.per_second}"
            )


class Pacer:
    """Says when the next request may begin; several threads may ask.

    After a 429 or 503 it halves the pace and pauses, for as long as the service asks.
    Then each request that the service takes lets the pace grow again.
    """

    def __init__(self, pace: Pace, clock: Clock = SYSTEM_CLOCK) -> None:
        self._fastest = pace.per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._per_second = pace.per_second
        self._next = -math.inf
        """When the next request may begin."""

    def pause(self) -> float:
        """Return the seconds until the next request may begin."""
        with self._lock:
            return max(0.0, self._next - self._clock.monotonic())

    def begin(self) -> None:
        """Note that a request begins now."""
        now = self._clock.monotonic()
        with self._lock:
            self._next = max(now, self._next) + 1.0 / self._per_second

    def speed_up(self) -> None:
        """Note that the service took a request."""
        with self._lock:
            self._per_second = min(self._fastest, self._per_second * RECOVERY)

    def slow_down(self, retry_after: float | None = None) -> None:
        """Note that the service is overloaded.

        Args:
            retry_after: the seconds that it asked for.
        """
        pause = FIRST_PAUSE if retry_after is None else retry_after
        with self._lock:
            # Half of an unlimited pace is a guess.
            current = min(self._per_second, 2 * Pace().per_second)
            self._per_second = max(SLOWEST, current / 2)
            resumed = self._clock.monotonic() + pause
            self._next = max(self._next, resumed)
