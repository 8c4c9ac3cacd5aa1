"""A forked child keeps the token, and waits for no thread of its parent."""

from __future__ import annotations

import os
import signal
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from enboarder import ClientCredentials
from enboarder.auth.process_caches import TOKEN_CACHES
from enboarder.auth.token_cache import TokenCache
from tests.auth.fake_endpoint import FakeEndpoint, issued, present
from tests.conftest import BASE_URL, LONG, TOKEN_URL, FakeClock

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="this platform has no fork"
)


def holds_in_child(condition: Callable[[], bool]) -> bool:
    """Return whether a condition holds in a forked child that ends in time."""
    with warnings.catch_warnings():
        # Python warns of a fork beside threads, which is the point here.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        status = 2
        try:
            # It ends a child that waits.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(int(LONG))
            status = 0 if condition() else 1
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


class Pause:
    """Stops the thread that calls it, until `let_go` is called."""

    def __init__(self, *, at_call: int = 1) -> None:
        self._calls_left = at_call
        self.reached = threading.Event()
        self._released = threading.Event()

    def __call__(self) -> None:
        self._calls_left -= 1
        if self._calls_left > 0:
            return
        self.reached.set()
        assert self._released.wait(LONG)

    def let_go(self) -> None:
        self._released.set()


def test_child_uses_the_token_of_its_parent(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """A token that was fetched before a fork needs no second request."""
    token = cache.get(endpoint.fetch)

    assert holds_in_child(lambda: cache.get(endpoint.fetch) is token)


def test_child_does_not_wait_for_a_thread_that_fetched(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """The child fetches for itself; the parent's caller gets the parent's token."""
    endpoint.may_answer.clear()
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.requested.wait(LONG)
        own = issued("own", present(time))

        assert holds_in_child(lambda: cache.get(lambda may_wait=True: own) is own)

        endpoint.may_answer.set()
        assert "token-1" == leader.result(LONG).value


def test_child_does_not_wait_for_a_thread_that_decided(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """A thread held the lock of the cache when the process was forked."""
    token = cache.get(endpoint.fetch)
    time.pass_time(2_800)
    # Two reads of the clock are for a deadline; the third one is under the lock.
    pause = Pause(at_call=3)
    with ThreadPoolExecutor(1) as pool:
        time.when_read = pause
        deciding = pool.submit(cache.replace, token, endpoint.fetch)
        assert pause.reached.wait(LONG)
        time.when_read = lambda: None

        assert holds_in_child(lambda: cache.get(endpoint.fetch).value == "token-2")

        pause.let_go()
        deciding.result(LONG)


def test_child_waits_for_no_thread_by_a_cache_that_is_no_longer_kept(
    endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """A client in use has its cache when 64 others have taken its place."""
    in_use = TOKEN_CACHES.get("a cache in use", time.clock)
    for number in range(64):
        TOKEN_CACHES.get(f"another {number}", time.clock)
    endpoint.may_answer.clear()
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(in_use.get, endpoint.fetch)
        assert endpoint.requested.wait(LONG)
        own = issued("own", present(time))

        assert holds_in_child(lambda: in_use.get(lambda may_wait=True: own) is own)

        endpoint.may_answer.set()
        leader.result(LONG)


def test_child_does_not_wait_for_a_thread_that_read_the_secret() -> None:
    """A thread derived the key of a token when the process was forked."""
    pause = Pause()

    def secret() -> str:
        if threading.current_thread() is not threading.main_thread():
            pause()
        return "s3cret"

    credential = ClientCredentials("id", secret, token_url=TOKEN_URL)
    auth = credential.auth(base_url=BASE_URL)

    def forgets() -> bool:
        auth.forget()
        return True

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(auth.forget)
        assert pause.reached.wait(LONG)

        assert holds_in_child(forgets)

        pause.let_go()
        reading.result(LONG)


class SlowKey(str):
    """A key whose hash, which the caches need under their lock, takes its time."""

    __slots__ = ("pause",)
    pause: Pause

    def __hash__(self) -> int:
        self.pause()
        return super().__hash__()


def test_child_does_not_wait_for_a_thread_that_looked_for_a_cache(
    time: FakeClock,
) -> None:
    """A thread held the lock of all caches when the process was forked."""
    key = SlowKey("a slow key")
    key.pause = Pause()

    def finds_its_cache() -> bool:
        found = TOKEN_CACHES.get("another key", time.clock)
        return found is TOKEN_CACHES.get("another key", time.clock)

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(TOKEN_CACHES.get, key, time.clock)
        assert key.pause.reached.wait(LONG)

        assert holds_in_child(finds_its_cache)

        key.pause.let_go()
        looking.result(LONG)
