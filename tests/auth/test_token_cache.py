"""One token for however many callers."""

from __future__ import annotations

import asyncio
import linecache
import logging
import os
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from types import FrameType
from typing import Any

import pytest

from enboarder import EnboarderError, TokenRefused, TokenUnavailable
from enboarder.auth.token import Moment, Token
from enboarder.auth.token_cache import TOKEN_CACHES, TokenCache, TokenCaches
from tests.conftest import LONG, FakeClock


class Endpoint:
    """Gives numbered tokens; holds each request until it is let go, when told to."""

    def __init__(self, time: FakeClock, *, lifetime: float = 3600.0) -> None:
        self.time, self.lifetime = time, lifetime
        self.asked = 0
        self.error: BaseException | None = None
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.let_go.set()

    def fetch(self, *, may_wait: bool = True) -> Token:
        self.asked += 1
        number = self.asked
        moment = Moment(self.time.monotonic, self.time.wall)
        self.begun.set()
        assert self.let_go.wait(LONG)
        if self.error:
            raise self.error
        return Token(
            f"token-{number}", moment, lifetime=self.lifetime, soft=0.75 * self.lifetime
        )

    async def fetch_async(self) -> Token:
        self.let_go.set()
        return self.fetch()


@pytest.fixture
def endpoint(time: FakeClock) -> Endpoint:
    return Endpoint(time)


@pytest.fixture
def cache(time: FakeClock) -> TokenCache:
    return TOKEN_CACHES.get("a key", time.clock)


def value(token: Token | None) -> str | None:
    return token.value if token else None


