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

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from ..clock import Clock
from ..errors import EnboarderError
from ..transport.connections import running_loop
from .caller import ANY_CALLER, LATE_AFTER, LONGEST_WAIT, Caller, Patience
from .pending_token import Ended, Fetch, FetchAsync, PendingToken
from .threads import start_thread
from .token import Token
from .token_state import TokenState

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
        self._state = TokenState(clock)
        # These are attributes, so that a request with a fresh token makes one call.
        self.fresh = self._state.fresh
        self.forget = self._state.forget
        self.renew_after_fork = self._state.renew_after_fork

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
        return self._obtain(
            self._state.use_or_refresh, self._state.usable, fetch, caller
        )

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
        decide = partial(self._state.replace_or_refresh, refused)
        conclude = partial(self._state.replacement, refused)
        return self._obtain(decide, conclude, fetch, caller)

    async def get_async(self, fetch: FetchAsync, caller: Caller = ANY_CALLER) -> Token:
        """Return a valid token; like `get`, on asyncio."""
        token = self.fresh()
        if token is not None:
            return token
        return await self._obtain_async(
            self._state.use_or_refresh, self._state.usable, fetch, caller
        )

    async def replace_async(
        self, refused: Token, fetch: FetchAsync, caller: Caller = ANY_CALLER
    ) -> Token | None:
        """Return another token than the refused one; like `replace`, on asyncio."""
        decide = partial(self._state.replace_or_refresh, refused)
        conclude = partial(self._state.replacement, refused)
        return await self._obtain_async(decide, conclude, fetch, caller)

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
                self._state.land(mine)
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
                self._state.land(mine)
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
            self._state.land(mine)

    def _start_async(self, mine: PendingToken, fetch: FetchAsync) -> None:
        mine.task = running_loop().create_task(self._run_async(mine, fetch))
        # A task that is cancelled before its first step does not run at all.
        mine.task.add_done_callback(partial(self._land_task, mine))

    async def _run_async(self, mine: PendingToken, fetch: FetchAsync) -> None:
        try:
            await mine.run_async(fetch)
        finally:
            # This also runs if the event loop ends before the refresh.
            self._state.land(mine)

    def _land_task(self, mine: PendingToken, task: Any) -> None:
        self._state.land(mine)
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
        self._state.let_another_lead(refresh)

    def _end_of(self, refresh: PendingToken, mine: PendingToken) -> Ended | None:
        """Return how a refresh ended; None if this caller has to decide again."""
        if refresh is mine and mine.interrupt is not None:
            raise mine.interrupt
        failed = isinstance(refresh.result, EnboarderError)
        if failed and refresh.cause != mine.cause:
            return None
        return refresh.result
