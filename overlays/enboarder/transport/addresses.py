"""Connect to the addresses of a host one by one, in the time of one attempt."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

# Each address gets at least this many seconds, if that much time is left. It is the
# shortest delay between two addresses that RFC 8305 recommends.
SHORTEST_SHARE = 0.25

# The names of the errors that the backend raises if an address does not answer. The
# backend's library is not a dependency of this package.
UNREACHED = frozenset({"ConnectError", "ConnectTimeout"})

Resolve = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the order in which to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [_numeric(family, address) for family, _, _, _, address in found]


def _numeric(family: int, address: tuple[Any, ...]) -> str:
    if family == socket.AF_INET6 and address[3]:
        # A link-local address is valid only in the zone of an interface.
        return f"{address[0].partition('%')[0]}%{address[3]}"
    return str(address[0])


class AddressByAddress:
    """A network backend that divides the time among the addresses of a host.

    The HTTP library gives each address the whole time. In its asynchronous version, it
    divides the time itself.

    Args:
        backend: the library's own backend, which opens the connections.
        library: the HTTP library.
        resolve: returns the addresses of a host.
        clock: returns seconds that never decrease.
    """

    def __init__(
        self,
        backend: Any,
        library: Any,
        resolve: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._backend = backend
        self._library = library
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
            ConnectError: the host has no address, or all of them refuse.
            ConnectTimeout: none answered in time. Both are classes of the library; the
            errors of its backend have the same names.
        """
        started_at = self._clock()
        addresses = self._addresses(host, port)
        failure: Exception = self._library.ConnectError(f"{host} has no address")
        for number, address in enumerate(addresses):
            seconds = None
            if timeout is not None:
                left = started_at + timeout - self._clock()
                seconds = _share(left, len(addresses) - number)
                if seconds <= 0:
                    raise self._library.ConnectTimeout("no address answered in time")
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
            # UnicodeError means that it is not a possible host name.
            raise self._library.ConnectError(str(error)) from None


def _share(left: float, addresses: int) -> float:
    """Return the seconds for one of the remaining addresses."""
    return min(left, max(left / addresses, SHORTEST_SHARE))
