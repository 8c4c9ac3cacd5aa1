"""Remember failed refreshes, so that callers do not all repeat them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from attrs import frozen

from ..clock import Clock
from ..errors import EnboarderError, TokenRefused, TokenUnavailable
from .token import Token

# Seconds between two renewals that a refusal causes. If a service refuses every token,
# it gets one token request, and not one per call.
FORCED_EVERY = 30.0
KEPT_FAILURES = 16  # for how many causes a failure of one token is remembered


@frozen
class RememberedFailure:
    """A failed refresh, and until when no caller asks again in the same way."""

    error: EnboarderError
    count: int
    """How many refreshes in a row have failed."""
    quiet_until: float
    unforced_until: float
    """Until then, a refused token causes no renewal."""


class Failures:
    """The last failures of one token, by their causes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_cause: OrderedDict[Hashable, RememberedFailure] = OrderedDict()

    def clear(self) -> None:
        """Forget all failures."""
        self._by_cause.clear()

    def current(self, cause: Hashable) -> EnboarderError | None:
        """Return the error because of which callers with this cause do not ask now."""
        failure = self._by_cause.get(cause)
        if failure is None or self._clock.monotonic() >= failure.quiet_until:
            return None
        return failure.error

    def unforced_until(self, cause: Hashable) -> float:
        """Return until when a refused token causes no renewal."""
        failure = self._by_cause.get(cause)
        return float("-inf") if failure is None else failure.unforced_until

    def remember(
        self,
        cause: Hashable,
        error: EnboarderError,
        token: Token | None,
        *,
        is_forced: bool,
    ) -> None:
        """Remember a failed refresh.

        Args:
            cause: the way in which the token was asked for.
            error: how the refresh failed.
            token: the old token, if it is still valid.
            is_forced: whether a refused token caused the refresh.
        """
        earlier = self._by_cause.pop(cause, None)
        count = 1 if earlier is None else earlier.count + 1
        now = self._clock.monotonic()
        unforced = 0.0
        if is_forced:
            unforced = min(FORCED_EVERY, _wait_without_token(error, count))
        self._by_cause[cause] = RememberedFailure(
            error,
            count,
            quiet_until=now + self._pause(error, count, token),
            unforced_until=now + unforced,
        )
        if len(self._by_cause) > KEPT_FAILURES:
            self._by_cause.popitem(last=False)

    def _pause(self, error: EnboarderError, count: int, token: Token | None) -> float:
        """Return for how many seconds no caller asks again after a failure."""
        if token is None:
            return _wait_without_token(error, count)
        pause = 30.0 + 30.0 * self._clock.chance()
        return min(pause, token.hard - token.age(self._clock))


def _wait_without_token(error: EnboarderError, count: int) -> float:
    """Return 30 s after a refusal; otherwise 1 s, which doubles up to 30 s.

    If the endpoint asks for a longer wait, it is at most 60 s.
    """
    if isinstance(error, TokenRefused):
        return 30.0
    backoff = min(30.0, 2.0 ** min(count - 1, 5))
    if isinstance(error, TokenUnavailable) and error.retry_after is not None:
        return max(backoff, min(error.retry_after, 60.0))
    return backoff
