"""One token for all callers, and no call that fails, against the stand-in service on real connections."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import httpx
import pytest

from enboarder import AsyncEnboarder, ClientCredentials, Clock, Enboarder, Forbidden
from enboarder.mock import MockServer
from tests.conftest import (
    LONG,
    FakeClock,
    Service,
    basic_launch,
    credential_of,
    granted,
)

pytestmark = pytest.mark.untraced


def client_of(mock: MockServer, clock: Clock | None = None) -> Enboarder:
    return Enboarder(
        credential_of(mock), base_url=mock.base_url, clock=clock or Clock()
    )


def async_client_of(mock: MockServer, clock: Clock | None = None) -> AsyncEnboarder:
    return AsyncEnboarder(
        credential_of(mock), base_url=mock.base_url, clock=clock or Clock()
    )


def at_once(number: int, call: Callable[[int], object]) -> list[BaseException | None]:
    """Calls from so many threads at once, and what they raised."""
    barrier = threading.Barrier(number)

    def run(index: int) -> object:
        barrier.wait(LONG)
        return call(index)

    with ThreadPoolExecutor(number) as pool:
        return [
            future.exception(LONG)
            for future in [pool.submit(run, index) for index in range(number)]
        ]


def test_64_threads_on_a_cold_client_cost_one_token_request() -> None:
    """64 threads that begin at once are all served by one token request."""
    with MockServer(token_delay=0.1) as mock, client_of(mock) as client:
        errors = at_once(64, lambda _: client.reports.get_forms())

        assert (errors, mock.token_requests, len(mock.requests)) == ([None] * 64, 1, 65)


def test_1000_tasks_cost_one_token_request() -> None:
    """1,000 tasks that begin at once are all served by one token request."""

    async def run(mock: MockServer) -> int:
        async with async_client_of(mock) as client:
            return len(
                await asyncio.gather(*[client.reports.get_forms() for _ in range(1000)])
            )

    with MockServer(token_delay=0.1) as mock:
        assert (asyncio.run(run(mock)), mock.token_requests) == (1000, 1)


def test_16_threads_and_4_loops_cost_one_token_request() -> None:
    """Hazard: threads and event loops at once. 16 threads, 4 loops of 25 tasks: one token request."""
    with MockServer(token_delay=0.1) as mock, client_of(mock) as client:

        async def tasks() -> None:
            async with async_client_of(mock) as awaited:
                await asyncio.gather(*[awaited.reports.get_forms() for _ in range(25)])

        errors = at_once(
            20,
            lambda index: (
                asyncio.run(tasks()) if index < 4 else client.reports.get_forms()
            ),
        )

        assert (errors, mock.token_requests, len(mock.requests)) == (
            [None] * 20,
            1,
            117,
        )


class Revoked:
    """A service whose tokens are revoked when so many calls were answered, and the clock that both sides go by."""

    def __init__(self, status: int) -> None:
        self.time = FakeClock()
        self.mock = MockServer(
            dead_token_status=status, clock=lambda: self.time.monotonic
        )
        self.pause = threading.Barrier(2)

    def revoke(self) -> None:
        self.time.pass_time(61)
        self.mock.revoke_tokens()

    @property
    def done(self) -> list[str]:
        """The external ids of the workflows that were launched."""
        return sorted(workflow.external_id for workflow in self.mock.state.workflows)


@pytest.mark.parametrize("status", [401, 403])
def test_threads_do_not_notice_a_revocation(status: int) -> None:
    """Hazard: all tokens revoked in mid-run. No call of 16 threads fails or is doubled; one more token."""
    run = Revoked(status)
    with run.mock as mock, client_of(mock, run.time.clock) as client:

        def launch(index: int) -> None:
            for number in range(10):
                if index == 0 and number == 5:
                    run.revoke()
                client.workflows.launch_basic(basic_launch(f"{index}-{number}"))

        errors = at_once(16, launch)

        assert errors == [None] * 16
        assert run.done == sorted(
            f"{index}-{number}" for index in range(16) for number in range(10)
        )
        assert mock.token_requests == 2


@pytest.mark.parametrize("status", [401, 403])
def test_tasks_do_not_notice_a_revocation(status: int) -> None:
    """Hazard: all tokens revoked in mid-run. No call of 100 tasks fails or is doubled; one more token."""
    run = Revoked(status)

    async def launch(client: AsyncEnboarder, index: int) -> None:
        for number in range(3):
            if index == 50 and number == 1:
                run.revoke()
            await client.workflows.launch_basic(basic_launch(f"{index}-{number}"))

    async def work(mock: MockServer) -> None:
        async with async_client_of(mock, run.time.clock) as client:
            await asyncio.gather(*[launch(client, index) for index in range(100)])

    with run.mock as mock:
        asyncio.run(work(mock))

        assert run.done == sorted(
            f"{index}-{number}" for index in range(100) for number in range(3)
        )
        assert mock.token_requests == 2


def test_403_to_a_young_token_is_raised() -> None:
    """Tokens revoked within the first minute and answered by 403 look like missing rights, and are told as that."""
    run = Revoked(403)
    with run.mock as mock, client_of(mock, run.time.clock) as client:
        client.reports.get_forms()
        mock.revoke_tokens()

        with pytest.raises(Forbidden):
            client.reports.get_forms()

        assert mock.token_requests == 1


def test_five_loops_in_a_row_with_a_revocation_cost_two_tokens(
    mock: MockServer,
) -> None:
    """Hazard: five asyncio.run in a row. The token outlives their loops, and a revocation in between costs one more."""

    async def call() -> None:
        async with async_client_of(mock) as client:
            await client.reports.get_forms()

    for number in range(5):
        if number == 3:
            mock.revoke_tokens()
        asyncio.run(call())

    assert mock.token_requests == 2


def test_expired_token_is_renewed_ahead(mock: MockServer) -> None:
    """The service never sees a token that has expired."""
    run = Revoked(401)
    with run.mock as timed, client_of(timed, run.time.clock) as client:
        for _ in range(10):
            client.reports.get_forms()
            run.time.pass_time(1000)

        assert {recorded.status for recorded in timed.requests} == {200}
        assert timed.token_requests == 4


@pytest.mark.parametrize("victim", ["leader", "follower"])
def test_cancelled_task_takes_nobody_along(victim: str) -> None:
    """Hazard: leader cancelled, follower cancelled. All others are served, by two token requests at most."""
    service = Service()
    state: dict[str, asyncio.Event] = {}

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth2/token":
            state["begun"].set()
            if len(service.token_requests) == 0:
                service(request)
                await state["go"].wait()
                return httpx.Response(200, json={"access_token": "token-1"})
        return service(request)

    async def run() -> list[BaseException | object]:
        state.update(begun=asyncio.Event(), go=asyncio.Event())
        settings = {**granted(service), "transport": httpx.MockTransport(answer)}
        async with AsyncEnboarder(**settings) as client:
            tasks = [asyncio.create_task(client.reports.get_forms()) for _ in range(20)]
            await state["begun"].wait()
            for _ in range(3):
                await asyncio.sleep(0)
            tasks[0 if victim == "leader" else 10].cancel()
            await asyncio.wait([tasks[0 if victim == "leader" else 10]])
            state["go"].set()
            return await asyncio.gather(*tasks, return_exceptions=True)

    found = asyncio.run(run())

    cancelled = [
        number for number, one in enumerate(found) if isinstance(one, BaseException)
    ]
    assert cancelled == [0 if victim == "leader" else 10]
    assert len(service.token_requests) == (2 if victim == "leader" else 1)


def test_sync_call_on_the_loop_during_a_refresh_does_not_hang() -> None:
    """Hazard: sync call on the loop's own thread. It comes back, also during a token request."""
    service = Service()
    events: dict[str, asyncio.Event] = {}

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth2/token":
            events["begun"].set()
            await events["go"].wait()
        return service(request)

    async def run() -> None:
        events.update(begun=asyncio.Event(), go=asyncio.Event())
        settings = granted(service)
        async with AsyncEnboarder(
            **{**settings, "transport": httpx.MockTransport(answer)}
        ) as client:
            task = asyncio.create_task(client.reports.get_forms())
            await events["begun"].wait()
            with Enboarder(**settings) as blocking:
                blocking.reports.get_forms()
            events["go"].set()
            await task

    asyncio.run(asyncio.wait_for(run(), LONG))

    assert (len(service.requests), len(service.token_requests)) == (2, 2)


def test_both_ways_to_authenticate_are_taken(mock: MockServer) -> None:
    """Basic and the form both give a token."""
    for client_auth in ("basic", "post"):
        credential = ClientCredentials(
            mock.client_id,
            mock.client_secret,
            token_url=mock.token_url,
            client_auth=client_auth,
            scopes=("api/settings.all",)
            if client_auth == "post"
            else ("api/workflow.basic",),
        )
        context: AbstractContextManager[Enboarder] = Enboarder(
            credential, base_url=mock.base_url
        )
        with context as client:
            client.brands.get_all()

    assert mock.token_requests == 2
