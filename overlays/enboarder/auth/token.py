"""Access tokens, their keys, and the protocol of token stores."""

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
    """The key of a token in a store.

    A different client, secret, set of scopes or endpoint has a different key.
    """

    name: str
    """64 hexadecimal digits that reveal nothing: an HMAC under the client secret."""
    seal: bytes
    """32 bytes derived from the client secret, for stores that encrypt tokens."""

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
    """When the token was requested."""
    lifetime: float
    """The seconds for which it is valid."""
    soft: float
    """The age in seconds at which one caller renews it; the others still use it."""

    @property
    def hard(self) -> float:
        """The age in seconds at which callers stop using it."""
        return self.lifetime - min(30.0, 0.1 * self.lifetime)

    def is_fresh(self, clock: Clock) -> bool:
        """Return whether it is too young to be renewed."""
        requested_at = self.requested_at
        soft = self.soft
        return (
            clock.monotonic() < requested_at.monotonic + soft
            and clock.wall() < requested_at.wall + soft
        )

    def age(self, clock: Clock) -> float:
        """Return the seconds since its request, by the clock that shows more."""
        return max(
            clock.monotonic() - self.requested_at.monotonic,
            clock.wall() - self.requested_at.wall,
        )

    def has_expired(self, clock: Clock) -> bool:
        """Return whether it is too old to be used."""
        return self.age(clock) >= self.hard

    def is_same(self, other: Token | None) -> bool:
        """Return whether the other token has the same value."""
        return other is not None and self.value == other.value

    def __repr__(self) -> str:
        return f"Token(***, soft={self.soft:.0f}, hard={self.hard:.0f})"


class TokenStore(Protocol):
    """Shares tokens with other processes; `enboarder.stores.Store` is a base class."""

    def token(
        self,
        key: TokenKey,
        ask: Callable[[], Token],
        clock: Clock,
        refused: Token | None,
    ) -> Token:
        """Return a valid token that is not the refused one. It may block.

        Args:
            key: the key of the token.
            ask: asks the token endpoint for the next one.
            clock: measures the age of tokens.
            refused: a token that the service no longer accepts.
        """
        ...

    def forget(self, key: TokenKey) -> None:
        """Delete this token."""
        ...


def issued_token(
    value: object, lifetime: object, requested_at: Moment, clock: Clock
) -> Token | None:
    """Return a token that was requested at that moment.

    Args:
        value: the token, visible ASCII.
        lifetime: seconds that it is valid, a number or its text; None if it is unknown.
        requested_at: when it was requested.
        clock: spreads the renewal between 75 and 82 % of the lifetime.

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
