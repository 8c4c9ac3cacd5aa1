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
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple, TypeVar

from attrs import frozen

from ..clock import Clock
from ..errors import EnboarderError, TokenRefused, TokenUnavailable
from ..transport.connections import running_loop
from .pending_token import Ended, Fetch, FetchAsync, PendingToken
from .threads import start_thread
from .token import Token

# Seconds between two renewals that a refusal causes. If a service refuses every token,
# it gets one token request, and not one per call.
FORCED_EVERY = 30.0
# Seconds until a refresh counts as late, for example because its event loop is blocked.
# The refresh needs up to 15 for the lock of a store and 10 for its request.
LATE_AFTER = 30.0
# Seconds that a caller waits in total: for a refresh that is late, and then for the one
# that replaces it.
LONGEST_WAIT = 45.0
KEPT_FAILURES = 16  # for how many causes a failure of one token is remembered

log = logging.getLogger("enboarder")
T = TypeVar("T", bound=Token | None)


def _no_cause() -> Hashable:
    return None


class Caller(NamedTuple):
    """A caller that asks for a token."""

    cause: Callable[[], Hashable] = _no_cause
    """Returns the way in which this caller asks for tokens."""
    timeout: float | None = None
    """Seconds that it waits at most; None means `LONGEST_WAIT`."""


ANY_CALLER = Caller()


class Patience(NamedTuple):
    """How long a caller waits."""

    seconds: float
    ends_at: float


@frozen
class RememberedFailure:
    """A failed refresh, and until when no caller asks again in the same way."""

    error: EnboarderError
    count: int
    quiet_until: float
    unforced_until: float
    """Until then, a refused token causes no renewal."""


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
        self._failures: OrderedDict[Hashable, RememberedFailure] = OrderedDict()
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
        patience = self._patience(caller)
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
        patience = self._patience(caller)
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

    def _patience(self, caller: Caller) -> Patience:
        seconds = self._longest_wait
        if caller.timeout is not None:
            seconds = min(seconds, caller.timeout)
        return Patience(seconds, self._clock.monotonic() + seconds)

    def _wait(
        self, refresh: PendingToken, mine: PendingToken, patience: Patience
    ) -> None:
        with suppress(TimeoutError):
            refresh.ended.result(self._time_to_wait(refresh, mine, patience))
            return
        self._end_wait(refresh, mine, patience)

    async def _wait_async(
        self, refresh: PendingToken, mine: PendingToken, patience: Patience
    ) -> None:
        # asyncio is slow to import, and blocking clients never need it.
        import asyncio

        seconds = self._time_to_wait(refresh, mine, patience)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.wrap_future(refresh.ended), seconds)
            return
        self._end_wait(refresh, mine, patience)

    def _time_to_wait(
        self, refresh: PendingToken, mine: PendingToken, patience: Patience
    ) -> float:
        now = self._clock.monotonic()
        if now >= patience.ends_at:
            raise self._out_of_patience(patience)
        ends_at = patience.ends_at
        if refresh is not mine:
            ends_at = min(ends_at, self._late_at(refresh))
        return max(0.0, ends_at - now)

    def _end_wait(
        self, refresh: PendingToken, mine: PendingToken, patience: Patience
    ) -> None:
        """Give up, or let another caller lead because the refresh is late."""
        if refresh is mine or patience.ends_at <= self._late_at(refresh):
            raise self._out_of_patience(patience)
        with self._lock:
            if self._refresh is refresh:
                self._refresh = None

    def _late_at(self, refresh: PendingToken) -> float:
        return refresh.started_at + self._late_after

    def _out_of_patience(self, patience: Patience) -> TokenUnavailable:
        if patience.seconds < self._longest_wait:
            return TokenUnavailable(
                f"no token came in {patience.seconds:g} s, the timeout of this call; "
                "the token request goes on and serves later calls. Raise timeout, or "
                "check network and proxy"
            )
        return TokenUnavailable(
            f"no token came in {patience.seconds:g} s, because the thread or event "
            "loop that fetches it is blocked; keep blocking calls out of event loops"
        )

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
            failure = self._failures.get(mine.cause)
            now = self._clock.monotonic()
            is_quiet = failure is not None and now < failure.quiet_until
            if token is not None:
                others_renew_it = self._refresh is not None
                if token.is_fresh(self._clock) or others_renew_it or is_quiet:
                    return token
            elif self._refresh is None and failure is not None and is_quiet:
                raise copy.copy(failure.error)
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
        failure = self._failures.get(mine.cause)
        return until if failure is None else max(until, failure.unforced_until)

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
            self._remember_failure(mine, result)

    def _remember_failure(self, mine: PendingToken, error: EnboarderError) -> None:
        earlier = self._failures.pop(mine.cause, None)
        count = 1 if earlier is None else earlier.count + 1
        now = self._clock.monotonic()
        unforced = 0.0
        if mine.is_forced:
            unforced = min(FORCED_EVERY, self._wait_without_token(error, count))
        self._failures[mine.cause] = RememberedFailure(
            error,
            count,
            quiet_until=now + self._pause(error, count),
            unforced_until=now + unforced,
        )
        if len(self._failures) > KEPT_FAILURES:
            self._failures.popitem(last=False)

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

    def _pause(self, error: EnboarderError, count: int) -> float:
        """Return for how many seconds no caller asks again after a failure."""
        token = self._valid_token()
        if token is None:
            return self._wait_without_token(error, count)
        pause = 30.0 + 30.0 * self._clock.chance()
        return min(pause, token.hard - token.age(self._clock))

    def _wait_without_token(self, error: EnboarderError, count: int) -> float:
        """Return 30 s after a refusal; otherwise 1 s, which doubles up to 30 s.

        If the endpoint asks for a longer wait, it is at most 60 s.
        """
        if isinstance(error, TokenRefused):
            return 30.0
        backoff = min(30.0, 2.0 ** min(count - 1, 5))
        if isinstance(error, TokenUnavailable) and error.retry_after is not None:
            return max(backoff, min(error.retry_after, 60.0))
        return backoff
