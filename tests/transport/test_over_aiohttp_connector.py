"""Which connection a request over aiohttp gets, and how a wait for one ends."""

from __future__ import annotations

import asyncio
import select
import socket
from collections.abc import Callable, Coroutine, Iterator
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from enboarder.transport.deadline import ClosedBeforeSending
from enboarder.transport.over_aiohttp import OnceConnector, _has_unread_bytes
from tests.conftest import LONG


class Protocol:
    """What aiohttp knows of a connection."""

    def __init__(self, *, should_close: bool = False) -> None:
        self.should_close = should_close


def transport_over(network_socket: Any) -> Any:
    """Return a transport over a socket."""
    known = {"socket": network_socket}
    return SimpleNamespace(get_extra_info=known.get)


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two sockets that are connected to each other."""
    here, there = socket.socketpair()
    with here, there:
        yield here, there


Pair = tuple[socket.socket, socket.socket]


def ran(work: Callable[[OnceConnector], Coroutine[Any, Any, Any]]) -> Any:
    """Let a function work with a connector."""

    async def run() -> Any:
        connector = OnceConnector()
        try:
            return await asyncio.wait_for(work(connector), LONG)
        finally:
            await connector.close()

    return asyncio.run(run())


def staleness(*connections: Any) -> list[bool]:
    """Ask one connector about connections, one after the other."""

    async def work(connector: OnceConnector) -> list[bool]:
        return [connector._is_stale(connection) for connection in connections]

    found: list[bool] = ran(work)
    return found


# What is known of a kept connection.


def test_new_connection_may_have_unread_bytes(pair: Pair) -> None:
    """They belong to the TLS handshake; on a kept connection, to another answer."""
    here, there = pair
    there.send(b"x")
    connection = SimpleNamespace(protocol=Protocol(), transport=transport_over(here))

    assert [False, True] == staleness(connection, connection)


def test_kept_connection_without_unread_bytes_is_used_again(pair: Pair) -> None:
    """It costs no new handshake."""
    here, _ = pair
    connection = SimpleNamespace(protocol=Protocol(), transport=transport_over(here))

    assert [False, False] == staleness(connection, connection)


def test_kept_connection_that_has_to_be_closed_is_not_used_again(pair: Pair) -> None:
    """aiohttp has seen its end, or an error."""
    protocol = Protocol(should_close=True)
    connection = SimpleNamespace(protocol=protocol, transport=transport_over(pair[0]))

    assert [False, True] == staleness(connection, connection)


def test_connection_that_nobody_can_read_counts_as_unread(pair: Pair) -> None:
    """What cannot be looked at is not used again."""
    pair[0].close()

    assert _has_unread_bytes(None)
    assert _has_unread_bytes(transport_over(None))
    assert _has_unread_bytes(transport_over(pair[0]))


def test_looking_for_unread_bytes_never_waits(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event loop stands still meanwhile."""
    waits: list[float] = []
    original: Any = select.select

    def recorded(*arguments: Any) -> Any:
        waits.append(arguments[3])
        return original(*arguments[:3], 0)

    monkeypatch.setattr(select, "select", recorded)

    assert not _has_unread_bytes(transport_over(pair[0]))
    assert [0] == waits


# How a wait for a connection ends.


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no connection ever become free."""

    async def wait(*_: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(aiohttp.TCPConnector, "connect", wait)


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("is_closed", [False, True])
def test_cancelled_wait_ends_as_a_cancellation(is_closed: bool) -> None:
    """Whoever cancels a call gets what asyncio promises, also while it closes."""

    async def work(connector: OnceConnector) -> None:
        task = asyncio.create_task(connector._connect())
        await asyncio.sleep(0)
        if is_closed:
            await connector.close()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    ran(work)


@pytest.mark.parametrize(
    ("is_closed", "expected"),
    [(False, asyncio.CancelledError), (True, ClosedBeforeSending)],
)
def test_wait_that_nobody_cancelled_ends_because_the_client_closed(
    monkeypatch: pytest.MonkeyPatch, is_closed: bool, expected: type[BaseException]
) -> None:
    """aiohttp tells those that wait for a connection by a cancellation."""

    async def cancelled(*_: Any) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(aiohttp.TCPConnector, "connect", cancelled)

    async def work(connector: OnceConnector) -> None:
        if is_closed:
            await connector.close()
        with pytest.raises(expected):
            await connector._connect()

    ran(work)
