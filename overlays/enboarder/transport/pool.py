"""Look whether a cancelled call has left its connection behind in the pool."""

# The requests of a pool are private: see `has_lost_connection`.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx

from .hooks import EXTENSION, Progress


def has_lost_connection(client: httpx.AsyncClient, progress: Progress) -> bool:
    """Return whether a pool keeps a connection that no call will ever give back.

    The HTTP library shields its cleaning up from cancellations of anyio, but not from
    those of asyncio. A connection that is lost counts among the 20 for ever.

    Args:
        client: what the cancelled call was sent by.
        progress: that of the call.
    """
    return any(_has_lost(pool, progress) for pool in _pools(client))


def _pools(client: httpx.AsyncClient) -> Iterator[Any]:
    for transport in (client._transport, *client._mounts.values()):
        if isinstance(transport, httpx.AsyncHTTPTransport):
            yield transport._pool


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
