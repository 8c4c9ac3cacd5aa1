"""One token for however many callers.

A process has one token per credential, endpoint and clock, whoever asks: threads, tasks
of any event loop, or both. Three rules make that work.

1. A caller whose token is fresh reads it and goes on. It takes no lock.
2. When the token is missing or due, one caller *leads*: it fetches the next one. While
   the old token is still valid, the others go on using it. When nothing is valid, they
   wait for the leader, and its token or its error reaches all of them.
3. A failure is remembered for a while, so that a token endpoint that is down, or
   refuses the client, gets one request and not one from every caller.

The lock guards the decision who leads, which takes microseconds. It is never held
during a request, a `yield` or an `await`. A leader always ends its refresh, whatever
interrupts it, and a forked child forgets about threads that it does not have.
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
from functools import partial
from typing import Protocol, TypeAlias, TypeVar

from ..clock import Clock
from ..errors import EnboarderError, TokenRefused, TokenUnavailable
from .token import Token

# Seconds between renewals that a refusal causes: a service that refuses every token
# costs one renewal, not one per call.
FORCED_EVERY = 30.0
# Seconds until a leader counts as late, because its event loop stands still, say. It
# has 15 for the lock of a store and 10 for its request.
LATE_AFTER = 30.0
# Seconds that a caller waits for others in all: for a leader that is late, and then for
# the one that takes its place.
LONGEST_WAIT = 45.0
KEPT_TOKENS = 64  # how many tokens a process keeps

log = logging.getLogger("enboarder")
T = TypeVar("T", bound=Token | None)


class Fetch(Protocol):
    """Fetches a token, from a store or the endpoint."""

    def __call__(self, *, may_wait: bool = True) -> Token:
        """Return a token; with `may_wait` it may wait for other processes."""
        ...


FetchAsync: TypeAlias = Callable[[], Awaitable[Token]]
Ended: TypeAlias = Token | EnboarderError


class Refresh:
    """A token that is being fetched, and the thread that fetches it."""

    def __init__(self, started_at: float) -> None:
        self.started_at = started_at
        self.thread = threading.get_ident()
        self.result: Ended | None = None
        """Its token or error; None while it runs, and when it was cancelled."""
        self.ended: Future[None] = Future()
        # A future that runs cannot be cancelled by one of those who wait for it.
        self.ended.set_running_or_notify_cancel()

    def end(self) -> None:
        """Release all that wait for it."""
        self.ended.set_result(None)


class TokenCache:
    """The token of one credential at one endpoint, and who fetches the next."""

    def __init__(
        self,
        clock: Clock,
        *,
        late_after: float = LATE_AFTER,
        longest_wait: float = LONGEST_WAIT,
    ) -> None:
        self._clock = clock
        self._late_after = late_after
        self._longest_wait = longest_wait
        self._token: Token | None = None
        self._failure: EnboarderError | None = None
        self._failures = 0
        self._quiet_until = 0.0
        self._forced_at = float("-inf")
        self._refresh: Refresh | None = None
        # Reentrant: when the garbage collector ends an abandoned leader, it may do so
        # in a thread that holds the lock.
        self._lock = threading.RLock()

    def get(self, fetch: Fetch) -> Token:
        """Return a valid token.

        Args:
            fetch: called if this caller has to lead.

        Raises:
            TokenRefused: the token endpoint refuses the client.
            TokenUnavailable: there is no token for now.
        """
        token = self._token
        if token is not None and token.is_fresh(self._clock):
            return token
        return self._obtain(self._use_or_refresh, self._usable, fetch)

    def replace(self, refused: Token, fetch: Fetch) -> Token | None:
        """Return another token than the one that the service refused.

        Args:
            refused: that token.
            fetch: called if this caller has to lead.

        Returns:
            None if there is no other one, because the last one that a refusal caused
            was fetched less than 30 s ago.

        Raises:
            TokenRefused: the token endpoint refuses the client.
            TokenUnavailable: there is no token for now.
        """
        decide = partial(self._replace_or_refresh, refused)
        return self._obtain(decide, partial(self._replacement, refused), fetch)

    async def get_async(self, fetch: FetchAsync) -> Token:
        """Return a valid token; like `get`, on asyncio."""
        token = self._token
        if token is not None and token.is_fresh(self._clock):
            return token
        return await self._obtain_async(self._use_or_refresh, self._usable, fetch)

    async def replace_async(self, refused: Token, fetch: FetchAsync) -> Token | None:
        """Return another token than the refused one; like `replace`, on asyncio."""
        decide = partial(self._replace_or_refresh, refused)
        conclude = partial(self._replacement, refused)
        return await self._obtain_async(decide, conclude, fetch)

    def forget(self) -> None:
        """Drop token and failure; a refresh in progress serves its own caller only."""
        with self._lock:
            self._token = None
            self._failure = None
            self._refresh = None

    def renew_after_fork(self) -> None:
        """Forget threads that a forked child does not have."""
        self._lock = threading.RLock()
        self._refresh = None

    # The two drivers. Both decide, lead or wait, and conclude by the same functions.

    def _obtain(
        self,
        decide: Callable[[Refresh], T | Refresh],
        conclude: Callable[[Ended], T],
        fetch: Fetch,
    ) -> T:
        give_up_at = self._clock.monotonic() + self._longest_wait
        while True:
            mine = Refresh(self._clock.monotonic())
            try:
                decision = decide(mine)
                if decision is mine:
                    mine.result = self._fetched(fetch)
            finally:
                # It covers the decision, too: an interrupt between the two leaves no
                # refresh that nobody ends.
                self._land(mine)
            if not isinstance(decision, Refresh):
                return decision
            if decision is not mine:
                if decision.thread == threading.get_ident():
                    # The leader is a task of this very thread: to wait would be for
                    # ever.
                    return conclude(fetch(may_wait=False))
                self._wait(decision, give_up_at)
            if decision.result is not None:
                return conclude(decision.result)

    async def _obtain_async(
        self,
        decide: Callable[[Refresh], T | Refresh],
        conclude: Callable[[Ended], T],
        fetch: FetchAsync,
    ) -> T:
        give_up_at = self._clock.monotonic() + self._longest_wait
        while True:
            mine = Refresh(self._clock.monotonic())
            try:
                decision = decide(mine)
                if decision is mine:
                    mine.result = await self._fetched_async(fetch)
            finally:
                self._land(mine)
            if not isinstance(decision, Refresh):
                return decision
            if decision is not mine:
                await self._wait_async(decision, give_up_at)
            if decision.result is not None:
                return conclude(decision.result)

    def _fetched(self, fetch: Fetch) -> Ended:
        try:
            return fetch()
        except EnboarderError as error:
            # A copy has no frames; those of the error hold the token request.
            return copy.copy(error)

    async def _fetched_async(self, fetch: FetchAsync) -> Ended:
        try:
            return await fetch()
        except EnboarderError as error:
            return copy.copy(error)

    def _wait(self, refresh: Refresh, give_up_at: float) -> None:
        try:
            refresh.ended.result(self._time_to_wait(refresh, give_up_at))
        except TimeoutError:
            self._abandon(refresh)

    async def _wait_async(self, refresh: Refresh, give_up_at: float) -> None:
        # asyncio is slow to import, and blocking clients never need it.
        import asyncio

        seconds = self._time_to_wait(refresh, give_up_at)
        try:
            await asyncio.wait_for(asyncio.wrap_future(refresh.ended), seconds)
        except TimeoutError:
            self._abandon(refresh)

    # The decisions, each under the lock.

    def _use_or_refresh(self, mine: Refresh) -> Token | Refresh:
        """Decide whether to use the token, to wait for a refresh, or to lead `mine`."""
        with self._lock:
            token = self._valid_token()
            is_quiet = self._clock.monotonic() < self._quiet_until
            if token is not None:
                others_renew_it = self._refresh is not None
                if token.is_fresh(self._clock) or others_renew_it or is_quiet:
                    return token
            elif self._refresh is None and self._failure is not None and is_quiet:
                raise copy.copy(self._failure)
            return self._join_or_lead(mine)

    def _replace_or_refresh(
        self, refused: Token, mine: Refresh
    ) -> Token | Refresh | None:
        """Decide the same after a refusal; None means not to renew again so soon."""
        with self._lock:
            token = self._valid_token()
            if token is None or not token.is_same(refused):
                return self._use_or_refresh(mine)
            # The refused token stays for the others, whom the service may not refuse.
            if self._refresh is None:
                now = self._clock.monotonic()
                if now - self._forced_at < FORCED_EVERY:
                    return None
                self._forced_at = now
            return self._join_or_lead(mine)

    def _join_or_lead(self, mine: Refresh) -> Refresh:
        if self._refresh is None:
            self._refresh = mine
        return self._refresh

    def _land(self, mine: Refresh) -> None:
        """End a refresh that was led: keep its result, and release all that wait."""
        with self._lock:
            if self._refresh is mine:
                self._refresh = None
                self._remember(mine.result)
        mine.end()

    def _remember(self, result: Ended | None) -> None:
        if isinstance(result, Token):
            self._token = result
            self._failure = None
            self._failures = 0
            self._quiet_until = 0.0
        elif result is None:
            # The leader was interrupted. If a refusal caused it, it renewed nothing.
            self._forced_at = float("-inf")
        else:
            self._remember_failure(result)

    def _remember_failure(self, error: EnboarderError) -> None:
        self._failure = error
        self._failures += 1
        now = self._clock.monotonic()
        self._quiet_until = now + self._pause(error)
        if isinstance(error, TokenUnavailable):
            # If a refusal caused it, it renewed nothing: allow another one before long.
            soon = now + self._backoff(error) - FORCED_EVERY
            self._forced_at = min(self._forced_at, soon)

    def _abandon(self, refresh: Refresh) -> None:
        """Let another caller lead, because this leader is late."""
        with self._lock:
            if self._refresh is refresh:
                self._refresh = None

    def _time_to_wait(self, refresh: Refresh, give_up_at: float) -> float:
        now = self._clock.monotonic()
        if now >= give_up_at:
            raise TokenUnavailable(
                f"no token came in {self._longest_wait:.0f} s, because the callers "
                "that "
                "ask for it stand still; keep blocking calls out of event loops"
            )
        late_at = refresh.started_at + self._late_after
        return max(0.0, min(late_at, give_up_at) - now)

    # What a caller gets in the end.

    def _usable(self, result: Ended) -> Token:
        if isinstance(result, Token):
            return result
        token = self._valid_token()
        if token is None:
            # Each caller raises its own copy: a shared one would collect all
            # tracebacks.
            raise copy.copy(result)
        log.warning("the token could not be renewed; the old one stays: %s", result)
        return token

    def _replacement(self, refused: Token, result: Ended) -> Token | None:
        if isinstance(result, Token):
            return None if result.is_same(refused) else result
        token = self._valid_token()
        if token is None or token.is_same(refused):
            raise copy.copy(result)
        return token

    def _valid_token(self) -> Token | None:
        token = self._token
        if token is None or token.age(self._clock) >= token.hard:
            return None
        return token

    def _pause(self, error: EnboarderError) -> float:
        """Return the seconds for which nobody asks again after a failure."""
        token = self._valid_token()
        if token is not None:
            pause = 30.0 + 30.0 * self._clock.chance()
            return min(pause, token.hard - token.age(self._clock))
        if isinstance(error, TokenRefused):
            return 30.0
        return self._backoff(error)

    def _backoff(self, error: EnboarderError) -> float:
        """Return 1 s, doubling up to 30 s, or up to 60 s if the endpoint asks."""
        backoff = min(30.0, 2.0 ** min(self._failures - 1, 5))
        if isinstance(error, TokenUnavailable) and error.retry_after is not None:
            return max(backoff, min(error.retry_after, 60.0))
        return backoff


class TokenCaches:
    """The token caches of a process: a client per request still costs one token.

    There is one for each credential, token endpoint and clock; the 64 used last are
    kept.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Clock], TokenCache] = OrderedDict()
        self._all: weakref.WeakSet[TokenCache] = weakref.WeakSet()
        self._lock = threading.Lock()

    def get(self, key: str, clock: Clock) -> TokenCache:
        """Return the cache of a credential; it keeps this clock for life."""
        with self._lock:
            cache = self._kept.pop((key, clock), None)
            if cache is None:
                cache = TokenCache(clock)
                self._all.add(cache)
            self._kept[key, clock] = cache
            if len(self._kept) > KEPT_TOKENS:
                self._kept.popitem(last=False)
            return cache

    def clear(self) -> None:
        """Drop every token and remembered failure, also those of clients in use."""
        with self._lock:
            self._kept.clear()
            caches = list(self._all)
        for cache in caches:
            cache.forget()

    def renew_after_fork(self) -> None:
        """Forget threads that a forked child does not have."""
        self._lock = threading.Lock()
        for cache in list(self._all):
            cache.renew_after_fork()


TOKEN_CACHES = TokenCaches()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=TOKEN_CACHES.renew_after_fork)


def clear_token_cache() -> None:
    """Drop the tokens and remembered failures of this process, also of clients in use.

    Call it around each test of your own, which would otherwise share tokens with the
    next one. Token stores keep what they have.
    """
    TOKEN_CACHES.clear()
