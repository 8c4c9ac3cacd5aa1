"""One token for all callers: it is fetched, shared and renewed here.

A process has one token for each credential, token endpoint and clock. All threads, and
the tasks of all event loops, share it. Four rules make that work.

1. A caller whose token is fresh reads it and goes on. It takes no lock.
2. When the token is missing or due for renewal, one caller *leads*: it starts a
   refresh. While the old token is valid, the other callers keep using it. When no token
   is valid, they wait for the refresh, and all of them get its token or its error.
3. A refresh runs in its own thread or task (`pending_token`). Each caller, the leader
   included, waits only as long as its own timeout allows. If a caller gives up, the
   refresh goes on, and later callers use its token.
4. A failure is remembered for a while. So a token endpoint that is down, or refuses the
   client, gets one request, and not one from every caller. The failure belongs to its
   cause: a caller that asks in another way, for example by another proxy, never gets
   it.

The lock protects the decision which caller leads; that takes microseconds. It is never
held during a request, a `yield` or an `await`. A refresh always ends, even if it is
interrupted. A forked child forgets a refresh whose thread exists only in its parent.
"""

from __future__ import annotations

import copy
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from ..clock import Clock
from ..errors import EnboarderError
from ..transport.connections import running_loop
from .caller import ANY_CALLER, LATE_AFTER, LONGEST_WAIT, Caller, Patience
from .failures import FORCED_EVERY, Failures
from .pending_token import Ended, Fetch, FetchAsync, PendingToken
from .threads import start_thread
from .token import Token

log = logging.getLogger("enboarder")
T = TypeVar("T", bound=Token | None)


