"""The connection pools of the HTTP library: what they lack, and what they lose.

No other module reads or changes private parts of that library.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from .addresses import AddressByAddress
from .engine import AsyncClient, Client, is_kind
from .hooks import EXTENSION, Progress


def adapt_pools(client: Client, library: Any) -> None:
    """Make a client's pools share a host's time, and survive signals that raise.

    The library has no option for its network backend or for its lock. So this function
    sets both in the library's pools: the pool for direct connections, and one for each
    proxy. The library's own lock is written in Python. If a signal handler raises after
    the lock is taken and before the method returns, the lock stays locked, and the call
    waits for itself forever. A lock of the interpreter has no such moment.
    """
    for pool in _pools(client):
        pool._network_backend = AddressByAddress(pool._network_backend, library)
        pool._optional_thread_lock = threading.Lock()


def has_lost_connection(client: AsyncClient, progress: Progress) -> bool:
    """Return whether a pool keeps a connection that no call will ever give back.

    When the library cleans up, it protects itself from cancellations of anyio, but not
    from those of asyncio. A lost connection counts among the 20 forever.

    Args:
        client: what the cancelled call was sent by.
        progress: that of the call.
    """
    return any(_has_lost(pool, progress) for pool in _pools(client))


def _pools(client: Client | AsyncClient) -> Iterator[Any]:
    for transport in (client._transport, *client._mounts.values()):
        if is_kind(transport, "HTTPTransport", "AsyncHTTPTransport"):
            owner: Any = transport
            yield owner._pool


def _has_lost(pool: Any, progress: Progress) -> bool:
    used: list[Any] = []
    for waiting in pool._requests:
        if waiting.request.extensions.get(EXTENSION) is progress:
            return True
        used.append(waiting.connection)
    return any(
        not (connection in used or connection.is_idle() or connection.is_closed())
        for connection in pool.connections
    )