def test_token_is_fetched_once(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """The first caller fetches, the others use."""
    found = [value(cache.get(endpoint.fetch)) for _ in range(5)]

    assert (found, endpoint.asked) == (["token-1"] * 5, 1)


def test_blocking_and_awaited_callers_share(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """A token that a thread fetched serves a task."""
    cache.get(endpoint.fetch)

    found = asyncio.run(cache.get_async(endpoint.fetch_async))

    assert (value(found), endpoint.asked) == ("token-1", 1)


@pytest.mark.parametrize(("age", "asked"), [(2699.0, 1), (2701.0, 2), (3571.0, 2)])
def test_token_is_renewed_ahead_of_expiry(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock, age: float, asked: int
) -> None:
    """From three quarters of its life on, a token is renewed by the next caller."""
    cache.get(endpoint.fetch)
    time.pass_time(age)

    assert value(cache.get(endpoint.fetch)) == f"token-{asked}"


def test_others_use_the_old_token_while_one_renews(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """In the soft window nobody waits but the one who renews."""
    cache.get(endpoint.fetch)
    time.pass_time(2800)
    endpoint.begun.clear()
    endpoint.let_go.clear()
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.begun.wait(LONG)

        found = [value(cache.get(endpoint.fetch)) for _ in range(3)]

        endpoint.let_go.set()
        assert value(leader.result(LONG)) == "token-2"
    assert (found, endpoint.asked) == (["token-1"] * 3, 2)


def test_endpoint_down_in_the_soft_window_leaves_the_old_token(
    cache: TokenCache,
    endpoint: Endpoint,
    time: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Hazard: endpoint down in the soft window. The old one serves, nobody asks again for 30-60 s."""
    cache.get(endpoint.fetch)
    time.pass_time(2800)
    endpoint.error = TokenUnavailable("down")
    with caplog.at_level(logging.WARNING, "enboarder"):
        found = [value(cache.get(endpoint.fetch)) for _ in range(20)]
    time.pass_time(44)
    found.append(value(cache.get(endpoint.fetch)))

    assert (found, endpoint.asked) == (["token-1"] * 21, 2)
    assert caplog.messages == [
        "the token could not be renewed; the old one stays: down"
    ]

    time.pass_time(2)
    endpoint.error = None

    assert value(cache.get(endpoint.fetch)) == "token-3"


def test_cool_off_ends_when_the_old_token_does(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """Once nothing valid is left the endpoint is asked again, however short the token's life was."""
    endpoint.lifetime = 20.0
    cache.get(endpoint.fetch)
    time.pass_time(16)
    endpoint.error = TokenUnavailable("down")
    assert value(cache.get(endpoint.fetch)) == "token-1"
    endpoint.error = None
    time.pass_time(2.1)

    assert value(cache.get(endpoint.fetch)) == "token-3"


@pytest.mark.parametrize(
    ("error", "pauses"),
    [
        (TokenUnavailable("down"), [1, 2, 4, 8, 16, 30, 30]),
        (TokenUnavailable("busy", retry_after=40.0), [40, 40]),
        (TokenUnavailable("busy", retry_after=900.0), [60, 60]),
        (TokenRefused("no"), [30, 30, 30]),
    ],
)
def test_failure_is_repeated_without_asking(
    cache: TokenCache,
    endpoint: Endpoint,
    time: FakeClock,
    error: EnboarderError,
    pauses: list[float],
) -> None:
    """After a failure everybody gets it at once for 1 s, doubling to 30 s; a wait that was asked for counts to 60 s."""
    endpoint.error = error
    for number, pause in enumerate(pauses, 1):
        with pytest.raises(type(error), match=str(error)):
            cache.get(endpoint.fetch)
        time.pass_time(pause - 0.01)
        with pytest.raises(type(error), match=str(error)):
            cache.get(endpoint.fetch)
        assert endpoint.asked == number
        time.pass_time(0.02)


def test_success_forgets_the_failures(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """The pauses begin anew after a token was had."""
    endpoint.error = TokenUnavailable("down")
    for _ in range(3):
        with pytest.raises(TokenUnavailable):
            cache.get(endpoint.fetch)
        time.pass_time(31)
    endpoint.error = None
    assert value(cache.get(endpoint.fetch)) == "token-4"
    time.pass_time(3600)
    endpoint.error = TokenUnavailable("down")
    with pytest.raises(TokenUnavailable):
        cache.get(endpoint.fetch)
    time.pass_time(1.01)
    endpoint.error = None

    assert value(cache.get(endpoint.fetch)) == "token-6"


def test_each_caller_gets_an_error_of_its_own(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """No two callers raise the same error object, so no traceback grows."""
    endpoint.error = TokenUnavailable("down", status=503)
    caught = []
    for _ in range(3):
        with pytest.raises(TokenUnavailable) as found:
            cache.get(endpoint.fetch)
        caught.append(found.value)

    assert len({id(error) for error in caught}) == 3
    assert [error.status for error in caught] == [503, 503, 503]


@pytest.mark.parametrize("lifetime", [3600.0, 20.0])
def test_set_back_wall_clock_changes_nothing(
    time: FakeClock, cache: TokenCache, lifetime: float
) -> None:
    """Hazard: wall clock set back. 2 h neither renew a token nor make it last."""
    endpoint = Endpoint(time, lifetime=lifetime)
    cache.get(endpoint.fetch)
    time.wall -= 7200
    cache.get(endpoint.fetch)
    assert endpoint.asked == 1
    time.pass_time(lifetime)

    assert value(cache.get(endpoint.fetch)) == "token-2"


def test_suspend_ends_the_token(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """Hazard: suspend. After 8 h, which only the wall clock tells, a new token is fetched."""
    cache.get(endpoint.fetch)
    time.wall += 8 * 3600

    assert value(cache.get(endpoint.fetch)) == "token-2"


def test_refused_token_is_renewed_once_for_all(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """A burst of refusals of one token causes one renewal."""
    dead = cache.get(endpoint.fetch)

    found = [value(cache.replace(dead, endpoint.fetch)) for _ in range(5)]

    assert (found, endpoint.asked) == (["token-2"] * 5, 2)


@pytest.mark.parametrize(("later", "expected"), [(29.0, None), (31.0, "token-3")])
def test_renewals_by_refusal_are_30_s_apart(
    cache: TokenCache,
    endpoint: Endpoint,
    time: FakeClock,
    later: float,
    expected: str | None,
) -> None:
    """A new token that is refused, too, is not replaced before 30 s have passed."""
    dead = cache.get(endpoint.fetch)
    also_dead = cache.replace(dead, endpoint.fetch)
    assert also_dead is not None
    time.pass_time(later)

    assert value(cache.replace(also_dead, endpoint.fetch)) == expected
    assert (
        value(asyncio.run(cache.replace_async(also_dead, endpoint.fetch_async)))
        == expected
    )


def test_cancelled_leader_leaves_the_lead_to_a_follower(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """Hazard: leader cancelled. All followers are served by two token requests at most."""

    async def run() -> list[str | None]:
        begun, forever = asyncio.Event(), asyncio.Event()

        async def hang() -> Token:
            endpoint.asked += 1
            begun.set()
            await forever.wait()
            raise AssertionError

        leader = asyncio.create_task(cache.get_async(hang))
        await begun.wait()
        followers = [
            asyncio.create_task(cache.get_async(endpoint.fetch_async))
            for _ in range(50)
        ]
        await asyncio.sleep(0)
        leader.cancel()
        found = await asyncio.wait_for(asyncio.gather(*followers), LONG)
        assert leader.cancelled()
        return [value(token) for token in found]

    assert (asyncio.run(run()), endpoint.asked) == (["token-2"] * 50, 2)


def test_cancelled_follower_harms_nobody(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """Hazard: follower cancelled. It neither ends the request nor takes the token from the others."""

    async def run() -> list[str | None]:
        begun, go = asyncio.Event(), asyncio.Event()

        async def wait() -> Token:
            begun.set()
            await go.wait()
            return endpoint.fetch()

        tasks = [asyncio.create_task(cache.get_async(wait)) for _ in range(10)]
        await begun.wait()
        await asyncio.sleep(0)
        tasks[5].cancel()
        await asyncio.wait([tasks[5]])
        go.set()
        found = await asyncio.wait_for(
            asyncio.gather(*tasks, return_exceptions=True), LONG
        )
        assert isinstance(found.pop(5), asyncio.CancelledError)
        return [value(token) for token in found if not isinstance(token, BaseException)]

    assert (asyncio.run(run()), endpoint.asked) == (["token-1"] * 9, 1)


def test_sync_call_on_the_loop_does_not_wait_for_its_own_thread(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """Hazard: sync call on the loop's own thread. It fetches for itself, and does not wait for ever."""

    async def run() -> tuple[str | None, str | None]:
        begun, go = asyncio.Event(), asyncio.Event()

        async def wait() -> Token:
            begun.set()
            await go.wait()
            return endpoint.fetch()

        leader = asyncio.create_task(cache.get_async(wait))
        await begun.wait()
        found = cache.get(endpoint.fetch)
        go.set()
        return value(found), value(await leader)

    assert asyncio.run(asyncio.wait_for(run(), LONG)) == ("token-1", "token-2")


def test_leader_that_raises_anything_else_leaves_the_lead(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """An error that is none of ours passes to its caller only, and the next one fetches."""
    endpoint.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        cache.get(endpoint.fetch)
    endpoint.error = None

    assert value(cache.get(endpoint.fetch)) == "token-2"


@pytest.mark.parametrize("awaited", [False, True])
def test_follower_does_not_wait_for_ever(
    time: FakeClock, endpoint: Endpoint, awaited: bool
) -> None:
    """A follower leads itself when its leader is late (30 s), and the late token is no more than its own caller's."""
    cache = TokenCache(time.clock, late_after=0.01)
    new = Token("new", Moment(0.0, time.wall), lifetime=3600.0, soft=2700.0)

    async def fetch_async() -> Token:
        return new

    blocking = partial(cache.get, lambda may_wait=True: new)
    awaiting = partial(cache.get_async, fetch_async)
    endpoint.let_go.clear()
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.begun.wait(LONG)
        try:
            found = asyncio.run(awaiting()) if awaited else blocking()
        finally:
            endpoint.let_go.set()
        assert (value(found), value(leader.result(LONG)), value(cache._token)) == (
            "new",
            "token-1",
            "new",
        )


def test_caller_waits_45_s_in_all(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """One deadline bounds the wait for all leaders together, not for each."""
    late = Endpoint(time)
    late.let_go.clear()
    next_leader = Endpoint(time)
    next_leader.let_go.clear()
    here = threading.get_ident()
    reads: list[float] = []

    def lose_46_s() -> None:
        if threading.get_ident() != here:
            return
        reads.append(time.monotonic)
        if len(reads) == 2:
            # This caller has computed its deadline. Another one takes the lead.
            leaders.append(pool.submit(cache.get, next_leader.fetch))
            assert next_leader.begun.wait(LONG)
            time.pass_time(46)

    with ThreadPoolExecutor(2) as pool:
        leaders = [pool.submit(cache.get, late.fetch)]
        assert late.begun.wait(LONG)
        time.pass_time(31)
        time.when_read = lose_46_s
        try:
            with pytest.raises(TokenUnavailable, match="45 s"):
                cache.get(endpoint.fetch)
        finally:
            late.let_go.set()
            next_leader.let_go.set()
        for leader in leaders:
            leader.result(LONG)

    assert endpoint.asked == 0


class InterruptAt:
    """Raises KeyboardInterrupt at the n-th line that the token cache runs."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.seen = 0

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        code = frame.f_code
        if not code.co_filename.endswith("token_cache.py") or code.co_name == "_land":
            return None
        # Python handles no signal between the end of a block and its clean-up.
        statement = linecache.getline(code.co_filename, frame.f_lineno)
        is_clean_up = "with self._lock" in statement or "_land(mine)" in statement
        if event == "line" and not is_clean_up:
            self.seen += 1
            if self.seen == self.line:
                raise KeyboardInterrupt
        return self


@pytest.mark.parametrize("line", range(1, 41))
@pytest.mark.untraced
def test_interrupt_anywhere_leaves_the_lead(
    cache: TokenCache, endpoint: Endpoint, line: int
) -> None:
    """Wherever Ctrl-C meets a caller, the next one is served at once."""
    interrupt = InterruptAt(line)
    sys.settrace(interrupt)
    try:
        cache.get(endpoint.fetch)
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(None)

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(cache.get, endpoint.fetch).result(LONG)

    assert found.value in ("token-1", "token-2")


def test_64_threads_cost_one_request(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """Threads that come at once are served by one request."""
    barrier = threading.Barrier(64)

    def call() -> str | None:
        barrier.wait(LONG)
        return value(cache.get(endpoint.fetch))

    with ThreadPoolExecutor(64) as pool:
        found = [
            future.result(LONG) for future in [pool.submit(call) for _ in range(64)]
        ]

    assert (found, endpoint.asked) == (["token-1"] * 64, 1)


def test_failure_reaches_every_follower(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """Those who wait for a request that fails all get the error, by one request."""
    endpoint.error = TokenUnavailable("down")
    endpoint.let_go.clear()
    barrier = threading.Barrier(9)

    def call() -> Any:
        barrier.wait(LONG)
        return cache.get(endpoint.fetch)

    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(call) for _ in range(8)]
        barrier.wait(LONG)
        assert endpoint.begun.wait(LONG)
        endpoint.let_go.set()
        errors = [future.exception(LONG) for future in futures]

    assert ({type(error) for error in errors}, endpoint.asked) == (
        {TokenUnavailable},
        1,
    )
    assert len({id(error) for error in errors}) == 8


def _same(one: TokenCache, other: TokenCache) -> bool:
    return one is other


FORK = """
import os, threading, warnings
from enboarder.auth.token import Moment, Token
from enboarder.auth.token_cache import TOKEN_CACHES
from enboarder.clock import Clock

warnings.simplefilter("ignore", DeprecationWarning)
begun, go = threading.Event(), threading.Event()
cache = TOKEN_CACHES.get("key", Clock(lambda: 0.0, lambda: 0.0))

def hang(may_wait=True):
    begun.set()
    go.wait(20)
    return Token("parent", Moment(0.0, 0.0), 10.0, 10.0)

leader = threading.Thread(target=cache.get, args=(hang,))
leader.start()
begun.wait(20)
with {held}:
    child = os.fork()
    if not child:
        found = cache.get(lambda may_wait=True: Token("child", Moment(0.0, 0.0), 10.0, 10.0))
        os._exit(0 if found.value == "child" else 1)
status = os.waitpid(child, 0)[1]
go.set()
leader.join()
print(os.waitstatus_to_exitcode(status), cache._token.value)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize("held", ["cache._lock", "threading.Lock()"])
def test_fork_in_mid_refresh_leaves_a_working_cache(held: str) -> None:
    """Hazard: fork in mid-refresh. A child forked while a thread fetched, or held the lock, fetches for itself."""
    ran = subprocess.run(
        [sys.executable, "-c", FORK.format(held=held)],
        capture_output=True,
        text=True,
        check=True,
        timeout=LONG,
    )

    assert ran.stdout.split() == ["0", "parent"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_child_keeps_the_token(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """What was fetched before a fork serves on after it."""
    cache.get(endpoint.fetch)
    cache.renew_after_fork()

    assert value(cache.get(endpoint.fetch)) == "token-1"


def test_lock_is_not_held_during_a_request(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """While one fetches, the lock is free."""
    free: list[bool] = []

    def fetch(*, may_wait: bool = True) -> Token:
        free.append(cache._lock.acquire(blocking=False))
        cache._lock.release()
        return endpoint.fetch()

    got: Callable[[], Token | None] = lambda: cache.get(fetch)

    assert (value(got()), free) == ("token-1", [True])


def test_a_thousand_failures_do_not_end_the_cache() -> None:
    """An endpoint that is down for a day is asked again as soon as it is back."""
    fake = FakeClock()
    cache = TokenCache(fake.clock)

    def down(*, may_wait: bool = True) -> Token:
        raise TokenUnavailable("down")

    for _ in range(1100):
        with pytest.raises(TokenUnavailable):
            cache.get(down)
        fake.pass_time(31.0)
    new = Token("t0ken", Moment.now(fake.clock), lifetime=3600.0, soft=2700.0)

    assert cache.get(lambda may_wait=True: new) is new


def test_token_is_read_without_the_lock(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """A caller whose token serves waits for nobody."""
    cache.get(endpoint.fetch)

    with ThreadPoolExecutor(1) as pool, cache._lock:
        found = pool.submit(cache.get, endpoint.fetch).result(LONG)

    assert value(found) == "token-1"


def test_caller_behind_a_renewal_uses_what_it_brought(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """Who finds the old token due, and then a new one in its place, asks for none."""
    cache.get(endpoint.fetch)
    time.pass_time(2800)
    new, looked = (
        Token("new", Moment(time.monotonic, time.wall), lifetime=3600.0, soft=2700.0),
        threading.Event(),
    )

    with ThreadPoolExecutor(1) as pool:
        with cache._lock:
            time.when_read = looked.set
            late = pool.submit(cache.get, endpoint.fetch)
            assert looked.wait(LONG)
            cache._token = new
        found = late.result(LONG)

    assert (value(found), endpoint.asked) == ("new", 1)


@pytest.mark.parametrize("leads_here", [True, False])
def test_follower_waits_whichever_thread_leads(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock, leads_here: bool
) -> None:
    """One request serves the thread that makes it and the one that comes meanwhile."""
    looked = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        if leads_here:

            def fetch(*, may_wait: bool = True) -> Token:
                time.when_read = looked.set
                followers.append(pool.submit(cache.get, endpoint.fetch))
                assert looked.wait(LONG)
                return endpoint.fetch()

            followers: list[Future[Token | None]] = []
            found = [cache.get(fetch), followers[0].result(LONG)]
        else:
            endpoint.let_go.clear()
            leader = pool.submit(cache.get, endpoint.fetch)
            assert endpoint.begun.wait(LONG)
            time.when_read = endpoint.let_go.set
            follower = asyncio.run(cache.get_async(endpoint.fetch_async))
            found = [leader.result(LONG), follower]

    assert ([value(token) for token in found], endpoint.asked) == (["token-1"] * 2, 1)


def test_token_is_due_at_its_soft_age(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """From that very second on it is renewed."""
    cache.get(endpoint.fetch)
    time.pass_time(2700)

    assert value(cache.get(endpoint.fetch)) == "token-2"


def test_token_is_used_by_nobody_at_its_hard_age(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """From that very second on no token is better than the old one."""
    cache.get(endpoint.fetch)
    endpoint.error = TokenUnavailable("down")
    time.pass_time(3570)

    with pytest.raises(TokenUnavailable):
        cache.get(endpoint.fetch)


@pytest.mark.parametrize("later", [30.0, 1_005.0])
def test_refusal_after_30_s_brings_a_new_token(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock, later: float
) -> None:
    """Once 30 s have passed a token that is refused is replaced, also long after."""
    dead = cache.get(endpoint.fetch)
    also_dead = cache.replace(dead, endpoint.fetch)
    assert also_dead is not None
    time.pass_time(later)

    assert value(cache.replace(also_dead, endpoint.fetch)) == "token-3"


@pytest.mark.parametrize(("chance", "pause"), [(0.0, 30.0), (0.5, 45.0), (1.0, 60.0)])
def test_renewal_that_failed_is_tried_again_after_30_to_60_s(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock, chance: float, pause: float
) -> None:
    """The moments of the next attempts are spread, so that a fleet does not ask at once."""
    time.chance = chance
    cache.get(endpoint.fetch)
    time.pass_time(2800)
    endpoint.error = TokenUnavailable("down")
    asked = []
    for seconds in (0.0, pause - 0.25, 0.25):
        time.pass_time(seconds)
        cache.get(endpoint.fetch)
        asked.append(endpoint.asked)

    assert asked == [2, 2, 3]


@pytest.mark.parametrize(
    ("error", "pauses"),
    [
        (TokenUnavailable("down"), [1, 2, 4, 8, 16, 30, 30]),
        (TokenUnavailable("busy", retry_after=900.0), [60, 60]),
        (TokenRefused("no"), [30, 30]),
    ],
)
def test_failure_is_followed_by_a_pause_of_that_length(
    cache: TokenCache,
    endpoint: Endpoint,
    time: FakeClock,
    error: EnboarderError,
    pauses: list[int],
) -> None:
    """The endpoint is asked again when the pause has passed, and no sooner."""
    endpoint.error = error
    asked: list[int] = []
    for pause in pauses:
        for seconds in (pause - 0.25, 0.25):
            with pytest.raises(type(error)):
                cache.get(endpoint.fetch)
            asked.append(endpoint.asked)
            time.pass_time(seconds)

    assert asked == [number for number in range(1, len(pauses) + 1) for _ in range(2)]


def test_first_failure_after_a_success_is_followed_by_a_second(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """After a success the pauses begin with 1 s."""
    cache.get(endpoint.fetch)
    time.pass_time(3600)
    endpoint.error = TokenUnavailable("down")
    asked = []
    for seconds in (0.0, 0.75, 0.25):
        time.pass_time(seconds)
        with pytest.raises(TokenUnavailable):
            cache.get(endpoint.fetch)
        asked.append(endpoint.asked)

    assert asked == [2, 2, 3]


def test_fetcher_is_told_whether_it_may_wait(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """Who leads may wait for others; who fetches beside a task of its own thread may not."""
    told: list[tuple[str, bool]] = []

    def fetch(who: str, *, may_wait: bool = True) -> Token:
        told.append((who, may_wait))
        return endpoint.fetch()

    async def lead() -> Token:
        cache.get(partial(fetch, "beside"))
        return endpoint.fetch()

    asyncio.run(cache.get_async(lead))
    cache.forget()
    cache.get(partial(fetch, "leader"))

    assert told == [("beside", False), ("leader", True)]


@pytest.mark.parametrize("failed", [True, False])
def test_forgotten_is_the_token_and_the_failure(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock, failed: bool
) -> None:
    """After `forget` the next caller asks at once, whatever was known before."""
    if failed:
        endpoint.error = TokenUnavailable("down")
        with pytest.raises(TokenUnavailable):
            cache.get(endpoint.fetch)
        endpoint.error = None
    else:
        cache.get(endpoint.fetch)

    cache.forget()

    assert value(cache.get(endpoint.fetch)) == "token-2"


def test_forgetting_takes_a_request_under_way_from_the_others(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """A token that was asked for before `forget` serves its own caller only."""

    def fetch(*, may_wait: bool = True) -> Token:
        token = endpoint.fetch()
        cache.forget()
        return token

    found = [value(cache.get(fetch)), value(cache.get(endpoint.fetch))]

    assert (found, value(cache._token)) == (["token-1", "token-2"], "token-2")


@pytest.mark.parametrize(("others", "kept"), [(63, True), (64, False)])
def test_process_keeps_64_tokens(time: FakeClock, others: int, kept: bool) -> None:
    """The token that was used least lately makes room for the 65th."""
    caches = TokenCaches()
    first = caches.get("the first of 64", time.clock)
    for number in range(others):
        caches.get(f"another {number}", time.clock)

    assert (caches.get("the first of 64", time.clock) is first) == kept


def test_a_clock_of_its_own_is_a_cache_of_its_own(time: FakeClock) -> None:
    """What one clock remembers, a failure above all, another one never sees."""
    caches = TokenCaches()

    assert caches.get("key", time.clock) is not caches.get("key", FakeClock().clock)


def test_cleared_caches_ask_again(endpoint: Endpoint, time: FakeClock) -> None:
    """After `clear` a client that is in use asks for a token, and so does a new one."""
    caches = TokenCaches()
    in_use = caches.get("key", time.clock)
    in_use.get(endpoint.fetch)

    caches.clear()

    assert value(in_use.get(endpoint.fetch)) == "token-2"
    assert value(caches.get("key", time.clock).get(endpoint.fetch)) == "token-3"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_forked_child_does_not_wait_for_a_thread_of_its_parent(
    cache: TokenCache, endpoint: Endpoint, time: FakeClock
) -> None:
    """A child that was forked while a thread was fetching fetches for itself at once."""
    endpoint.let_go.clear()
    with ThreadPoolExecutor(1) as pool, warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # Python warns of a fork beside threads
        leader = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.begun.wait(LONG)
        child = os.fork()
        if not child:
            try:
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(int(LONG))  # ends a child that waits
                mine = Token(
                    "mine",
                    Moment(time.monotonic, time.wall),
                    lifetime=3600.0,
                    soft=2700.0,
                )
                os._exit(0 if cache.get(lambda may_wait=True: mine) is mine else 1)
            finally:
                os._exit(2)
        status = os.waitpid(child, 0)[1]
        endpoint.let_go.set()

        assert (os.waitstatus_to_exitcode(status), value(leader.result(LONG))) == (
            0,
            "token-1",
        )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_forked_child_looks_for_a_cache_though_its_parent_was_about_to(
    time: FakeClock,
) -> None:
    """A child that was forked while a thread looked for a credential's cache gets one at once."""
    with warnings.catch_warnings(), TOKEN_CACHES._lock:
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # Python warns of a fork beside threads
        child = os.fork()
        if not child:
            try:
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(int(LONG))  # ends a child that waits
                os._exit(
                    0
                    if TOKEN_CACHES.get("a child's", time.clock)
                    is TOKEN_CACHES.get("a child's", time.clock)
                    else 1
                )
            finally:
                os._exit(2)
        status = os.waitpid(child, 0)[1]

    assert os.waitstatus_to_exitcode(status) == 0
