"""The promises about sending hold on real connections, whichever engine sends."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ConfigurationError,
    ConnectionFailed,
    NoAnswer,
    OutcomeUnknown,
    RetryPolicy,
)
from enboarder.transport.engine import ENGINES
from tests.conftest import LONG, Driver, FakeClock, basic_launch, credentials
from tests.wire.server import Behaviour, Exchange, Network, Wire, answer

DONE = answer({"message": "ok", "referenceid": "A-1", "items": []})
LAUNCH: Any = ("workflows.launch_basic", (basic_launch("A-1"),), {})
READ: Any = ("reports.get_forms", (), {})
COMBINATIONS = [
    (engine, awaited)
    for engine in ENGINES
    for awaited in (False, True)
    if awaited or engine != "aiohttp"
]


class Caller:
    """Makes calls with one engine, blocking or awaited."""

    def __init__(self, engine: str, awaited: bool) -> None:
        self.engine = engine
        self.awaited = awaited
        self._driver = Driver(awaited=awaited)

    def calls(self, wire: Wire, *wanted: Any, **more: Any) -> list[Any]:
        """Make calls, one after the other, by one client."""
        settings = {
            "credential": ApiKey("key"),
            "base_url": wire.url,
            "engine": self.engine,
            **FakeClock().settings,
            **more,
        }
        return self._driver.calls(settings, *wanted)


@pytest.fixture(
    params=COMBINATIONS,
    ids=lambda one: f"{one[0]}-{'awaited' if one[1] else 'blocking'}",
)
def caller(request: pytest.FixtureRequest) -> Caller:
    """Make calls with each engine, in each way that it has."""
    return Caller(*request.param)


async def done(exchange: Exchange) -> None:
    await (await exchange.whole()).send(DONE)


async def reset(exchange: Exchange) -> None:
    (await exchange.whole()).reset()


async def hang_up(exchange: Exchange) -> None:
    await (await exchange.whole()).close()


async def hang(exchange: Exchange) -> None:
    await (await exchange.whole()).gone()


async def drip(exchange: Exchange) -> None:
    await exchange.whole()
    await exchange.send(DONE[:-20])
    await exchange.drip(DONE[-20:], 0.02)


@pytest.mark.parametrize("behave", [reset, hang_up, hang, drip])
def test_launch_without_an_answer_is_sent_once(
    caller: Caller, network: Network, behave: Behaviour
) -> None:
    """Its outcome is unknown, and nobody sends it again; the deadline ends the wait."""
    with network.serve(behave) as wire, pytest.raises(OutcomeUnknown) as caught:
        caller.calls(wire, LAUNCH, timeout=0.15)

    assert ("A-1", {"A-1": 1}) == (caught.value.external_id, wire.launches)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_other_write_is_sent_once_on_a_kept_connection(
    caller: Caller, network: Network, method: str
) -> None:
    """A library that sends such a request again when the connection breaks does not."""

    async def behave(exchange: Exchange) -> None:
        await (done if exchange.line.startswith("GET") else hang_up)(exchange)

    write: Any = ("request", (method, "/restapi/v1/x"), {})
    with network.serve(behave) as wire, pytest.raises(OutcomeUnknown):
        caller.calls(wire, READ, write)

    assert ["GET /reports/forms", f"{method} /restapi/v1/x"] == wire.lines


def test_launch_after_the_service_closed_the_connection_is_sent(
    caller: Caller, network: Network
) -> None:
    """A kept connection that was closed is not used: the launch goes over a new one."""
    closed = threading.Event()

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        await exchange.send(DONE)
        await exchange.close()
        closed.set()

    def wait(_: object) -> None:
        closed.wait(LONG)

    async def wait_async(_: object) -> None:
        # The server has an event loop of its own.
        closed.wait(LONG)

    hooks = {"response": [wait_async if caller.awaited else wait]}
    with network.serve(behave) as wire:
        _, launched = caller.calls(wire, READ, LAUNCH, event_hooks=hooks)

    assert ("A-1", {"A-1": 1}, 2) == (
        launched.reference_id,
        wire.launches,
        wire.connections,
    )


def test_call_without_a_connection_is_tried_again(caller: Caller) -> None:
    """A launch that provably never left is sent again, until the attempts are over."""
    wire = Wire(b"")
    time = FakeClock()

    with pytest.raises(ConnectionFailed):
        # Nobody listens on this port.
        caller.calls(wire, LAUNCH, base_url="http://127.0.0.1:1", **time.settings)

    assert 2 == len(time.slept)


def test_dead_token_is_renewed_once(caller: Caller, network: Network) -> None:
    """The launch is sent with the old token, and then with the new one."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        is_dead = exchange.headers["authorization"] == "token-1"
        await exchange.send(answer(status=401) if is_dead else DONE)

    with network.serve(behave) as wire:
        credential = credentials(token_url=wire.token_url)
        [launched] = caller.calls(wire, LAUNCH, credential=credential)

    assert ("A-1", 2) == (launched.reference_id, wire.tokens)
    assert ["token-1", "token-2"] == [
        one.headers["authorization"] for one in wire.exchanges
    ]


