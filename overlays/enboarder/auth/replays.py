"""Decide after a refusal whether a request is sent again with another token."""

from __future__ import annotations

from ..clock import Clock
from .token import Token

# After this age in seconds, a 403 may mean that the token is dead, because a gateway
# answers 403 to every bad credential.
DEAD_FROM = 60.0
# How often a request is sent again because its token expired on the way, for example
# while the request waited for a free connection.
MOST_EXPIRED = 5


class Replays:
    """Limits how often one request is sent again.

    If the refused token has expired, the refusal says nothing about the next token, so
    the request is sent again several times. If the token is still valid, the service
    has revoked it, or refuses every token. So the request is sent again only once.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._expired = 0
        self._revoked = 0

    def may_follow(self, status: int, token: Token) -> bool:
        """Return whether to send the request again.

        Args:
            status: that of the answer.
            token: the one that signed the request.
        """
        has_expired = token.has_expired(self._clock)
        if not has_expired and not self._is_dead(status, token):
            return False
        if has_expired:
            self._expired += 1
            return self._expired <= MOST_EXPIRED
        self._revoked += 1
        return self._revoked == 1

    def _is_dead(self, status: int, token: Token) -> bool:
        """Return whether the answer says that a valid token was revoked."""
        return status == 401 or token.age(self._clock) >= DEAD_FROM
