"""Answers that were on a connection before the request: they belong to another."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import pytest
import trustme

from enboarder import ApiKey, OutcomeUnknown
from tests.auth.forward_proxy import ForwardProxy
from tests.conftest import LONG, Driver, FakeClock, basic_launch
from tests.engine import httpx
from tests.wire.server import Exchange, Network, Wire, answer

pytestmark = pytest.mark.untraced

FOREIGN = answer({"message": "ok", "referenceid": "SOMEBODY-ELSE"})
# Where the foreign answer is cut: at each byte of its first line, and then at every
# ninth.
PLACES = [*range(1, 17), *range(17, len(FOREIGN), 9), len(FOREIGN)]
# What TLS and proxies carry is cut at fewer places.
SOME_PLACES = [1, 9, 17, len(FOREIGN) // 2, len(FOREIGN)]
EMPTY = answer({"items": []})
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    b'Transfer-Encoding: chunked\r\n\r\nd\r\n{"items": []}\r\n0\r\n\r\n'
)
LAUNCH: Any = ("workflows.launch_basic", (basic_launch("MINE"),), {})
READ: Any = ("reports.get_forms", (), {})
Behave = Callable[[Exchange], Awaitable[None]]
AUTHORITY = trustme.CA()


class Found(NamedTuple):
    """What came of a launch that follows a read."""

    outcome: object
    """The reference, or the error."""
    launches: int
    connections: int


def is_right(found: Found) -> bool:
    """Return whether a launch was done once, or its outcome is unknown.

    A proxy may drop a launch when the client hangs up.
    """
    if isinstance(found.outcome, OutcomeUnknown):
        return found.launches <= 1
    return (found.outcome, found.launches) == ("MINE", 1)


class Way:
    """A way to a server: plain, by TLS, or by TLS in the tunnel of a proxy."""

    def __init__(self, name: str, network: Network, driver: Driver) -> None:
        self._name = name
        self._network = network
        self._driver = driver

    def found(self, behave: Behave, **more: Any) -> Found:
        """Read and launch by one client."""
        context = None if self._name == "plain" else certified()
        with (
            self._network.serve(behave, context) as wire,
            self._options(wire) as options,
        ):
            given = {
                "credential": ApiKey("key"),
                "base_url": wire.url,
                **FakeClock().settings,
                **options,
                **more,
            }
            outcome = self._outcome(given)
        return Found(outcome, wire.launches["MINE"], wire.connections)

    def _outcome(self, given: dict[str, Any]) -> object:
        try:
            found = self._driver.calls(given, READ, LAUNCH)
        except OutcomeUnknown as error:
            return error
        return found[1].reference_id

    @contextmanager
    def _options(self, wire: Wire) -> Iterator[dict[str, Any]]:
        if self._name == "plain":
            yield {}
            return
        if self._name == "TLS":
            yield {"verify": trusting()}
            return
        ports = {"localhost": int(wire.url.rpartition(":")[2])}
        if self._name == "tunnel":
            with ForwardProxy(self._network, ports) as proxy:
                yield {"verify": trusting(), "proxy": proxy.url}
            return
        with ForwardProxy(self._network, ports, context=certified()) as proxy:
            chosen = httpx.Proxy(proxy.url, ssl_context=trusting())
            yield {"verify": trusting(), "proxy": chosen}


@cache
def trusting() -> ssl.SSLContext:
    """Return the client's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    AUTHORITY.configure_trust(context)
    return context


@cache
def certified() -> ssl.SSLContext:
    """Return the server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context


def served(first: bytes, rest: bytes) -> Behave:
    """Answer a read by `first`; send `rest` when the launch is there, and its answer.

    On a new connection, a launch gets its own answer alone.
    """
    used = set[int]()

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        connection = id(exchange._writer)
        if exchange.line.startswith("GET"):
            used.add(connection)
            await exchange.send(first)
            return
        if connection in used:
            await exchange.send(rest)
        mine = {"message": "ok", "referenceid": exchange.external_id}
        await exchange.send(answer(mine))

    return behave


@pytest.mark.parametrize("own", [EMPTY, CHUNKED], ids=["length", "chunked"])
@pytest.mark.parametrize("place", PLACES)
def test_answer_of_another_is_never_taken_for_that_of_a_launch(
    driver: Driver, network: Network, own: bytes, place: int
) -> None:
    """However the second answer of a segment is cut, its reference is not returned."""
    behave = served(own + FOREIGN[:place], FOREIGN[place:])

    found = Way("plain", network, driver).found(behave)

    assert isinstance(found.outcome, OutcomeUnknown) or found.outcome == "MINE"
    assert found.launches == 1


@pytest.mark.parametrize("place", SOME_PLACES)
@pytest.mark.parametrize("name", ["TLS", "tunnel"])
def test_answer_of_another_is_not_taken_for_it_over_tls_either(
    driver: Driver, network: Network, name: str, place: int
) -> None:
    """The same where the second answer is in the TLS record of the first."""
    behave = served(EMPTY + FOREIGN[:place], FOREIGN[place:])

    found = Way(name, network, driver).found(behave)

    assert is_right(found)


@pytest.mark.parametrize("name", ["plain", "TLS", "tunnel", "tunnel in TLS"])
def test_answer_in_a_record_of_its_own_costs_a_connection(
    driver: Driver, network: Network, name: str
) -> None:
    """What TLS has read, but nobody has asked for, was there before the request."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        if exchange.line.startswith("GET"):
            await exchange.send_apart(EMPTY, FOREIGN)
            return
        await exchange.send(answer({"message": "ok", "referenceid": "MINE"}))

    found = Way(name, network, driver).found(behave)

    assert is_right(found)


@pytest.mark.parametrize("name", ["plain", "TLS"])
def test_answer_that_comes_between_two_calls_costs_a_connection(
    driver: Driver, network: Network, name: str
) -> None:
    """A launch is not written to a connection on which something waits to be read."""
    came = threading.Event()

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        if exchange.line.startswith("GET"):
            await exchange.send(EMPTY)
            await exchange.send(FOREIGN)
            came.set()
            return
        await exchange.send(answer({"message": "ok", "referenceid": "MINE"}))

    def wait(request: Any) -> None:
        assert request.method == "GET" or came.wait(LONG)

    async def wait_async(request: Any) -> None:
        await asyncio.to_thread(wait, request)

    hook = wait_async if driver.awaited else wait
    hooks = {"request": [hook]}
    found = Way(name, network, driver).found(behave, event_hooks=hooks)

    assert is_right(found)


@pytest.mark.parametrize("name", ["plain", "TLS", "tunnel", "tunnel in TLS"])
def test_quiet_connection_is_used_again(
    driver: Driver, network: Network, name: str
) -> None:
    """Looking for unread bytes costs no connection where there are none."""
    found = Way(name, network, driver).found(served(EMPTY, b""))

    assert found == Found("MINE", launches=1, connections=1)


def test_interim_answer_that_waited_does_no_harm(
    driver: Driver, network: Network
) -> None:
    """`100 Continue` in the same segment is followed by the real answer."""
    behave = served(EMPTY + b"HTTP/1.1 100 Continue\r\n\r\n", b"")

    found = Way("plain", network, driver).found(behave)

    assert (found.outcome, found.launches) == ("MINE", 1)
