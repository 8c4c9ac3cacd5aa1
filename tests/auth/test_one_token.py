"""On real connections, all callers share one token, and no call fails."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from enboarder import (
    AsyncEnboarder,
    ClientCredentials,
    Clock,
    Enboarder,
    Forbidden,
    TokenUnavailable,
)
from enboarder.mock import MockServer
from tests.conftest import (
    BASE_URL,
    LONG,
    TOKEN_URL,
    Driver,
    FakeClock,
    Service,
    basic_launch,
    credential_of,
    credentials,
    granted,
    loopback,
    reply,
)
from tests.engine import httpx
from tests.wire.server import Exchange, Network, answer

pytestmark = pytest.mark.untraced


def client_of(mock: MockServer, clock: Clock | None = None) -> Enboarder:
    return Enboarder(
        credential_of(mock), base_url=mock.base_url, clock=clock or Clock()
    )


def async_client_of(mock: MockServer, clock: Clock | None = None) -> AsyncEnboarder:
    return AsyncEnboarder(
        credential_of(mock), base_url=mock.base_url, clock=clock or Clock()
    )


def errors_of_threads(
    number: int, call: Callable[[int], object]
) -> list[BaseException | None]:
    """Call from several threads at once, and return their errors."""
    barrier = threading.Barrier(number)

    def run(index: int) -> object:
        barrier.wait(LONG)
        return call(index)

    with ThreadPoolExecutor(number) as pool:
        futures = [pool.submit(run, index) for index in range(number)]
        return [future.exception(LONG) for future in futures]


def test_64_threads_on_a_cold_client_cost_one_token_request() -> None:
    """64 threads that start together share one token."""
    with MockServer(token_delay=0.1) as mock, client_of(mock) as client:
        errors = errors_of_threads(64, lambda _: client.reports.get_forms())

        assert [None] * 64 == errors
        assert 1 == mock.token_requests
        assert 65 == len(mock.requests)


def test_1000_tasks_cost_one_token_request() -> None:
    """1,000 tasks that start together share one token.

    In memory, because the HTTP library hands out connections in quadratic time;
    `nox -s bench` does it over sockets.
    """
    service = Service()

    async def run() -> int:
        async with AsyncEnboarder(**granted(service)) as client:
            calls = [client.reports.get_forms() for _ in range(1000)]
            return len(await asyncio.gather(*calls))

    assert 1000 == asyncio.run(run())
    assert 1 == len(service.token_requests)


def test_16_threads_and_4_event_loops_cost_one_token_request() -> None:
    """16 threads and 4 event loops with 25 tasks each share one token."""
    with MockServer(token_delay=0.1) as mock, client_of(mock) as client:

        async def run_tasks() -> None:
            async with async_client_of(mock) as awaited:
                calls = [awaited.reports.get_forms() for _ in range(25)]
                await asyncio.gather(*calls)

        def call(index: int) -> None:
            if index < 4:
                asyncio.run(run_tasks())
            else:
                client.reports.get_forms()

        errors = errors_of_threads(20, call)

        assert [None] * 20 == errors
        assert 1 == mock.token_requests
        assert 117 == len(mock.requests)


def test_token_outlives_the_event_loop_that_fetched_it(mock: MockServer) -> None:
    """Five loops in a row, with a revocation in between, cost two tokens."""

    async def call() -> None:
        async with async_client_of(mock) as client:
            await client.reports.get_forms()

    for number in range(5):
        if number == 3:
            mock.revoke_tokens()
        asyncio.run(call())

    assert 2 == mock.token_requests


class TimedMock:
    """A stand-in service whose tokens can be revoked, and the clock of both sides."""

    def __init__(self, dead_token_status: int = 401) -> None:
        self.time = FakeClock()
        self.mock = MockServer(
            dead_token_status=dead_token_status, clock=lambda: self.time.monotonic
        )

    def revoke(self) -> None:
        """Revoke all tokens when they are old enough for a renewal after a 403."""
        self.time.pass_time(61)
        self.mock.revoke_tokens()

    @property
    def launched(self) -> list[str]:
        """The external ids of the workflows that were launched."""
        return sorted(workflow.external_id for workflow in self.mock.state.workflows)


def ids_of(callers: int, calls: int) -> list[str]:
    return sorted(
        f"{caller}-{number}" for caller in range(callers) for number in range(calls)
    )


@pytest.mark.parametrize("status", [401, 403])
def test_threads_do_not_notice_a_revocation(status: int) -> None:
    """With 16 threads, no launch fails or is done twice; one more token is enough."""
    service = TimedMock(status)
    with service.mock as mock, client_of(mock, service.time.clock) as client:

        def launch(index: int) -> None:
            for number in range(10):
                if index == 0 and number == 5:
                    service.revoke()
                client.workflows.launch_basic(basic_launch(f"{index}-{number}"))

        errors = errors_of_threads(16, launch)

        assert [None] * 16 == errors
        assert ids_of(callers=16, calls=10) == service.launched
        assert 2 == mock.token_requests


@pytest.mark.parametrize("status", [401, 403])
def test_tasks_do_not_notice_a_revocation(status: int) -> None:
    """No launch of 30 tasks fails or is done twice, for one more token."""
    service = TimedMock(status)

    async def launch(client: AsyncEnboarder, index: int) -> None:
        for number in range(2):
            if index == 15 and number == 1:
                service.revoke()
            await client.workflows.launch_basic(basic_launch(f"{index}-{number}"))

    async def run(mock: MockServer) -> None:
        async with async_client_of(mock, service.time.clock) as client:
            await asyncio.gather(*[launch(client, index) for index in range(30)])

    with service.mock as mock:
        asyncio.run(run(mock))

        assert ids_of(callers=30, calls=2) == service.launched
        assert 2 == mock.token_requests


def test_403_to_a_young_token_is_raised() -> None:
    """A 403 after a revocation within a minute looks like missing rights."""
    service = TimedMock(403)
    with service.mock as mock, client_of(mock, service.time.clock) as client:
        client.reports.get_forms()
        mock.revoke_tokens()

        with pytest.raises(Forbidden):
            client.reports.get_forms()

        assert 1 == mock.token_requests


def test_service_never_sees_an_expired_token() -> None:
    """Tokens are renewed before they expire: in 9,000 s, four of them are used."""
    service = TimedMock()
    with service.mock as mock, client_of(mock, service.time.clock) as client:
        for _ in range(10):
            client.reports.get_forms()
            service.time.pass_time(1000)

        assert {200} == {recorded.status for recorded in mock.requests}
        assert 4 == mock.token_requests


class HeldTokenRequest:
    """A service in memory that holds the first token request until it may answer."""

    def __init__(self, service: Service) -> None:
        self.requested = asyncio.Event()
        self.may_answer = asyncio.Event()
        self._service = service

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        response = self._service(request)
        if request.url == TOKEN_URL and not self.requested.is_set():
            self.requested.set()
            await self.may_answer.wait()
        return response


@pytest.mark.parametrize(
    "victim", [pytest.param(0, id="leader"), pytest.param(10, id="follower")]
)
def test_cancelled_call_takes_no_other_along(victim: int) -> None:
    """One token request serves all other calls."""
    service = Service()

    async def run() -> list[object]:
        held = HeldTokenRequest(service)
        settings = {**granted(service), "transport": httpx.MockTransport(held)}
        async with AsyncEnboarder(**settings) as client:
            tasks = [asyncio.create_task(client.reports.get_forms()) for _ in range(20)]
            await held.requested.wait()
            for _ in range(3):
                await asyncio.sleep(0)
            tasks[victim].cancel()
            await asyncio.wait([tasks[victim]])
            held.may_answer.set()
            return await asyncio.gather(*tasks, return_exceptions=True)

    results = asyncio.run(run())

    failed = [
        number
        for number, result in enumerate(results)
        if isinstance(result, BaseException)
    ]
    assert [victim] == failed
    assert 1 == len(service.token_requests)


def test_blocking_call_on_the_event_loop_comes_back_during_a_token_request() -> None:
    """The task that fetches the token is blocked by the call, which fetches its own."""
    service = Service()

    async def run() -> None:
        held = HeldTokenRequest(service)
        settings = granted(service)
        awaited = {**settings, "transport": httpx.MockTransport(held)}
        async with AsyncEnboarder(**awaited) as client:
            task = asyncio.create_task(client.reports.get_forms())
            await held.requested.wait()
            with Enboarder(**settings) as blocking:
                blocking.reports.get_forms()
            held.may_answer.set()
            await task

    asyncio.run(asyncio.wait_for(run(), LONG))

    assert 2 == len(service.requests)
    assert 2 == len(service.token_requests)


@pytest.mark.parametrize("client_auth", ["basic", "post"])
@pytest.mark.parametrize("scope", ["api/settings.all", "api/workflow.basic"])
def test_service_issues_tokens_by_basic_and_by_form(
    mock: MockServer, client_auth: Any, scope: str
) -> None:
    """Both ways to authenticate are accepted, with each of the scopes."""
    credential = ClientCredentials(
        mock.client_id,
        mock.client_secret,
        token_url=mock.token_url,
        client_auth=client_auth,
        scopes=(scope,),
    )
    with Enboarder(credential, base_url=mock.base_url) as client:
        client.brands.get_all()

    assert 1 == mock.token_requests


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("client_auth", ["basic", "post"])
def test_token_request_follows_no_redirect(
    driver: Driver, network: Network, status: int, client_auth: Any
) -> None:
    """It is an error, and no connection is made to the other host."""

    async def answer_all(exchange: Exchange) -> None:
        await (await exchange.whole()).send(answer({"items": []}))

    with network.serve(answer_all) as other:

        def redirect(handler: BaseHTTPRequestHandler) -> None:
            reply(handler, status, None, Location=other.token_url)

        with loopback(redirect) as (host, requests):
            credential = credentials(token_url=host + "/token", client_auth=client_auth)
            with pytest.raises(TokenUnavailable, match=f"{status}.*token_url"):
                driver.call(
                    {"credential": credential, "base_url": host}, "reports.get_forms"
                )

    assert ["POST /token"] == requests
    assert 0 == other.connections


def test_dead_token_endpoint_is_asked_once_by_200_tasks(
    network: Network, time: FakeClock
) -> None:
    """It hangs up on one token request, and every task gets the error."""

    async def run(token_url: str) -> list[object]:
        async with AsyncEnboarder(
            credentials(token_url=token_url), base_url=BASE_URL, clock=time.clock
        ) as client:
            calls = [client.reports.get_forms() for _ in range(200)]
            return await asyncio.gather(*calls, return_exceptions=True)

    with network.serve(b"") as dead:
        results = asyncio.run(run(dead.token_url))

    assert [TokenUnavailable] * 200 == [type(result) for result in results]
    assert 1 == dead.connections