@pytest.mark.parametrize("behave", [hang, drip])
def test_read_ends_at_its_deadline(
    caller: Caller, network: Network, behave: Behaviour
) -> None:
    """The whole attempt has this time, however fast the bytes of an answer come."""
    once = RetryPolicy(attempts=1)
    with network.serve(behave) as wire, pytest.raises(NoAnswer, match="Timeout"):
        caller.calls(wire, READ, timeout=0.15, retry=once)


def test_wait_for_a_connection_is_no_part_of_the_deadline(network: Network) -> None:
    """Tasks that queue for the 20 connections of aiohttp have their own time."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        await asyncio.sleep(0.15)
        await exchange.send(DONE)

    async def run(url: str) -> int:
        async with AsyncEnboarder(
            ApiKey("key"), base_url=url, engine="aiohttp", timeout=0.4
        ) as client:
            calls = [client.reports.get_forms() for _ in range(80)]
            return len(await asyncio.gather(*calls))

    with network.serve(behave) as wire:
        assert 80 == asyncio.run(run(wire.url))


@pytest.mark.parametrize("engine", ENGINES)
def test_closed_client_ends_its_calls(network: Network, engine: Any) -> None:
    """Those that wait for a connection were never sent, and nobody is cancelled."""

    async def run(wire: Wire) -> list[Any]:
        client = AsyncEnboarder(ApiKey("key"), base_url=wire.url, engine=engine)
        calls = [
            asyncio.ensure_future(client.workflows.launch_basic(basic_launch(f"A-{n}")))
            for n in range(25)
        ]
        while len(wire.launches) < 20:
            await asyncio.sleep(0.01)
        await client.aclose()
        return await asyncio.gather(*calls, return_exceptions=True)

    with network.serve(hang) as wire:
        ended = asyncio.run(run(wire))

    kinds = [type(error) for error in ended]
    assert 20 == kinds.count(OutcomeUnknown)
    assert 5 == kinds.count(ConfigurationError)


def test_no_cookie_is_kept(caller: Caller, network: Network) -> None:
    """What a proxy sets on one call does not go out with the next."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        cookie = "Set-Cookie: a=b; Path=/"
        await exchange.send(answer({"items": []}, headers=(cookie,)))

    with network.serve(behave) as wire:
        # aiohttp would keep no cookie of a host without a name.
        url = wire.url.replace("127.0.0.1", "localhost")
        caller.calls(wire, READ, READ, base_url=url)

    assert 2 == len(wire.exchanges)
    assert [] == [one for one in wire.exchanges if "cookie" in one.headers]


def test_path_is_sent_unchanged(caller: Caller, network: Network) -> None:
    """An id that looks like a part of a path stays one part of it."""
    path = "/x/%41%2F%7e/%2e%2e/a+b;c=d,e@f:g!"
    with network.serve(done) as wire:
        caller.calls(wire, ("request", ("GET", path), {"params": {"q": "a+b&c/d"}}))

    assert f"{path}?q=a%2Bb%26c%2Fd" == wire.exchanges[0].line.split()[1]
