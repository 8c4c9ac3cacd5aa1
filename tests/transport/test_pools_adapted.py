"""The pools of a client: which ones are adapted, and what a cancelled call may lose."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from enboarder.transport.addresses import AddressByAddress
from enboarder.transport.client import build, build_async
from enboarder.transport.hooks import EXTENSION, Progress
from enboarder.transport.pools import has_lost_connection
from tests.conftest import BASE_URL

PROXY = "http://127.0.0.1:1"


def pools_of(client: Any) -> list[Any]:
    """Return the pool for direct connections, and that of a proxy."""
    mounted = [each for each in client._mounts.values() if each is not None]
    return [transport._pool for transport in (client._transport, *mounted)]


def test_each_pool_divides_the_time_and_survives_interrupts() -> None:
    """The connections of a proxy obey the same rules as direct ones."""
    with build(None, {"proxy": PROXY}, BASE_URL) as client:
        pools = pools_of(client)

    locks = {type(pool._optional_thread_lock) for pool in pools}
    assert 2 == len(pools)
    assert all(isinstance(pool._network_backend, AddressByAddress) for pool in pools)
    assert {type(threading.Lock())} == locks


def waiting(progress: Progress, connection: object = None) -> Any:
    """Return a request in the queue of a pool."""
    request = SimpleNamespace(extensions={EXTENSION: progress})
    return SimpleNamespace(request=request, connection=connection)


class Connection:
    """A connection of a pool."""

    def __init__(self, *, idle: bool = False, closed: bool = False) -> None:
        self._idle = idle
        self._closed = closed

    def is_idle(self) -> bool:
        return self._idle

    def is_closed(self) -> bool:
        return self._closed


def of_another_call() -> tuple[list[Any], list[Any]]:
    used = Connection()
    return [waiting(Progress(), used)], [used]


CANCELLED = Progress()
FOUND: dict[str, tuple[Callable[[], tuple[list[Any], list[Any]]], bool]] = {
    "nothing": (lambda: ([], []), False),
    "the request of the call": (lambda: ([waiting(CANCELLED)], []), True),
    "the request of another call": (lambda: ([waiting(Progress())], []), False),
    "a connection of another call": (of_another_call, False),
    "a connection that waits": (lambda: ([], [Connection(idle=True)]), False),
    "a connection that is closed": (lambda: ([], [Connection(closed=True)]), False),
    "a connection of nobody": (lambda: ([], [Connection()]), True),
}


@pytest.mark.parametrize("number", [0, 1], ids=["direct", "proxy"])
@pytest.mark.parametrize("name", FOUND)
def test_cancelled_call_loses_what_nobody_gives_back(name: str, number: int) -> None:
    """Only then are the connections replaced, for one pool as for another."""
    make, is_lost = FOUND[name]
    requests, connections = make()

    async def run() -> bool:
        async with build_async(None, {"proxy": PROXY}, BASE_URL) as client:
            pool = pools_of(client)[number]
            pool._requests.extend(requests)
            pool._connections.extend(connections)
            found = has_lost_connection(client, CANCELLED)
            pool._requests.clear()
            pool._connections.clear()
        return found

    assert is_lost == asyncio.run(run())
