"""A caller that fetches may be cancelled, interrupted or late: nobody else suffers."""

from __future__ import annotations

import asyncio
import linecache
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any

import pytest

from enboarder import Clock, TokenUnavailable
from enboarder.auth.caller import Caller
from enboarder.auth.token import Token
from enboarder.auth.token_cache import TokenCache
from tests.auth.fake_endpoint import FakeEndpoint, issued, present
from tests.conftest import LONG, FakeClock


def test_request_of_a_cancelled_leader_serves_the_others(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """It goes on, so all that waited are served by one token request."""

    async def run() -> list[str]:
        begun = asyncio.Event()
        may_end = asyncio.Event()

        async def fetch() -> Token:
            begun.set()
            await may_end.wait()
            return await endpoint.fetch_async()

        leader = asyncio.create_task(cache.get_async(fetch))
        await begun.wait()
        followers = [
            asyncio.create_task(cache.get_async(endpoint.fetch_async))
            for _ in range(50)
        ]
        await asyncio.sleep(0)
        leader.cancel()
        await asyncio.wait([leader])
        may_end.set()
        tokens = await asyncio.wait_for(asyncio.gather(*followers), LONG)
        assert leader.cancelled()
        return [token.value for token in tokens]

    assert ["token-1"] * 50 == asyncio.run(run())
    assert 1 == endpoint.requests


def test_cancelled_follower_harms_nobody(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """It neither ends the request nor takes the token from the others."""

    async def run() -> list[str]:
        begun = asyncio.Event()
        may_answer = asyncio.Event()

        async def fetch_slowly() -> Token:
            begun.set()
            await may_answer.wait()
            return endpoint.fetch()

        tasks = [asyncio.create_task(cache.get_async(fetch_slowly)) for _ in range(10)]
        await begun.wait()
        await asyncio.sleep(0)
        victim = tasks.pop(5)
        victim.cancel()
        await asyncio.wait([victim])
        may_answer.set()
        tokens = await asyncio.wait_for(asyncio.gather(*tasks), LONG)
        assert victim.cancelled()
        return [token.value for token in tokens]

    assert ["token-1"] * 9 == asyncio.run(run())
    assert 1 == endpoint.requests


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_foreign_error_reaches_its_own_caller_only(
    cache: TokenCache, endpoint: FakeEndpoint, error: type[BaseException]
) -> None:
    """An error that is not one of ours is not remembered: the next caller fetches."""
    endpoint.error = error()
    with pytest.raises(error):
        cache.get(endpoint.fetch)
    endpoint.error = None

    assert "token-2" == cache.get(endpoint.fetch).value


class Stop(BaseException):
    """What a framework raises to end a task."""


def test_foreign_error_of_a_task_reaches_its_own_caller_only(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """The same holds on an event loop; nothing is tried again for this caller."""
    endpoint.error = Stop()
    with pytest.raises(Stop):
        asyncio.run(cache.get_async(endpoint.fetch_async))
    endpoint.error = None

    assert "token-2" == cache.get(endpoint.fetch).value


@pytest.mark.parametrize("error", [Stop(), TokenUnavailable("by its proxy alone")])
@pytest.mark.parametrize("awaited", [False, True])
def test_follower_asks_again_after_an_error_of_the_leader_alone(
    cache: TokenCache,
    endpoint: FakeEndpoint,
    time: FakeClock,
    error: BaseException,
    awaited: bool,
) -> None:
    """An interrupt, or a failure of another cause, concerns no caller that waits."""
    endpoint.may_answer.clear()
    endpoint.error = error
    own = FakeEndpoint(time)
    follower = Caller(lambda: "another proxy")
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(cache.get, endpoint.fetch, Caller(lambda: "a proxy"))
        assert endpoint.requested.wait(LONG)
        time.when_read = endpoint.may_answer.set

        if awaited:
            found = asyncio.run(cache.get_async(own.fetch_async, follower))
        else:
            found = cache.get(own.fetch, follower)

        # The leader has its error, or the follower's token if that came first.
        leader.exception(LONG)
    assert "token-1" == found.value
    assert 1 == own.requests


def test_caller_whose_way_failed_waits_for_another_way(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """Its remembered failure does not matter while a token may be on its way."""
    failing = FakeEndpoint(time)
    failing.error = TokenUnavailable("by its proxy alone")
    caller = Caller(lambda: "a proxy")
    with pytest.raises(TokenUnavailable):
        cache.get(failing.fetch, caller)
    endpoint.may_answer.clear()
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.requested.wait(LONG)
        time.when_read = endpoint.may_answer.set

        assert "token-1" == cache.get(failing.fetch, caller).value

        leader.result(LONG)
    assert 1 == failing.requests


@pytest.mark.parametrize("cancelled", [False, True])
def test_refresh_on_an_event_loop_ends_without_a_report(
    cache: TokenCache, endpoint: FakeEndpoint, cancelled: bool
) -> None:
    """It may be cancelled before its first step, and the next caller fetches."""
    reports: list[object] = []

    async def run() -> str:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, report: reports.append(report))
        leader = asyncio.create_task(cache.get_async(endpoint.fetch_async))
        # Now the leader has begun, and its refresh has not.
        await asyncio.sleep(0)
        if cancelled:
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.wait(others)
        else:
            await leader
        token = await asyncio.wait_for(cache.get_async(endpoint.fetch_async), LONG)
        # The callbacks of the refresh run after it.
        await asyncio.sleep(0)
        return token.value

    assert "token-1" == asyncio.run(run())
    assert [] == reports


def test_refresh_that_cannot_begin_is_nobodys(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """If the event loop takes no task, the next caller does not wait for it."""

    def refuse(_: object, coroutine: Any, **options: Any) -> Any:
        coroutine.close()
        raise RuntimeError("no more tasks")

    async def run() -> str:
        loop = asyncio.get_running_loop()
        loop.set_task_factory(refuse)
        with pytest.raises(RuntimeError):
            await cache.get_async(endpoint.fetch_async)
        loop.set_task_factory(None)
        token = await asyncio.wait_for(cache.get_async(endpoint.fetch_async), LONG)
        return token.value

    assert "token-1" == asyncio.run(run())


# The modules that make up the token cache.
MODULES = ("token_cache.py", "token_state.py", "caller.py", "failures.py")


class InterruptAtLine:
    """Raises KeyboardInterrupt at the n-th line of the token cache that runs.

    A tracer cannot tell apart where Python handles signals and where it does not, so
    this class has to know the clean-up, `land`, by its name: Python handles no signal
    between the end of a block and its clean-up.
    """

    def __init__(self, line: int) -> None:
        self.line = line
        self.seen = 0

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        code = frame.f_code
        if not code.co_filename.endswith(MODULES) or code.co_name == "land":
            return None
        statement = linecache.getline(code.co_filename, frame.f_lineno)
        is_clean_up = "with self._lock" in statement or "land(mine)" in statement
        if event == "line" and not is_clean_up:
            self.seen += 1
            if self.seen == self.line:
                raise KeyboardInterrupt
        return self


@pytest.mark.parametrize("line", range(1, 41))
@pytest.mark.untraced
def test_interrupt_anywhere_leaves_the_lead(
    cache: TokenCache, endpoint: FakeEndpoint, line: int
) -> None:
    """Wherever Ctrl-C meets a caller, the next one is served at once."""
    sys.settrace(InterruptAtLine(line))
    try:
        cache.get(endpoint.fetch)
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(None)

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(cache.get, endpoint.fetch).result(LONG)

    assert found.value in ("token-1", "token-2")


@pytest.mark.parametrize("awaited", [False, True])
def test_follower_of_a_late_leader_leads(
    time: FakeClock, endpoint: FakeEndpoint, awaited: bool
) -> None:
    """The token that the late leader brings in the end serves its own caller only."""
    cache = TokenCache(time.clock, late_after=0.01)
    new = issued("new", present(time))

    def fetch_at_once(*, may_wait: bool = True) -> Token:
        return new

    async def fetch_at_once_async() -> Token:
        return new

    endpoint.may_answer.clear()
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.requested.wait(LONG)
        try:
            if awaited:
                found = asyncio.run(cache.get_async(fetch_at_once_async))
            else:
                found = cache.get(fetch_at_once)
        finally:
            endpoint.may_answer.set()

        assert "token-1" == late.result(LONG).value
    assert new is found
    assert new is cache.get(endpoint.fetch)


def test_leader_is_late_after_30_s(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """A follower that arrives then leads without waiting."""
    endpoint.may_answer.clear()
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.requested.wait(LONG)
        time.pass_time(30)
        new = issued("new", present(time))

        found = cache.get(lambda may_wait=True: new)

        endpoint.may_answer.set()
        late.result(LONG)
    assert new is found


@pytest.mark.parametrize("awaited", [False, True])
def test_caller_waits_45_s_in_all(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock, awaited: bool
) -> None:
    """One deadline bounds the wait for all leaders together, not for each."""
    late = FakeEndpoint(time)
    late.may_answer.clear()
    next_leader = FakeEndpoint(time)
    next_leader.may_answer.clear()
    here = threading.get_ident()
    reads: list[float] = []

    def obtain() -> Token:
        if awaited:
            return asyncio.run(cache.get_async(endpoint.fetch_async))
        return cache.get(endpoint.fetch)

    def lose_46_s() -> None:
        if threading.get_ident() != here:
            return
        reads.append(time.monotonic)
        if len(reads) == 2:
            # This caller has computed its deadline. Another one takes the lead.
            leaders.append(pool.submit(cache.get, next_leader.fetch))
            assert next_leader.requested.wait(LONG)
            time.pass_time(46)

    with ThreadPoolExecutor(2) as pool:
        leaders = [pool.submit(cache.get, late.fetch)]
        assert late.requested.wait(LONG)
        time.pass_time(31)
        time.when_read = lose_46_s
        try:
            with pytest.raises(TokenUnavailable, match="45 s"):
                obtain()
        finally:
            late.may_answer.set()
            next_leader.may_answer.set()
        for leader in leaders:
            # By the clock that the test set, their time is up as well.
            leader.exception(LONG)

    assert 0 == endpoint.requests


@pytest.mark.parametrize("awaited", [False, True])
def test_caller_whose_time_is_up_leaves_a_punctual_leader_alone(
    time: FakeClock, endpoint: FakeEndpoint, awaited: bool
) -> None:
    """It raises an error; it does not fetch beside the leader, whose token is kept."""
    # The wait takes real time, so the clock has to be a real one.
    cache = TokenCache(Clock(), late_after=LONG, longest_wait=0.05)
    own = FakeEndpoint(time)

    def obtain() -> Token:
        if awaited:
            return asyncio.run(cache.get_async(own.fetch_async))
        return cache.get(own.fetch)

    endpoint.may_answer.clear()
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.requested.wait(LONG)
        try:
            with pytest.raises(TokenUnavailable):
                obtain()
        finally:
            endpoint.may_answer.set()
        # The leader waits no longer than others; its request goes on.
        leader.exception(LONG)

    assert 0 == own.requests
