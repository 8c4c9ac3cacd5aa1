"""Adapt the connection pools of the HTTP library.

No other module changes private parts of that library.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

import threading
from typing import Any

import httpx

from .addresses import AddressByAddress


def adapt_pools(client: httpx.Client) -> None:
    """Make a client's pools share a host's time, and survive signals that raise.

    The library has no option for its network backend or for its lock. So this function
    sets both in the library's pools: the pool for direct connections, and one for each
    proxy. The library's own lock is written in Python. If a signal handler raises after
    the lock is taken and before the method returns, the lock stays locked, and the call
    waits for itself forever. A lock of the interpreter has no such moment.
    """
    transports = [client._transport, *client._mounts.values()]
    for transport in transports:
        if isinstance(transport, httpx.HTTPTransport):
            pool: Any = transport._pool
            pool._network_backend = AddressByAddress(pool._network_backend)
            pool._optional_thread_lock = threading.Lock()
