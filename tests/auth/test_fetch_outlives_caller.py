"""A fetch goes on without its caller, and no caller waits longer than its timeout."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time as system_time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from http.server import BaseHTTPRequestHandler

import pytest

from enboarder import (
    AsyncEnboarder,
    ClientCredentials,
    Enboarder,
    TokenUnavailable,
)
from enboarder.auth.threads import in_thread
from enboarder.mock import MockServer
from tests.conftest import LONG, Driver, credential_of, loopback, reply

SHORT = 0.3
READ = "reports.get_forms"


class SlowTokens:
    """A token endpoint that the test can hold back, and an API."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()
        self.requested = threading.Event()

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.path != "/token":
            reply(handler, 200, {"items": [], "count": 0})
            return
        self.requested.set()
        assert self.may_answer.wait(LONG)
        reply(handler, 200, {"access_token": "a-token", "expires_in": 3600})


@pytest.fixture
def slow() -> Iterator[SlowTokens]:
    tokens = SlowTokens()
    yield tokens
    tokens.may_answer.set()


def elapsed_of_refused_call(
    driver: Driver, host: str, credential: ClientCredentials
) -> float:
    """Return the seconds that a call with a short timeout takes to fail."""
    settings = {"credential": credential, "base_url": host, "timeout": SHORT}
    began = system_time.monotonic()
    with pytest.raises(TokenUnavailable):
        driver.call(settings, READ)
    return system_time.monotonic() - began


def test_fetch_serves_the_callers_that_come_later(slow: SlowTokens) -> None:
    """Three callers that give up cost one token request, which serves the next."""
    driver = Driver(awaited=False)
    with loopback(slow) as (host, requests):
        credential = ClientCredentials("id", "s3cret", token_url=host + "/token")

        def call(_: int) -> float:
            return elapsed_of_refused_call(driver, host, credential)

        with ThreadPoolExecutor(3) as pool:
            elapsed = list(pool.map(call, range(3)))
        slow.may_answer.set()
        with Enboarder(credential, base_url=host) as client:
            client.reports.get_forms()

    assert 1 == requests.count("POST /token")
    assert max(elapsed) < LONG / 2
    assert min(elapsed) >= SHORT


def test_fetch_serves_the_tasks_that_come_later(slow: SlowTokens) -> None:
    """The same holds for tasks of one event loop."""

    async def run(host: str) -> None:
        credential = ClientCredentials("id", "s3cret", token_url=host + "/token")
        async with (
            AsyncEnboarder(credential, base_url=host, timeout=SHORT) as hasty,
            AsyncEnboarder(credential, base_url=host) as patient,
        ):
            calls = [hasty.reports.get_forms() for _ in range(3)]
            results = await asyncio.gather(*calls, return_exceptions=True)
            assert [TokenUnavailable] * 3 == [type(result) for result in results]
            slow.may_answer.set()
            await patient.reports.get_forms()

    with loopback(slow) as (host, requests):
        asyncio.run(run(host))

    assert 1 == requests.count("POST /token")


def test_loop_that_ends_leaves_no_refresh_behind(slow: SlowTokens) -> None:
    """A fetch ends with its event loop, and the next caller fetches by itself."""

    async def run(host: str, credential: ClientCredentials) -> None:
        async with AsyncEnboarder(credential, base_url=host, timeout=SHORT) as client:
            with pytest.raises(TokenUnavailable):
                await client.reports.get_forms()

    with loopback(slow) as (host, requests):
        credential = ClientCredentials("id", "s3cret", token_url=host + "/token")
        asyncio.run(run(host, credential))
        slow.may_answer.set()
        with Enboarder(credential, base_url=host) as client:
            client.reports.get_forms()

    assert 2 == requests.count("POST /token")


@pytest.mark.usefixtures("no_threads")
def test_token_is_fetched_without_a_thread(mock: MockServer, driver: Driver) -> None:
    """When no thread can start, the caller fetches the token itself."""
    settings = {"credential": credential_of(mock), "base_url": mock.base_url}
    driver.call(settings, READ)

    assert 1 == mock.token_requests


@pytest.fixture
def no_threads(mock: MockServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without a free thread, as soon as the stand-in service runs."""

    def fail(thread: threading.Thread) -> None:
        if thread.name == "enboarder-token":
            raise RuntimeError("can't start new thread")
        start(thread)

    start = threading.Thread.start
    monkeypatch.setattr(threading.Thread, "start", fail)


@pytest.mark.usefixtures("no_threads")
def test_function_that_needs_a_thread_is_reported() -> None:
    """The error says what needs the thread, instead of an error of Python."""
    with pytest.raises(TokenUnavailable, match="no thread"):
        asyncio.run(in_thread(lambda: "never called"))


class Stop(BaseException):
    """What a function may raise to end its thread."""


def test_whatever_a_function_raises_reaches_its_caller() -> None:
    """A caller on an event loop does not wait for a function that is over."""

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        asyncio.run(asyncio.wait_for(in_thread(stop), LONG))


def test_function_that_was_abandoned_ends_in_silence() -> None:
    """Its thread reports no error when there is nobody to take its result."""
    begun = threading.Event()
    may_end = threading.Event()
    threads: list[threading.Thread] = []

    def work() -> None:
        threads.append(threading.current_thread())
        begun.set()
        assert may_end.wait(LONG)

    async def abandon() -> None:
        task = asyncio.create_task(in_thread(work))
        await asyncio.sleep(0)
        assert begun.wait(LONG)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(abandon())
    may_end.set()
    # pytest fails this test if the thread ends with an error.
    threads[0].join(LONG)


def test_function_sees_the_context_of_its_caller() -> None:
    """A secret may depend on what the caller has set, such as a tenant or a span."""
    tenant = ContextVar("tenant", default="nobody")

    async def run() -> str:
        tenant.set("a tenant")
        return await in_thread(tenant.get)

    assert "a tenant" == asyncio.run(run())


AT_EXIT = """
import asyncio, atexit, sys
from enboarder import AsyncEnboarder, ClientCredentials

async def call():
    credential = ClientCredentials(*sys.argv[1:3], token_url=sys.argv[3])
    async with AsyncEnboarder(credential, base_url=sys.argv[4]) as client:
        print((await client.reports.get_forms()).count)

atexit.register(lambda: asyncio.run(call()))
"""


def test_token_is_fetched_while_the_process_ends(mock: MockServer) -> None:
    """During `atexit`, no executor accepts work, and none is needed."""
    arguments = [mock.client_id, mock.client_secret, mock.token_url, mock.base_url]
    ended = subprocess.run(
        [sys.executable, "-c", AT_EXIT, *arguments],
        capture_output=True,
        text=True,
        timeout=LONG * 3,
        check=True,
    )

    assert "4\n" == ended.stdout


ABANDONED = """
import asyncio, threading
from enboarder.auth.threads import in_thread

async def main():
    forever = threading.Event()
    try:
        await asyncio.wait_for(in_thread(forever.wait), 0.05)
    except TimeoutError:
        print("abandoned")

asyncio.run(main())
"""


def test_abandoned_wait_does_not_hold_up_the_end_of_the_process() -> None:
    """A store that never answers does not keep the process alive."""
    ended = subprocess.run(
        [sys.executable, "-c", ABANDONED],
        capture_output=True,
        text=True,
        timeout=LONG * 3,
        check=True,
    )

    assert "abandoned\n" == ended.stdout
