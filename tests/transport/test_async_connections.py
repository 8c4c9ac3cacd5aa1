"""The HTTP client of an event loop, and when another one takes its place."""

from __future__ import annotations

import asyncio
import os

import pytest

from enboarder import ConfigurationError
from enboarder.transport.connections import AsyncConnections
from tests.conftest import FakeClock, Service
from tests.engine import httpx


def counted_connections(
    time: FakeClock | None = None, *, replaceable: bool = True
) -> tuple[AsyncConnections, list[httpx.AsyncClient]]:
    """Return connections, and the list of clients that they make."""
    made: list[httpx.AsyncClient] = []

    def connect() -> httpx.AsyncClient:
        made.append(httpx.AsyncClient(transport=Service().transport))
        return made[-1]

    clock = (time or FakeClock()).clock
    return AsyncConnections(connect, clock, replaceable=replaceable), made


def test_each_loop_has_one_client() -> None:
    """The first loop takes the client that was built to judge the options."""
    connections, made = counted_connections()

    async def used() -> list[httpx.AsyncClient]:
        return [connections.client, connections.client]

    first = asyncio.run(used())
    second = asyncio.run(used())

    assert [made[0], made[0], made[1], made[1]] == first + second
    assert len(made) == 2


def test_replaced_client_is_closed_when_its_last_call_ends() -> None:
    """Calls that are under way keep their client; new ones get another."""

    async def run() -> None:
        connections, made = counted_connections()
        async with connections.lent() as first:
            async with connections.lent() as second:
                assert first is second
                connections.replace(first)
                assert connections.client is made[1]
            assert not first.is_closed
        assert first.is_closed
        assert not made[1].is_closed

    asyncio.run(run())


def test_client_in_use_stays_open_between_calls() -> None:
    """A call that ends closes nothing."""

    async def run() -> None:
        connections, made = counted_connections()
        for _ in range(2):
            async with connections.lent() as lent:
                assert lent is made[0]
            assert not lent.is_closed
        assert len(made) == 1

    asyncio.run(run())


def test_client_is_replaced_once() -> None:
    """Two calls that broke off on the same client cost one new client."""

    async def run() -> None:
        connections, made = counted_connections()
        async with connections.lent() as broken:
            connections.replace(broken)
            assert connections.client is made[1]
            connections.replace(broken)
            assert connections.client is made[1]

    asyncio.run(run())


def test_transport_of_the_user_is_never_replaced() -> None:
    """It is the same in every client, so another client would not help."""

    async def run() -> None:
        connections, made = counted_connections(replaceable=False)
        async with connections.lent() as lent:
            connections.replace(lent)
        assert connections.client is lent
        assert not lent.is_closed
        assert len(made) == 1

    asyncio.run(run())


def test_machine_that_slept_connects_again() -> None:
    """After a suspend, when only the wall clock went on, no old connection is used."""
    time = FakeClock()

    async def run() -> None:
        connections, made = counted_connections(time)
        assert connections.client is made[0]
        time.wall += 60.0
        assert connections.client is made[1]

    asyncio.run(run())


@pytest.mark.parametrize("step", [-1, 1])
def test_forked_process_has_connections_of_its_own(
    monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """A child process never reads its parent's answers, and connects only once."""

    async def run() -> None:
        connections, made = counted_connections()
        of_parent = connections.client
        child = os.getpid() + step
        monkeypatch.setattr(os, "getpid", lambda: child)
        assert connections.client is not of_parent
        assert connections.client is connections.client
        assert len(made) == 2

    asyncio.run(run())


def test_closing_closes_replaced_clients_too() -> None:
    """No connection of the loop is left, and no client is lent any more."""

    async def run() -> None:
        connections, made = counted_connections()
        async with connections.lent() as lent:
            connections.replace(lent)
            assert connections.client is made[1]
            await connections.aclose()
            assert [client.is_closed for client in made] == [True, True]
        with pytest.raises(ConfigurationError, match="closed"):
            _ = connections.client

    asyncio.run(run())


def test_client_that_was_never_used_is_closed() -> None:
    """Closing right after building leaves nothing open."""
    connections, made = counted_connections()

    asyncio.run(connections.aclose())

    assert [client.is_closed for client in made] == [True]
