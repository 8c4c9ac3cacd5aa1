"""The access tokens that one mock issued."""

from __future__ import annotations

import secrets
from collections.abc import Callable


class IssuedTokens:
    """Every token that was ever issued, and the time of its expiry."""

    def __init__(self, clock: Callable[[], float], lifetime: float) -> None:
        self.lifetime = lifetime
        self._clock = clock
        self._expiry: dict[str, float] = {}

    def issue(self) -> str:
        """Return a new token; older tokens stay valid."""
        # 675 random bytes are 900 characters, about the length of a JSON Web Token.
        token = secrets.token_urlsafe(675)
        self._expiry[token] = self._clock() + self.lifetime
        return token

    def is_known(self, token: str) -> bool:
        """Return whether a token was issued, dead or alive."""
        return token in self._expiry

    def is_alive(self, token: str) -> bool:
        """Return whether a token was issued and is still valid."""
        expiry = self._expiry.get(token)
        return expiry is not None and self._clock() < expiry

    def revoke(self) -> None:
        """End every token issued so far, even if the clock is set back later."""
        self._expiry = dict.fromkeys(self._expiry, float("-inf"))

    def expire(self) -> None:
        """Let every token issued so far expire now."""
        now = self._clock()
        self._expiry = {token: min(end, now) for token, end in self._expiry.items()}
