"""Every pool of a client counts: that of direct connections, and that of a proxy."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from enboarder.transport.addresses import AddressByAddress
from enboarder.transport.client import build, build_async
from enboarder.transport.hooks import Progress
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


class LostConnection:
    """A connection that no call will give back."""

    def is_idle(self) -> bool:
        return False

    def is_closed(self) -> bool:
        return False


@pytest.mark.parametrize("number", [0, 1], ids=["direct", "proxy"])
def test_connection_may_be_lost_in_each_pool(number: int) -> None:
    """A cancelled call does not say which of them it used."""
    client: Any = build_async(None, {"proxy": PROXY}, BASE_URL)
    pools_of(client)[number]._connections.append(LostConnection())

    assert has_lost_connection(client, Progress())
