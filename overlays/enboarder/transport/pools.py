"""What the pools of the HTTP library lack, and what this sets in them.

It is the one place that reaches into private parts of that library.
"""

from __future__ import annotations

import threading
from typing import Any

import httpx

from .addresses import AddressByAddress


def adapt_pools(client: httpx.Client) -> None:
    """Make a client's pools share a host's time, and survive signals that raise.

    The library has no option for its network backend or for its lock, so this sets them
    in the pools that it made: the one for direct connections, and one for each proxy.
    Its own lock is written in Python: a signal handler that raises between taking the
    lock and returning leaves it locked, and the call then waits for itself for ever. A
    lock of the interpreter has no such moment.
    """
    transports = [client._transport, *client._mounts.values()]
    for transport in transports:
        if isinstance(transport, httpx.HTTPTransport):
            pool: Any = transport._pool
            pool._network_backend = AddressByAddress(pool._network_backend)
            pool._optional_thread_lock = threading.Lock()
