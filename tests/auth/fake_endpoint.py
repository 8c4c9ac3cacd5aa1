"""A token endpoint in memory, which a test can hold back or let fail."""

from __future__ import annotations

import threading

from enboarder.auth.token import Moment, Token
from tests.conftest import LONG, FakeClock


class FakeEndpoint:
    """Issues numbered tokens: token-1, token-2 and so on.

    It answers at once, unless a test clears `may_answer`.
    """

    def __init__(self, time: FakeClock, *, lifetime: float = 3600.0) -> None:
        self.time = time
        self.lifetime = lifetime
        self.requests = 0
        self.error: BaseException | None = None
        """Raised instead of issuing a token."""
        self.requested = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()

    def fetch(self, *, may_wait: bool = True) -> Token:
        self.requests += 1
        value = f"token-{self.requests}"
        requested_at = present(self.time)
        self.requested.set()
        assert self.may_answer.wait(LONG)
        if self.error is not None:
            raise self.error
        return issued(value, requested_at, self.lifetime)

    async def fetch_async(self) -> Token:
        self.may_answer.set()
        return self.fetch()


def present(time: FakeClock) -> Moment:
    """Return the present of a fake clock, without reading it as the cache does."""
    return Moment(time.monotonic, time.wall)


def issued(value: str, requested_at: Moment, lifetime: float = 3600.0) -> Token:
    """Return a token that is due after three quarters of its life."""
    return Token(value, requested_at, lifetime=lifetime, soft=0.75 * lifetime)
