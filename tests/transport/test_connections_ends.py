"""Clients that are closed exactly once, and loops and processes that are left alone."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest

from enboarder import ConfigurationError
from enboarder.clock import Clock
from enboarder.transport.connections import AsyncConnections, Connections
from tests.conftest import FakeClock
from tests.transport import test_async_connections

counted_async = test_async_connections.counted_connections


class Client:
    """A client that counts how often it is closed."""

    def __init__(self) -> None:
        self.times_closed = 0

    def close(self) -> None:
        self.times_closed += 1

    async def aclose(self) -> None:
        self.times_closed += 1


def untold() -> Any:
    raise AssertionError("nobody asks for the time yet")


def test_building_asks_for_no_time() -> None:
    """The clock may be a function of the user's, which may raise."""
    clock = Clock(untold, untold)
    connect: Any = Client

    Connections(connect, clock)
    AsyncConnections(connect, clock)


@pytest.mark.parametrize("is_used", [False, True])
def test_replaced_client_is_closed_once(time: FakeClock, is_used: bool) -> None:
    """Neither the end of its last call nor `close()` closes it again."""
    connect: Any = Client
    connections = Connections(connect, time.clock)

    with connections.lent() as client:
        connections.replace(client)
        if is_used:
            connections.close()
    connections.close()

    replaced: Any = client
    assert 1 == replaced.times_closed


@pytest.mark.parametrize("is_used", [False, True])
def test_replaced_client_is_closed_once_on_asyncio(
    time: FakeClock, is_used: bool
) -> None:
    """The same, except that the end of its event loop closes every client again."""
    connect: Any = Client
    connections = AsyncConnections(connect, time.clock)

    async def run() -> int:
        async with connections.lent() as client:
            connections.replace(client)
            if is_used:
                await connections.aclose()
        await connections.aclose()
        replaced: Any = client
        times_closed: int = replaced.times_closed
        return times_closed

    assert 1 == asyncio.run(run())


def test_client_stays_open_while_its_event_loop_runs() -> None:
    """What closes it with the loop is not replaced by each call."""
    connections, made = counted_async()

    async def run() -> bool:
        for _ in range(3):
            async with connections.lent():
                await asyncio.sleep(0)
            await asyncio.sleep(0)
        return made[0].is_closed

    assert not asyncio.run(run())


def test_sleep_of_the_machine_counts_for_each_event_loop(time: FakeClock) -> None:
    """The connections of all loops are dead, whichever makes the first call."""
    connections, made = counted_async(time)
    loops = [asyncio.new_event_loop() for _ in range(2)]

    async def used() -> object:
        return connections.client

    found = []
    try:
        for number in (0, 1):
            found.append(loops[number].run_until_complete(used()))
        time.wall += 60.0
        for number in (1, 0):
            found.append(loops[number].run_until_complete(used()))
    finally:
        for loop in loops:
            loop.close()

    assert made == found
    assert 4 == len(made)


def test_loop_that_ended_does_not_keep_others_from_closing() -> None:
    """Its connections ended with it."""
    connections, made = counted_async()

    async def used() -> object:
        return connections.client

    asyncio.run(used())
    asyncio.run(connections.aclose())

    assert connections.is_closed()
    assert 1 == len(made)


def test_child_on_asyncio_leaves_replaced_clients_of_its_parent_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A program that forks in its event loop shares their connections."""
    connections, made = counted_async()

    async def run() -> None:
        async with connections.lent() as client:
            connections.replace(client)
            monkeypatch.setattr(os, "getpid", lambda: -1)
            await connections.aclose()
            assert not made[0].is_closed

    asyncio.run(run())


def test_client_needs_a_task() -> None:
    """A callback of the loop, as in the guest mode of trio, is none."""
    connections, _ = counted_async()
    errors: list[Exception] = []

    def call() -> None:
        try:
            _ = connections.client
        except ConfigurationError as error:
            errors.append(error)

    async def run() -> None:
        asyncio.get_running_loop().call_soon(call)
        await asyncio.sleep(0)

    call()
    asyncio.run(run())

    assert 2 == len(errors)
