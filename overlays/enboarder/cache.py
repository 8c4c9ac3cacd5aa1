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
LONGEST_WAIT = 30.0  # seconds that a follower waits for its leader, before it leads itself
SIZE = 64  # how many tokens a process keeps

log = logging.getLogger("enboarder")
Fetch: TypeAlias = Callable[[Token | None, bool], Token]
FetchAsync: TypeAlias = Callable[[Token | None], Awaitable[Token]]
# None: the leader was cancelled or is late, somebody else has to lead
Outcome: TypeAlias = Token | EnboarderError | None


class Flight(NamedTuple):
    """A token request under way, and whether the caller is the one to make it."""

    future: Future[Outcome]
    leads: bool


class TokenCache:
    """The token of one credential at one endpoint, and who is fetching the next."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.token: Token | None = None
        self._failure: EnboarderError | None = None
        self._failures, self._quiet_until = 0, 0.0  # after a failure nobody asks again until then (monotonic)
        self._forced_at = float("-inf")
        self.renew_after_fork()

    def renew_after_fork(self) -> None:
        """Forget who held the lock or was fetching: in a forked process that thread does not exist."""
        self._lock = threading.RLock()  # an abandoned leader may be collected, and land, while its thread holds it
        self._flight: Future[Outcome] | None = None
        self._leader: int | None = None

    def forget(self) -> None:
        """Drop the token; a token request under way serves those who wait for it already."""
        with self._lock:
            self.token = self._failure = self._flight = self._leader = None

    def get(self, fetch: Fetch, refused: Token | None = None) -> Token | None:
        """A token that serves, and is not the one that was refused; None when it was renewed for that just now.

        `fetch` gets the refused token, and whether it may wait for others who fetch, too.
        """
        if refused is None and (token := self.token) is not None and token.is_fresh(self._clock):
            return token  # read without a lock
        while isinstance(step := self._decide(refused), Flight):
            outcome: Outcome = None
            if step.leads:
                try:
                    outcome = fetch(refused, True)
                except EnboarderError as error:
                    outcome = copy.copy(error)  # without its frames, which hold the token request
                finally:
                    self._land(step.future, outcome)
            elif self._leader == threading.get_ident():
                return fetch(refused, False)  # the leader is a task of this very thread: to wait would be for ever
            else:
                try:
                    outcome = step.future.result(LONGEST_WAIT)
                except TimeoutError:
                    self._give_up(step.future)
            if outcome is not None:
                return self._token_of(outcome, refused)
        return step

    async def get_async(self, fetch: FetchAsync, refused: Token | None = None) -> Token | None:
        """The same, awaited; asyncio only."""
        if refused is None and (token := self.token) is not None and token.is_fresh(self._clock):
            return token
        import asyncio  # slow to import, and blocking clients do without

        while isinstance(step := self._decide(refused), Flight):
            outcome: Outcome = None
            if step.leads:
                try:
                    outcome = await fetch(refused)
                except EnboarderError as error:
                    outcome = copy.copy(error)  # without its frames, which hold the token request
                finally:
                    self._land(step.future, outcome)
            else:
                try:
                    outcome = await asyncio.wait_for(asyncio.wrap_future(step.future), LONGEST_WAIT)
                except TimeoutError:
                    self._give_up(step.future)
            if outcome is not None:
                return self._token_of(outcome, refused)
        return step

    def _decide(self, refused: Token | None) -> Token | Flight | None:
        with self._lock:
            token, flight, now = self._valid(), self._flight, self._clock.monotonic()
            if token is not None and token.is_same(refused):  # it stays for the others, who may not be refused
                if flight is None and now - self._forced_at < FORCED_EVERY:
                    return None
                if flight is None:  # who joins a renewal under way has not used up the one that a refusal may cause
                    self._forced_at = now
            elif token is not None and (token.is_fresh(self._clock) or flight is not None or now < self._quiet_until):
                return token
            elif token is None and flight is None and self._failure is not None and now < self._quiet_until:
                raise copy.copy(self._failure)
            if flight is not None:
                return Flight(flight, leads=False)
            self._flight, self._leader = Future(), threading.get_ident()
            self._flight.set_running_or_notify_cancel()  # a follower that is cancelled must not cancel it for the others
            return Flight(self._flight, leads=True)

    def _land(self, future: Future[Outcome], outcome: Outcome) -> None:
        with self._lock:
            if self._flight is future:
                self._flight = self._leader = None
                if isinstance(outcome, Token):
                    self.token, self._failure, self._failures, self._quiet_until = outcome, None, 0, 0.0
                elif outcome is not None:
                    self._failure, self._failures, now = outcome, self._failures + 1, self._clock.monotonic()
                    self._quiet_until = now + self._pause(outcome)
                    if isinstance(outcome, TokenUnavailable):  # if it was forced, it renewed nothing: again before long
                        self._forced_at = min(self._forced_at, now + self._backoff(outcome) - FORCED_EVERY)
                else:  # cancelled: if it was forced, it renewed nothing
                    self._forced_at = float("-inf")
        future.set_result(outcome)

    def _give_up(self, future: Future[Outcome]) -> None:
        """Wait no longer for a leader: its event loop may stand still."""
        with self._lock:
            if self._flight is future:
                self._flight = self._leader = None

    def _pause(self, error: EnboarderError) -> float:
        if token := self._valid():
            return min(30.0 + 30.0 * self._clock.chance(), token.hard - token.age(self._clock))
        return 30.0 if isinstance(error, TokenRefused) else self._backoff(error)

    def _backoff(self, error: EnboarderError) -> float:
        asked = error.retry_after if isinstance(error, TokenUnavailable) else None
        return max(min(asked or 0.0, 60.0), min(30.0, 2.0 ** min(self._failures - 1, 5)))

    def _token_of(self, outcome: Token | EnboarderError, refused: Token | None) -> Token | None:
        token = outcome if isinstance(outcome, Token) else self._valid()
        token = None if token is None or token.is_same(refused) else token
        if isinstance(outcome, EnboarderError):
            if token is None:
                raise copy.copy(outcome)  # each caller its own: a shared one would collect everybody's traceback
            log.warning("the token could not be renewed, the old one stays: %s", outcome)
        return token

    def _valid(self) -> Token | None:
        token = self.token
        return token if token is not None and token.age(self._clock) < token.hard else None


class TokenCaches:
    """The token caches of a process, so that a client for each request still costs one token.

    There is one for each credential, token endpoint and clock; the 64 used last are kept.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Clock], TokenCache] = OrderedDict()
        self._all: weakref.WeakSet[TokenCache] = weakref.WeakSet()
        self._lock = threading.Lock()

    def get(self, key: str, clock: Clock) -> TokenCache:
        """Return the cache of a credential, whose times are those of this clock."""
        with self._lock:
            cache = self._kept.pop((key, clock), None)
            if cache is None:
                cache = TokenCache(clock)
                self._all.add(cache)
            self._kept[key, clock] = cache
            if len(self._kept) > SIZE:
                self._kept.popitem(last=False)
            return cache

    def clear(self) -> None:
        """Drop every token and every remembered failure, also of clients that are in use."""
        with self._lock:
            self._kept.clear()
            caches = list(self._all)
        for cache in caches:
            cache.forget()

    def renew_after_fork(self) -> None:
        """Forget who held a lock or was fetching: in a forked process that thread does not exist."""
        self._lock = threading.Lock()
        for cache in list(self._all):
            cache.renew_after_fork()


CACHES = TokenCaches()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=CACHES.renew_after_fork)


def clear_token_cache() -> None:
    """Empty the token cache of this process: tokens and remembered failures, also those of clients in use.

    For tests of your own, which would otherwise share tokens: call it around each of them. Stores keep what they have.
    """
    CACHES.clear()
