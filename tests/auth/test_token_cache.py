"""All callers share one token: threads, tasks, or both."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pytest

from enboarder import TokenUnavailable
from enboarder.auth.token import Token
from enboarder.auth.token_cache import TokenCache
from tests.auth.fake_endpoint import FakeEndpoint
from tests.conftest import LONG, FakeClock

DUE = 2_700.0
"""The age from which a token of the fake endpoint is renewed."""
DEAD = 3_570.0
"""The age from which it is no longer used."""


class StoppedThread:
    """Stops another thread when it reads the clock, until `let_go` is called."""

    def __init__(self, time: FakeClock, *, at_read: int = 1) -> None:
        self._reads_left = at_read
        self.stopped = threading.Event()
        self._released = threading.Event()
        self._here = threading.get_ident()
        time.when_read = self._stop

    def _stop(self) -> None:
        if threading.get_ident() == self._here or self.stopped.is_set():
            return
        self._reads_left -= 1
        if self._reads_left > 0:
            return
        self.stopped.set()
        assert self._released.wait(LONG)

    def let_go(self) -> None:
        self._released.set()


def test_token_is_fetched_once(cache: TokenCache, endpoint: FakeEndpoint) -> None:
    """The first caller fetches the token, and the others use it."""
    values = [cache.get(endpoint.fetch).value for _ in range(5)]

    assert ["token-1"] * 5 == values
    assert 1 == endpoint.requests


def test_threads_and_tasks_share_a_token(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """A token that a thread fetched is used by a task."""
    cache.get(endpoint.fetch)

    token = asyncio.run(cache.get_async(endpoint.fetch_async))

    assert "token-1" == token.value
    assert 1 == endpoint.requests


@pytest.mark.parametrize(
    ("age", "expected"),
    [(DUE - 1, "token-1"), (DUE, "token-2"), (DUE + 1, "token-2"), (DEAD, "token-2")],
)
def test_token_is_renewed_from_its_soft_age(
    cache: TokenCache,
    endpoint: FakeEndpoint,
    time: FakeClock,
    age: float,
    expected: str,
) -> None:
    """From exactly that second on, the next caller renews the token."""
    cache.get(endpoint.fetch)
    time.pass_time(age)

    assert expected == cache.get(endpoint.fetch).value


def test_token_is_used_by_nobody_from_its_hard_age(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """From exactly that second on, callers get an error instead of the old token."""
    cache.get(endpoint.fetch)
    endpoint.error = TokenUnavailable("down")
    time.pass_time(DEAD)

    with pytest.raises(TokenUnavailable):
        cache.get(endpoint.fetch)


@pytest.mark.parametrize("lifetime", [3600.0, 20.0])
def test_wall_clock_that_is_set_back_changes_nothing(
    time: FakeClock, cache: TokenCache, lifetime: float
) -> None:
    """A clock that goes back two hours neither renews a token nor prolongs it."""
    endpoint = FakeEndpoint(time, lifetime=lifetime)
    cache.get(endpoint.fetch)
    time.wall -= 7200

    assert "token-1" == cache.get(endpoint.fetch).value
    time.pass_time(lifetime)
    assert "token-2" == cache.get(endpoint.fetch).value


def test_token_does_not_outlive_a_suspend(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """After eight hours that only the wall clock counted, a new token is fetched."""
    cache.get(endpoint.fetch)
    time.wall += 8 * 3600

    assert "token-2" == cache.get(endpoint.fetch).value


def test_others_use_the_old_token_while_one_caller_renews(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """While a token is due but still valid, only the caller that renews it waits."""
    cache.get(endpoint.fetch)
    time.pass_time(DUE)
    endpoint.requested.clear()
    endpoint.may_answer.clear()
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.requested.wait(LONG)

        values = [cache.get(endpoint.fetch).value for _ in range(3)]

        endpoint.may_answer.set()
        assert "token-2" == leader.result(LONG).value
    assert ["token-1"] * 3 == values
    assert 2 == endpoint.requests


def test_fresh_token_is_read_while_another_caller_decides(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """A caller with a fresh token never waits, even for the lock."""
    token = cache.get(endpoint.fetch)
    with ThreadPoolExecutor(1) as pool:
        # Two reads are for its deadline; the third one is under the lock.
        other = StoppedThread(time, at_read=3)
        replacement = pool.submit(cache.replace, token, endpoint.fetch)
        assert other.stopped.wait(LONG)

        assert token is cache.get(endpoint.fetch)

        other.let_go()
        replacement.result(LONG)


def test_caller_that_comes_after_a_renewal_uses_the_new_token(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """If another caller has just renewed a due token, no new one is requested."""
    cache.get(endpoint.fetch)
    time.pass_time(DUE)
    with ThreadPoolExecutor(1) as pool:
        late = StoppedThread(time)
        late_caller = pool.submit(cache.get, endpoint.fetch)
        assert late.stopped.wait(LONG)
        cache.get(endpoint.fetch)

        late.let_go()

        assert "token-2" == late_caller.result(LONG).value
    assert 2 == endpoint.requests


def test_64_threads_cost_one_request(cache: TokenCache, endpoint: FakeEndpoint) -> None:
    """Threads that arrive together share one request."""
    barrier = threading.Barrier(64)

    def call() -> str:
        barrier.wait(LONG)
        return cache.get(endpoint.fetch).value

    with ThreadPoolExecutor(64) as pool:
        futures = [pool.submit(call) for _ in range(64)]
        values = [future.result(LONG) for future in futures]

    assert ["token-1"] * 64 == values
    assert 1 == endpoint.requests


def test_thread_waits_for_a_request_of_another_thread(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """A request serves its own thread and one that arrives meanwhile."""
    waiting = threading.Event()
    followers: list[Future[Token]] = []

    def fetch(*, may_wait: bool = True) -> Token:
        time.when_read = waiting.set
        followers.append(pool.submit(cache.get, endpoint.fetch))
        assert waiting.wait(LONG)
        return endpoint.fetch()

    with ThreadPoolExecutor(1) as pool:
        assert "token-1" == cache.get(fetch).value
        assert "token-1" == followers[0].result(LONG).value
    assert 1 == endpoint.requests


def test_task_waits_for_a_request_of_a_thread(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """An event loop waits for the request of another caller without blocking."""
    endpoint.may_answer.clear()
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.requested.wait(LONG)
        time.when_read = endpoint.may_answer.set

        follower = asyncio.run(cache.get_async(endpoint.fetch_async))

        assert "token-1" == leader.result(LONG).value
    assert "token-1" == follower.value
    assert 1 == endpoint.requests


def test_blocking_call_on_the_event_loop_does_not_wait_for_its_own_thread(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """If a task of the same thread fetches, a blocking call fetches its own token."""

    async def run() -> list[str]:
        begun = asyncio.Event()
        may_answer = asyncio.Event()

        async def fetch_slowly() -> Token:
            begun.set()
            await may_answer.wait()
            return endpoint.fetch()

        task = asyncio.create_task(cache.get_async(fetch_slowly))
        await begun.wait()
        own = cache.get(endpoint.fetch)
        may_answer.set()
        return [own.value, (await task).value]

    assert ["token-1", "token-2"] == asyncio.run(asyncio.wait_for(run(), LONG))


def test_fetcher_may_wait_unless_its_thread_has_a_task_that_fetches(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """A leader may wait for other processes; a caller beside a task may not."""
    allowed: list[tuple[str, bool]] = []

    def fetch(caller: str, *, may_wait: bool = True) -> Token:
        allowed.append((caller, may_wait))
        return endpoint.fetch()

    async def lead() -> Token:
        cache.get(partial(fetch, "beside a task"))
        return endpoint.fetch()

    asyncio.run(cache.get_async(lead))
    cache.forget()
    cache.get(partial(fetch, "leader"))

    assert [("beside a task", False), ("leader", True)] == allowed


@pytest.mark.parametrize("failed", [True, False])
def test_forgetting_drops_token_and_failure(
    cache: TokenCache, endpoint: FakeEndpoint, failed: bool
) -> None:
    """After `forget`, the next caller requests a token at once in any state."""
    if failed:
        endpoint.error = TokenUnavailable("down")
        with pytest.raises(TokenUnavailable):
            cache.get(endpoint.fetch)
        endpoint.error = None
    else:
        cache.get(endpoint.fetch)

    cache.forget()

    assert "token-2" == cache.get(endpoint.fetch).value


def test_token_that_was_asked_for_before_forgetting_is_not_kept(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """A request in progress serves its own caller only."""

    def fetch_and_forget(*, may_wait: bool = True) -> Token:
        token = endpoint.fetch()
        cache.forget()
        return token

    own = cache.get(fetch_and_forget)
    next_ones = [cache.get(endpoint.fetch) for _ in range(2)]

    assert "token-1" == own.value
    assert ["token-2"] * 2 == [token.value for token in next_ones]