class TokenCache:
    """The token of one credential at one endpoint, and the refresh that replaces it."""

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
        self._failures = Failures(clock)
        self._forced_at = float("-inf")
        self._refresh: PendingToken | None = None
        # Reentrant, because the garbage collector may end an abandoned refresh in a
        # thread that holds the lock.
        self._lock = threading.RLock()

    def fresh(self) -> Token | None:
        """Return the token if it is too young to be renewed; it takes no lock."""
        token = self._token
        if token is not None and token.is_fresh(self._clock):
            return token
        return None

    def get(self, fetch: Fetch, caller: Caller = ANY_CALLER) -> Token:
        """Return a valid token.

        Args:
            fetch: called if this caller has to lead.
            caller: who asks.

        Raises:
            TokenRefused: the token endpoint refuses the client.
            TokenUnavailable: there is no token for now.
        """
        token = self.fresh()
        if token is not None:
            return token
        return self._obtain(self._use_or_refresh, self._usable, fetch, caller)

    def replace(
        self, refused: Token, fetch: Fetch, caller: Caller = ANY_CALLER
    ) -> Token | None:
        """Return another token than the one that the service refused.

        Args:
            refused: that token.
            fetch: called if this caller has to lead.
            caller: who asks.

        Returns:
            None if there is no other token, because a refusal has caused a renewal less
            than 30 s ago.

        Raises:
            TokenRefused: the token endpoint refuses the client.
            TokenUnavailable: there is no token for now.
        """
        decide = partial(self._replace_or_refresh, refused)
        conclude = partial(self._replacement, refused)
        return self._obtain(decide, conclude, fetch, caller)

    async def get_async(self, fetch: FetchAsync, caller: Caller = ANY_CALLER) -> Token:
        """Return a valid token; like `get`, on asyncio."""
        token = self.fresh()
        if token is not None:
            return token
        return await self._obtain_async(
            self._use_or_refresh, self._usable, fetch, caller
        )

    async def replace_async(
        self, refused: Token, fetch: FetchAsync, caller: Caller = ANY_CALLER
    ) -> Token | None:
        """Return another token than the refused one; like `replace`, on asyncio."""
        decide = partial(self._replace_or_refresh, refused)
        conclude = partial(self._replacement, refused)
        return await self._obtain_async(decide, conclude, fetch, caller)

    def forget(self) -> None:
        """Drop token and failures; only callers that wait get a refresh in progress."""
        with self._lock:
            self._token = None
            self._failures.clear()
            self._forced_at = float("-inf")
            self._refresh = None

    def renew_after_fork(self) -> None:
        """Forget threads that a forked child does not have."""
        self._lock = threading.RLock()
        self._refresh = None

    # The two drivers. Both decide, lead or wait, and conclude by the same functions.

    def _obtain(
        self,
        decide: Callable[[PendingToken], T | PendingToken],
        conclude: Callable[[Ended], T],
        fetch: Fetch,
        caller: Caller,
    ) -> T:
        patience = Patience(
            self._clock, caller.timeout, self._longest_wait, self._late_after
        )
        while True:
            mine = PendingToken(caller.cause(), self._clock.monotonic())
            try:
                decision = decide(mine)
                if decision is mine:
                    self._start(mine, fetch)
            except BaseException:
                # The decision is covered, too: after an interrupt between decision and
                # start, no refresh is left that nobody ends.
                self._land(mine)
                raise
            if not isinstance(decision, PendingToken):
                return decision
            if decision is not mine and decision.thread == threading.get_ident():
                # A task of this thread leads, so waiting for it would never end.
                return conclude(fetch(may_wait=False))
            self._wait(decision, mine, patience)
            ended = self._end_of(decision, mine)
            if ended is not None:
                return conclude(ended)

    async def _obtain_async(
        self,
        decide: Callable[[PendingToken], T | PendingToken],
        conclude: Callable[[Ended], T],
        fetch: FetchAsync,
        caller: Caller,
    ) -> T:
        patience = Patience(
            self._clock, caller.timeout, self._longest_wait, self._late_after
        )
        while True:
            mine = PendingToken(caller.cause(), self._clock.monotonic())
            try:
                decision = decide(mine)
                if decision is mine:
                    self._start_async(mine, fetch)
            except BaseException:
                self._land(mine)
                raise
            if not isinstance(decision, PendingToken):
                return decision
            await self._wait_async(decision, mine, patience)
            ended = self._end_of(decision, mine)
            if ended is not None:
                return conclude(ended)

    # How a refresh runs.

    def _start(self, mine: PendingToken, fetch: Fetch) -> None:
        run = partial(self._run, mine, fetch)
        if not start_thread(run):
            run()

    def _run(self, mine: PendingToken, fetch: Fetch) -> None:
        try:
            mine.run(fetch)
        finally:
            self._land(mine)

    def _start_async(self, mine: PendingToken, fetch: FetchAsync) -> None:
        mine.task = running_loop().create_task(self._run_async(mine, fetch))
        # A task that is cancelled before its first step does not run at all.
        mine.task.add_done_callback(partial(self._land_task, mine))

    async def _run_async(self, mine: PendingToken, fetch: FetchAsync) -> None:
        try:
            await mine.run_async(fetch)
        finally:
            # This also runs if the event loop ends before the refresh.
            self._land(mine)

    def _land_task(self, mine: PendingToken, task: Any) -> None:
        self._land(mine)
        if not task.cancelled():
            # asyncio reports an exception only if nobody has looked at it.
            task.exception()

    # How callers wait for it.

    def _wait(
        self, refresh: PendingToken, mine: PendingToken, patience: Patience
    ) -> None:
        with suppress(TimeoutError):
            refresh.ended.result(patience.seconds_for(refresh, mine))
            return
        self._end_wait(refresh, mine, patience)

    async def _wait_async(
        self, refresh: PendingToken, mine: PendingToken, patience: Patience
    ) -> None:
        # asyncio is slow to import, and blocking clients never need it.
        import asyncio

        seconds = patience.seconds_for(refresh, mine)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.wrap_future(refresh.ended), seconds)
            return
        self._end_wait(refresh, mine, patience)

    def _end_wait(
        self, refresh: PendingToken, mine: PendingToken, patience: Patience
    ) -> None:
        """Give up, or let another caller lead because the refresh is late."""
        patience.check_late(refresh, mine)
        with self._lock:
            if self._refresh is refresh:
                self._refresh = None

    def _end_of(self, refresh: PendingToken, mine: PendingToken) -> Ended | None:
        """Return how a refresh ended; None if this caller has to decide again."""
        if refresh is mine and mine.interrupt is not None:
            raise mine.interrupt
        failed = isinstance(refresh.result, EnboarderError)
        if failed and refresh.cause != mine.cause:
            return None
        return refresh.result

    # The decisions, each under the lock.

    def _use_or_refresh(self, mine: PendingToken) -> Token | PendingToken:
        """Decide whether to use the token, to wait for a refresh, or to lead `mine`."""
        with self._lock:
            token = self._valid_token()
            error = self._failures.current(mine.cause)
            if token is not None:
                others_renew_it = self._refresh is not None
                has_failed = error is not None
                if token.is_fresh(self._clock) or others_renew_it or has_failed:
                    return token
            elif self._refresh is None and error is not None:
                raise copy.copy(error)
            return self._join_or_lead(mine)

    def _replace_or_refresh(
        self, refused: Token, mine: PendingToken
    ) -> Token | PendingToken | None:
        """Decide after a refusal; None means that another renewal is too soon."""
        with self._lock:
            token = self._valid_token()
            if token is None or not token.is_same(refused):
                return self._use_or_refresh(mine)
            # The other callers keep the refused token: the service may still accept it.
            if self._refresh is None:
                now = self._clock.monotonic()
                if now < self._unforced_until(mine):
                    return None
                self._forced_at = now
                mine.is_forced = True
            return self._join_or_lead(mine)

    def _unforced_until(self, mine: PendingToken) -> float:
        until = self._forced_at + FORCED_EVERY
        return max(until, self._failures.unforced_until(mine.cause))

    def _join_or_lead(self, mine: PendingToken) -> PendingToken:
        if self._refresh is None:
            self._refresh = mine
        return self._refresh

    def _land(self, mine: PendingToken) -> None:
        """End a refresh: keep its result, and release all callers that wait for it."""
        with self._lock:
            if self._refresh is mine:
                self._refresh = None
                self._remember(mine)
        mine.end()

    def _remember(self, mine: PendingToken) -> None:
        result = mine.result
        if isinstance(result, Token):
            self._token = result
            self._failures.clear()
            return
        if mine.is_forced or result is None:
            # Nothing was renewed. The failure says when callers with its cause try
            # again.
            self._forced_at = float("-inf")
        if result is not None:
            token = self._valid_token()
            self._failures.remember(mine.cause, result, token, is_forced=mine.is_forced)

    # What a caller gets in the end.

    def _usable(self, result: Ended) -> Token:
        if isinstance(result, Token):
            return result
        token = self._valid_token()
        if token is None:
            # Each caller raises its own copy, because a shared error would collect the
            # tracebacks of all callers.
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
        if token is None or token.has_expired(self._clock):
            return None
        return token
