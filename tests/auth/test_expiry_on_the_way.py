"""A token that expires between signing and the answer fails no call."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from enboarder import AsyncEnboarder, Enboarder, Forbidden, Unauthorized
from enboarder.transport.engine import ENGINES
from tests.auth.own_clients import OwnClient
from tests.conftest import (
    BASE_URL,
    LONG,
    Answering,
    Call,
    Driver,
    FakeClock,
    Service,
    basic_launch,
    credentials,
    granted,
    launched,
)
from tests.engine import httpx
from tests.wire.server import Exchange, Network, Wire, answer

READ: Call = ("reports.get_forms", (), {})
LAUNCH: Call = ("workflows.launch_basic", (basic_launch(),), {})
FORMS = httpx.Response(200, json={"items": []})
REFUSED = httpx.Response(401)
LIFETIME = 20
CONNECTIONS = 20  # of one client


def late(time: FakeClock, status: int = 401) -> Answering:
    """Refuse a token that was valid when its request was signed."""

    def refuse(_: httpx.Request) -> httpx.Response:
        time.pass_time(LIFETIME)
        return httpx.Response(status)

    return refuse


def tokens_sent(service: Service) -> list[str]:
    return [request.headers["authorization"] for request in service.requests]


@pytest.mark.parametrize(("call", "done"), [(READ, FORMS), (LAUNCH, launched())])
def test_token_may_expire_on_the_way_several_times(
    driver: Driver, time: FakeClock, call: Call, done: httpx.Response
) -> None:
    """Reads and writes are sent again with each new token until one arrives alive."""
    service = Service(late(time), late(time), late(time), done, lifetime=LIFETIME)

    driver.calls(granted(service, clock=time.clock), call)

    assert ["token-1", "token-2", "token-3", "token-4"] == tokens_sent(service)
    assert 4 == len(service.token_requests)


@pytest.mark.parametrize("awaited", [False, True])
def test_own_client_survives_several_expiries(time: FakeClock, awaited: bool) -> None:
    """The same holds for `credential.auth()` in a client of the user's."""
    service = Service(late(time), late(time), FORMS, lifetime=LIFETIME)
    auth = credentials().auth(
        base_url=BASE_URL, transport=service.transport, clock=time.clock
    )

    responses = OwnClient(httpx, awaited).send(
        [("GET", BASE_URL)], auth=auth, transport=service.transport
    )

    assert [200] == [response.status_code for response in responses]
    assert ["token-1", "token-2", "token-3"] == tokens_sent(service)


def test_service_slower_than_its_tokens_ends_the_call(
    driver: Driver, time: FakeClock
) -> None:
    """If every token expires on the way, the call ends after six requests."""
    service = Service(late(time), lifetime=LIFETIME)

    with pytest.raises(Unauthorized):
        driver.calls(granted(service, clock=time.clock), LAUNCH)

    assert 6 == len(service.requests)
    assert 6 == len(service.token_requests)


def test_expired_token_is_no_revoked_one(driver: Driver, time: FakeClock) -> None:
    """A token that is revoked after another one has expired is replaced as well."""
    service = Service(late(time), REFUSED, FORMS, lifetime=LIFETIME)

    driver.calls(granted(service, clock=time.clock), READ)

    assert ["token-1", "token-2", "token-3"] == tokens_sent(service)


def test_revoked_token_is_no_expired_one(driver: Driver, time: FakeClock) -> None:
    """A token that expires after another one was revoked is replaced as well."""
    service = Service(REFUSED, late(time), FORMS, lifetime=LIFETIME)

    driver.calls(granted(service, clock=time.clock), READ)

    assert ["token-1", "token-2", "token-3"] == tokens_sent(service)


def test_service_that_refuses_every_token_does_so_after_an_expiry(
    driver: Driver, time: FakeClock
) -> None:
    """Two tokens that are refused while they are valid end the call."""
    service = Service(late(time), REFUSED, lifetime=LIFETIME)

    with pytest.raises(Unauthorized):
        driver.calls(granted(service, clock=time.clock), READ)

    assert 3 == len(service.requests)


