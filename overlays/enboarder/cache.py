"""One token for however many callers: a process-wide cache with a single flight for threads, tasks and both.

A caller reads the token without a lock. When it is due, a short look under the lock decides: *use* it, *lead* (fetch the
next one), or *wait* for whoever leads. The lock guards a few fields, never a request, a `yield` or an `await`.
"""

from __future__ import annotations

import copy
import logging
import os
import threading
import weakref
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import NamedTuple, TypeAlias

from .errors import EnboarderError, TokenRefused, TokenUnavailable
from .retry import Clock
from .tokens import Token

FORCED_EVERY = 30.0  # seconds between renewals that a refusal causes: a service that refuses all costs one, not many
LONGEST_WAIT = 20.0  # seconds that a follower waits for its leader
SIZE = 64  # how many tokens a process keeps
LATE = f"another caller has been fetching the token for {LONGEST_WAIT:.0f} s; check network and token_url"

log = logging.getLogger("enboarder")
Outcome: TypeAlias = Token | EnboarderError | None  # None: the leader was cancelled, somebody else has to lead


class Flight(NamedTuple):
    """A token request under way, and whether the caller is the one to make it."""

    future: Future[Outcome]
    leads: bool


class TokenCache:
    """The token of one credential at one endpoint, and who is fetching the next."""

    def __init__(self) -> None:
        self.token: Token | None = None
        self._failure: EnboarderError | None = None
        self._failures = 0
        self._quiet_until = 0.0  # after a failure nobody asks again until then (monotonic)
        self._forced_at: float | None = None
        self.renew_after_fork()
        _everywhere.add(self)

    def renew_after_fork(self) -> None:
        """Forget who held the lock or was fetching: in a forked process that thread does not exist."""
        self._lock = threading.RLock()  # an abandoned leader may be collected, and land, while its thread holds it
        self._flight: Future[Outcome] | None = None
        self._leader: int | None = None

    def get(self, fetch: Callable[[], Token], clock: Clock, refused: Token | None = None) -> Token | None:
        """A token that serves, and is not the one that was refused; None when it was renewed for that just now."""
        while isinstance(step := self._step(clock, refused), Flight):
            outcome: Outcome = None
            if step.leads:
                try:
                    outcome = fetch()
                except EnboarderError as error:
                    outcome = error
                finally:
                    self._land(step.future, outcome, clock)
            elif self._leader == threading.get_ident():
                return fetch()  # the leader is a task of this very thread: to wait for it would be for ever
            else:
                try:
                    outcome = step.future.result(LONGEST_WAIT)
                except TimeoutError:
                    outcome = TokenUnavailable(LATE)
            if token := self._token_of(outcome, clock):
                return token
        return step

    async def get_async(
        self, fetch: Callable[[], Awaitable[Token]], clock: Clock, refused: Token | None = None
    ) -> Token | None:
        """The same, awaited; asyncio only."""
        import asyncio  # slow to import, and blocking clients do without

        while isinstance(step := self._step(clock, refused), Flight):
            outcome: Outcome = None
            if step.leads:
                try:
                    outcome = await fetch()
                except EnboarderError as error:
                    outcome = error
                finally:
                    self._land(step.future, outcome, clock)
            else:
                try:
                    outcome = await asyncio.wait_for(asyncio.wrap_future(step.future), LONGEST_WAIT)
                except TimeoutError:
                    outcome = TokenUnavailable(LATE)
            if token := self._token_of(outcome, clock):
                return token
        return step

    def _step(self, clock: Clock, refused: Token | None) -> Token | Flight | None:
        token = self.token
        if token is not None and not token.is_same(refused) and token.age(clock) < token.soft:
            return token
        with self._lock:
            return self._decide(clock, refused)

    def _decide(self, clock: Clock, refused: Token | None) -> Token | Flight | None:
        token, now = self._valid(clock), clock.monotonic()
        if token is not None and token.is_same(refused):
            if self._flight is None and self._forced_at is not None and now - self._forced_at < FORCED_EVERY:
                return None
            self._forced_at, self.token, token = now, None, None
        if token is not None and (token.age(clock) < token.soft or self._flight is not None or now < self._quiet_until):
            return token
        if self._flight is not None:
            return Flight(self._flight, leads=False)
        if token is None and self._failure is not None and now < self._quiet_until:
            raise copy.copy(self._failure)
        self._flight, self._leader = Future(), threading.get_ident()
        self._flight.set_running_or_notify_cancel()  # a follower that is cancelled must not cancel it for the others
        return Flight(self._flight, leads=True)

    def _land(self, future: Future[Outcome], outcome: Outcome, clock: Clock) -> None:
        with self._lock:
            if isinstance(outcome, Token):
                self.token, self._failure, self._failures, self._quiet_until = outcome, None, 0, 0.0
            elif outcome is not None:
                self._failure, self._failures = outcome, self._failures + 1
                self._quiet_until = clock.monotonic() + self._pause(outcome, clock)
            self._flight = self._leader = None
        future.set_result(outcome)

    def _pause(self, error: EnboarderError, clock: Clock) -> float:
        if token := self._valid(clock):
            return min(30.0 + 30.0 * clock.chance(), token.hard - token.age(clock))
        if isinstance(error, TokenRefused):
            return 30.0
        asked = error.retry_after if isinstance(error, TokenUnavailable) else None
        return max(min(asked or 0.0, 60.0), min(30.0, 2.0 ** min(self._failures - 1, 5)))

    def _token_of(self, outcome: Outcome, clock: Clock) -> Token | None:
        if not isinstance(outcome, EnboarderError):
            return outcome
        token = self._valid(clock)
        if token is None:
            raise copy.copy(outcome)  # each caller its own: a shared one would collect everybody's traceback
        log.warning("the token could not be renewed, the old one serves on: %s", outcome)
        return token

    def _valid(self, clock: Clock) -> Token | None:
        token = self.token
        return token if token is not None and token.age(clock) < token.hard else None


_everywhere: weakref.WeakSet[TokenCache] = weakref.WeakSet()
_caches: OrderedDict[bytes, TokenCache] = OrderedDict()
_lock = threading.Lock()


def cache_of(key: bytes) -> TokenCache:
    """The process-wide cache of a credential, so that a client for each request still costs one token."""
    with _lock:
        cache = _caches[key] = _caches.get(key) or TokenCache()
        _caches.move_to_end(key)
        if len(_caches) > SIZE:
            _caches.popitem(last=False)
        return cache


def _renew_after_fork() -> None:
    global _lock
    _lock = threading.Lock()
    for cache in list(_everywhere):
        cache.renew_after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_after_fork)
