"""Connections that meet another process, another event loop or a signal handler."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable

import pytest

from tests.conftest import LONG, FakeClock
from tests.transport import test_async_connections, test_connections

counted = test_connections.counted_connections
counted_async = test_async_connections.counted_connections


def ends(call: Callable[[], object]) -> bool:
    """Return whether a call in another thread ends."""
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(LONG / 4)
    return not thread.is_alive()


def become_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be another process, as after a fork."""
    monkeypatch.setattr(os, "getpid", lambda: -1)


def test_lock_that_the_parent_holds_stops_no_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A thread of the parent may be in the middle of a step while it forks."""
    connections, _ = counted()

    with connections._lock:
        become_child(monkeypatch)
        assert ends(lambda: connections.client)


def test_lock_that_the_parent_holds_stops_no_event_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The child has a lock of its own on asyncio, too."""
    connections, _ = counted_async()

    async def used() -> object:
        return connections.client

    with connections._lock:
        become_child(monkeypatch)
        assert ends(lambda: asyncio.run(used()))


def test_signal_handler_may_call_in_the_middle_of_a_step() -> None:
    """It runs in the thread that holds the lock, and would wait for itself."""
    connections, _ = counted()

    def step() -> None:
        with connections._lock:
            connections.close()

    assert ends(step)


def test_child_leaves_replaced_clients_of_its_parent_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Calls of the parent may still use them."""
    connections, made = counted()
    with connections.lent() as lent:
        connections.replace(lent)
        become_child(monkeypatch)
        assert connections.client is made[2]

        connections.close()

        assert [False, False, True] == [client.is_closed for client in made]


def test_closed_client_is_replaced_by_none() -> None:
    """A call that breaks off because of `close()` opens nothing."""
    connections, made = counted()
    client = connections.client
    connections.close()

    connections.replace(client)

    assert 1 == len(made)


def test_each_sleep_of_the_machine_connects_once(time: FakeClock) -> None:
    """After the second sleep, as after the first, the next call connects again."""
    connections, made = counted(time)
    for number in range(3):
        assert connections.client is made[number]
        assert connections.client is made[number]
        time.wall += 60.0


def test_longest_drift_that_is_no_sleep_keeps_the_connections(time: FakeClock) -> None:
    """Two clocks may be five seconds further apart than at the call before."""
    connections, made = counted(time)
    assert connections.client is made[0]
    time.wall += 5.0

    assert connections.client is made[0]


def test_wall_clock_that_goes_back_connects_again(time: FakeClock) -> None:
    """A machine whose clock was wrong may have slept, too."""
    connections, made = counted(time)
    assert connections.client is made[0]
    time.wall -= 60.0

    assert connections.client is made[1]


def test_event_loops_that_ended_are_forgotten() -> None:
    """A program that calls `asyncio.run` for each call keeps no loop of them."""
    connections, _ = counted_async()

    async def used() -> None:
        connections.replace(connections.client)
        _ = connections.client

    for _ in range(3):
        asyncio.run(used())

    # These are of the last loop.
    assert (1, 1) == (len(connections._by_loop), len(connections._replaced))


def test_event_loop_that_ends_closes_its_client() -> None:
    """No connection is left open by `asyncio.run`."""
    connections, made = counted_async()

    async def used() -> None:
        async with connections.lent() as client:
            assert client is made[0]

    asyncio.run(used())

    assert made[0].is_closed


def test_closing_closes_the_clients_of_other_event_loops() -> None:
    """Calls of another thread end, too."""
    connections, made = counted_async()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def used() -> object:
        return connections.client

    async def nothing() -> None:
        """Let the loop do what it was asked for before."""

    try:
        asyncio.run_coroutine_threadsafe(used(), loop).result(LONG)
        asyncio.run(connections.aclose())
        asyncio.run_coroutine_threadsafe(nothing(), loop).result(LONG)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    assert [True] == [client.is_closed for client in made]


def test_closing_leaves_nothing_to_lend() -> None:
    """A call after `aclose` is refused, although no client was in use."""
    connections, made = counted_async()
    asyncio.run(connections.aclose())

    assert connections.is_closed()
    assert 1 == len(made)
