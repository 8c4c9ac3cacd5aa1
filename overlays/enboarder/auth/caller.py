"""A caller that asks for a token, and how long it waits for one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import NamedTuple

from ..clock import Clock
from ..errors import TokenUnavailable
from .pending_token import PendingToken

# Seconds until a refresh counts as late, for example because its event loop is blocked.
# The refresh needs up to 15 for the lock of a store and 10 for its request.
LATE_AFTER = 30.0
# Seconds that a caller waits in total: for a refresh that is late, and then for the one
# that replaces it.
LONGEST_WAIT = 45.0


def _no_cause() -> Hashable:
    return None


class Caller(NamedTuple):
    """A caller that asks for a token."""

    cause: Callable[[], Hashable] = _no_cause
    """Returns the way in which this caller asks for tokens."""
    timeout: float | None = None
    """Seconds that it waits at most; None means `LONGEST_WAIT`."""


ANY_CALLER = Caller()


class Patience:
    """How long a caller still waits for refreshes, its own or those of others.

    Args:
        clock: measures the wait, which begins now.
        timeout: the timeout of the caller, if it has one.
        longest_wait: the seconds that every caller waits at most.
        late_after: the seconds until a refresh counts as late.
    """

    def __init__(
        self,
        clock: Clock,
        timeout: float | None,
        longest_wait: float,
        late_after: float,
    ) -> None:
        self._clock = clock
        self._longest_wait = longest_wait
        self._late_after = late_after
        self._seconds = longest_wait
        if timeout is not None:
            self._seconds = min(longest_wait, timeout)
        self._ends_at = clock.monotonic() + self._seconds

    def seconds_for(self, refresh: PendingToken, mine: PendingToken) -> float:
        """Return how long to wait for a refresh; another one than `mine` may be late.

        Raises:
            TokenUnavailable: the caller has waited long enough.
        """
        now = self._clock.monotonic()
        if now >= self._ends_at:
            raise self._over()
        ends_at = self._ends_at
        if refresh is not mine:
            ends_at = min(ends_at, self._late_at(refresh))
        return max(0.0, ends_at - now)

    def check_late(self, refresh: PendingToken, mine: PendingToken) -> None:
        """Check that the wait ended only because the refresh of another caller is late.

        Raises:
            TokenUnavailable: the caller has waited long enough.
        """
        if refresh is mine or self._ends_at <= self._late_at(refresh):
            raise self._over()

    def _late_at(self, refresh: PendingToken) -> float:
        return refresh.started_at + self._late_after

    def _over(self) -> TokenUnavailable:
        if self._seconds < self._longest_wait:
            return TokenUnavailable(
                f"no token came in {self._seconds:g} s, the timeout of this call; "
                "the token request goes on and serves later calls. Raise timeout, or "
                "check network and proxy"
            )
        return TokenUnavailable(
            f"no token came in {self._seconds:g} s, because the thread or event loop "
            "that fetches it is blocked; keep blocking calls out of event loops"
        )