def test_403_to_an_expired_token_replaces_it(driver: Driver, time: FakeClock) -> None:
    """A gateway answers 403 to it, even if tokens live for less than a minute."""
    service = Service(late(time, 403), FORMS, lifetime=LIFETIME)

    driver.calls(granted(service, clock=time.clock), READ)

    assert ["token-1", "token-2"] == tokens_sent(service)


def test_403_to_the_next_token_means_missing_rights(
    driver: Driver, time: FakeClock
) -> None:
    """It is young, so the call ends as Forbidden."""
    missing = httpx.Response(403)
    service = Service(late(time, 403), missing, lifetime=LIFETIME)

    with pytest.raises(Forbidden):
        driver.calls(granted(service, clock=time.clock), READ)

    assert 2 == len(service.requests)


def test_request_to_another_origin_is_never_signed(time: FakeClock) -> None:
    """Nor is it when it leaves after a wait for a connection."""
    service = Service()
    auth = credentials().auth(
        base_url=BASE_URL, transport=service.transport, clock=time.clock
    )
    OwnClient(httpx, awaited=False).send(
        [("GET", BASE_URL)], auth=auth, transport=service.transport
    )
    elsewhere = httpx.Request("GET", "https://elsewhere.example.com/")

    assert auth.sign_again(elsewhere) is None
    assert "authorization" not in elsewhere.headers


def test_request_that_is_signed_again_keeps_its_prefix(time: FakeClock) -> None:
    """The newest token is sent like the first one, with the word before it."""
    service = Service()
    auth = credentials(prefix="Bearer").auth(
        base_url=BASE_URL, transport=service.transport, clock=time.clock
    )
    waiting = httpx.Request("GET", BASE_URL)
    next(auth.sync_auth_flow(waiting))
    time.pass_time(3600)
    next(auth.sync_auth_flow(httpx.Request("GET", BASE_URL)))

    assert "Bearer token-2" == auth.sign_again(waiting)
    assert "Bearer token-2" == waiting.headers["authorization"]


class FullHouse:
    """Holds the first requests, which use all connections, until it is released."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.is_full = threading.Event()
        self.released = threading.Event()

    async def __call__(self, exchange: Exchange) -> None:
        await exchange.whole()
        self.tokens.append(exchange.headers["authorization"])
        if len(self.tokens) == CONNECTIONS:
            self.is_full.set()
        if len(self.tokens) <= CONNECTIONS:
            await until(self.released.is_set)
        await exchange.send(answer({"items": []}))


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONG):
        while not condition():
            await asyncio.sleep(0.002)


def settings_of(wire: Wire, time: FakeClock) -> dict[str, Any]:
    return {
        "credential": credentials(token_url=wire.token_url),
        "base_url": wire.url,
        "clock": time.clock,
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_request_that_waited_is_sent_with_the_newest_token(
    network: Network, time: FakeClock, engine: Any
) -> None:
    """A token that expires during the wait for a connection is not sent at all."""
    house = FullHouse()

    async def run(wire: Wire) -> None:
        settings = settings_of(wire, time)
        async with (
            AsyncEnboarder(**settings, engine=engine) as client,
            AsyncEnboarder(**settings) as another,
        ):
            calls = [client.reports.get_forms() for _ in range(CONNECTIONS + 1)]
            waiting = asyncio.gather(*calls)
            await until(house.is_full.is_set)
            time.pass_time(3600)
            # This fetches the next token.
            await another.reports.get_forms()
            house.released.set()
            await waiting

    with network.serve(house) as wire:
        asyncio.run(run(wire))

    assert ["token-1"] * CONNECTIONS + ["token-2"] * 2 == house.tokens


def test_thread_that_waited_sends_the_newest_token(
    network: Network, time: FakeClock
) -> None:
    """The same holds for the blocking client."""
    house = FullHouse()

    with network.serve(house) as wire, ThreadPoolExecutor(CONNECTIONS + 1) as pool:
        settings = settings_of(wire, time)
        with Enboarder(**settings) as client, Enboarder(**settings) as another:
            calls = [
                pool.submit(client.reports.get_forms) for _ in range(CONNECTIONS + 1)
            ]
            assert house.is_full.wait(LONG)
            time.pass_time(3600)
            another.reports.get_forms()
            house.released.set()
            for call in calls:
                call.result(LONG)

    assert ["token-1"] * CONNECTIONS + ["token-2"] * 2 == house.tokens
