"""An access token, what names it, and what stores promise."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from attrs import frozen

from ..clock import Clock

ASSUMED_LIFETIME = 300.0  # seconds, where the answer does not say, or makes no sense
LONGEST_LIFETIME = 10 * 365 * 86400.0  # seconds; beyond it, an answer makes no sense


@frozen(repr=False)
class TokenKey:
    """What names one token in a store.

    Another client, secret, scope set or endpoint has another key.
    """

    name: str
    """64 hexadecimal digits that reveal nothing: an HMAC under the client secret."""
    seal: bytes
    """32 bytes derived from the client secret, for stores that encrypt what they keep.
    """

    def __repr__(self) -> str:
        return f"TokenKey({self.name[:8]}…)"


class Moment(NamedTuple):
    """A point in time on both clocks.

    The monotonic clock misses a suspend, and the wall clock can be set back.
    """

    monotonic: float
    wall: float

    @classmethod
    def now(cls, clock: Clock) -> Moment:
        """Return the present."""
        return cls(clock.monotonic(), clock.wall())


# Not a tuple: error reporters that record local variables show the members of a tuple,
# whatever its repr says.
@frozen(repr=False)
class Token:
    """An access token and its age."""

    value: str
    requested_at: Moment
    """When it was asked for."""
    lifetime: float
    """Seconds that it is valid."""
    soft: float
    """Seconds of age from which one caller renews it, while the others go on using it.
    """

    @property
    def hard(self) -> float:
        """Seconds of age from which nobody uses it."""
        return self.lifetime - min(30.0, 0.1 * self.lifetime)

    def is_fresh(self, clock: Clock) -> bool:
        """Return whether nobody needs to renew it yet."""
        requested_at = self.requested_at
        soft = self.soft
        return (
            clock.monotonic() < requested_at.monotonic + soft
            and clock.wall() < requested_at.wall + soft
        )

    def age(self, clock: Clock) -> float:
        """Return the seconds since it was asked for, by the clock that says more."""
        return max(
            clock.monotonic() - self.requested_at.monotonic,
            clock.wall() - self.requested_at.wall,
        )

    def is_same(self, other: Token | None) -> bool:
        """Return whether it is that very token, whenever it was asked for."""
        return other is not None and self.value == other.value

    def __repr__(self) -> str:
        return f"Token(***, soft={self.soft:.0f}, hard={self.hard:.0f})"


class TokenStore(Protocol):
    """Shares tokens beyond this process; `enboarder.stores.Store` is a base."""

    def token(
        self,
        key: TokenKey,
        ask: Callable[[], Token],
        clock: Clock,
        refused: Token | None,
    ) -> Token:
        """Return a token that is valid and not the refused one. It may block.

        Args:
            key: names the token.
            ask: asks the token endpoint for the next one.
            clock: measures the age of tokens.
            refused: a token that the service does not accept any more.
        """
        ...

    def forget(self, key: TokenKey) -> None:
        """Keep this token no longer."""
        ...


def issued_token(
    value: object, lifetime: object, requested_at: Moment, clock: Clock
) -> Token | None:
    """Return a token that was asked for at that moment.

    Args:
        value: the token, visible ASCII.
        lifetime: seconds that it is valid, a number or its text; None if nobody said.
        requested_at: when it was asked for.
        clock: spreads the moment of renewal between 75 and 82 % of the lifetime.

    Returns:
        None if the value cannot be sent in a header, or the lifetime makes no sense.
    """
    if not isinstance(value, str) or not re.fullmatch(r"[!-~]+", value):
        return None
    seconds = ASSUMED_LIFETIME if lifetime is None else seconds_of(lifetime)
    if seconds is None:
        return None
    soft = seconds * (0.75 + 0.07 * clock.chance())
    return Token(value, requested_at, lifetime=seconds, soft=soft)


def seconds_of(lifetime: object) -> float | None:
    """Return the seconds of a lifetime; None if it makes no sense."""
    if isinstance(lifetime, bool) or not isinstance(lifetime, (int, float, str)):
        return None
    try:
        seconds = float(lifetime)
    except (ValueError, OverflowError):
        return None
    return seconds if 0 < seconds < LONGEST_LIFETIME else None
