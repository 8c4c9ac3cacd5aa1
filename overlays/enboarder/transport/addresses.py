"""Connect to the addresses of a host one by one, in the time of one attempt."""

# The pools of the HTTP library are private: see `connect_one_by_one`.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpx

# An address gets this many seconds at least, while there are any left: the shortest
# delay between two addresses that RFC 8305 recommends.
SHORTEST_SHARE = 0.25

# What the backend raises when an address does not answer. Its library is not ours to
# import.
UNREACHED = frozenset({"ConnectError", "ConnectTimeout"})

Resolve = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the order in which to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [_numeric(family, address) for family, _, _, _, address in found]


def _numeric(family: int, address: tuple[Any, ...]) -> str:
    if family == socket.AF_INET6 and address[3]:
        # A link-local address counts within the zone of an interface only.
        return f"{address[0].partition('%')[0]}%{address[3]}"
    return str(address[0])


class AddressByAddress:
    """A network backend that divides the time among the addresses of a host.

    The HTTP library grants each address the whole time. Its asynchronous side divides
    the time itself.

    Args:
        backend: that of the library, which opens the connections.
        resolve: returns the addresses of a host.
        clock: returns seconds that only grow.
    """

    def __init__(
        self,
        backend: Any,
        resolve: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._backend = backend
        self._resolve = resolve
        self._clock = clock

    def connect_unix_socket(self, *arguments: Any, **options: Any) -> Any:
        """Return a connection to a socket of this machine."""
        return self._backend.connect_unix_socket(*arguments, **options)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._backend.sleep(seconds)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Any:
        """Return a connection to the first address that answers.

        Raises:
            httpx.ConnectError: the host has no address, or all of them refuse.
            httpx.ConnectTimeout: none answered in time. What the backend raises has the
                same names.
        """
        started_at = self._clock()
        addresses = self._addresses(host, port)
        failure: Exception = httpx.ConnectError(f"{host} has no address")
        for number, address in enumerate(addresses):
            seconds = None
            if timeout is not None:
                left = started_at + timeout - self._clock()
                seconds = _share(left, len(addresses) - number)
                if seconds <= 0:
                    raise httpx.ConnectTimeout("no address answered in time")
            try:
                return self._backend.connect_tcp(
                    address, port, seconds, local_address, socket_options
                )
            except Exception as error:
                if type(error).__name__ not in UNREACHED:
                    raise
                failure = error
        raise failure

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            return self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            # UnicodeError: it cannot be a host name.
            raise httpx.ConnectError(str(error)) from None


def _share(left: float, addresses: int) -> float:
    """Return the seconds for one of the addresses that are still to be tried."""
    return min(left, max(left / addresses, SHORTEST_SHARE))
