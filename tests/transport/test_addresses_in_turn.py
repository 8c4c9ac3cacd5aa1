"""What each address of a host gets, and what is said when none answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpcore
import pytest

from enboarder.transport.addresses import AddressByAddress, resolve
from tests.conftest import FakeClock
from tests.engine import httpx

ADDRESSES = ["192.0.2.1", "192.0.2.2", "192.0.2.3"]


class Backend:
    """Takes some time to fail for each address, and notes what it is given."""

    def __init__(self, time: FakeClock, *errors: Exception, lasts: float = 0.0):
        self._time = time
        self._errors = list(errors)
        self._lasts = lasts
        self.given: list[tuple[Any, ...]] = []

    def connect_tcp(self, *arguments: Any) -> str:
        self.given.append(arguments)
        self._time.pass_time(self._lasts)
        if self._errors:
            raise self._errors.pop(0)
        return "stream"

    def connect_unix_socket(self, *arguments: Any, **options: Any) -> str:
        self.given.append((*arguments, options))
        return "stream"

    def sleep(self, seconds: float) -> None:
        self.given.append((seconds,))


def in_turn(
    time: FakeClock,
    backend: Backend,
    addresses: Sequence[str] = ADDRESSES,
    resolving: float = 0.0,
) -> AddressByAddress:
    """Return a backend for a host whose name takes some time to resolve."""

    def resolve(*_: object) -> Sequence[str]:
        time.pass_time(resolving)
        return addresses

    return AddressByAddress(backend, httpx, resolve, time.clock.monotonic)


def test_each_address_gets_an_equal_share(time: FakeClock) -> None:
    """Addresses that were tried do not make the shares of the others smaller."""
    backend = Backend(time, *[httpcore.ConnectTimeout()] * 3, lasts=3.0)

    with pytest.raises(httpcore.ConnectTimeout):
        in_turn(time, backend).connect_tcp("api.example.com", 443, timeout=9.0)

    assert [3.0, 3.0, 3.0] == [seconds for _, _, seconds, *_ in backend.given]


def test_looking_up_the_name_takes_from_the_same_time(time: FakeClock) -> None:
    """A slow name server does not make the attempt longer."""
    backend = Backend(time)

    in_turn(time, backend, ADDRESSES[:1], resolving=3.0).connect_tcp(
        "api.example.com", 443, timeout=4.0
    )

    assert [(ADDRESSES[0], 443, 1.0, None, None)] == backend.given


def test_no_address_is_tried_without_time(time: FakeClock) -> None:
    """The name took all of it, so nothing was sent."""
    backend = Backend(time)

    with pytest.raises(httpx.ConnectTimeout):
        in_turn(time, backend, resolving=4.0).connect_tcp(
            "api.example.com", 443, timeout=4.0
        )

    assert [] == backend.given


def test_reason_is_that_of_the_last_address(time: FakeClock) -> None:
    """It is the one that was tried most recently."""
    errors = [httpcore.ConnectError(text) for text in ("first", "second", "third")]
    backend = Backend(time, *errors)

    with pytest.raises(httpcore.ConnectError, match="third"):
        in_turn(time, backend).connect_tcp("api.example.com", 443, timeout=9.0)


def test_surprise_ends_the_search(time: FakeClock) -> None:
    """An error that does not speak of the address would come again."""
    backend = Backend(time, KeyError("x"))

    with pytest.raises(KeyError):
        in_turn(time, backend).connect_tcp("api.example.com", 443, timeout=9.0)

    assert 1 == len(backend.given)


def test_each_address_is_connected_from_the_same_place(time: FakeClock) -> None:
    """The address of this machine, and the options of the socket, are passed on."""
    backend = Backend(time, httpcore.ConnectError())
    options = [(6, 1, 1)]

    in_turn(time, backend).connect_tcp(
        "api.example.com", 443, None, "127.0.0.9", options
    )

    assert [
        (ADDRESSES[0], 443, None, "127.0.0.9", options),
        (ADDRESSES[1], 443, None, "127.0.0.9", options),
    ] == backend.given


def test_other_calls_reach_the_backend(time: FakeClock) -> None:
    """A custom transport may use a socket of this machine."""
    backend = Backend(time)
    adapted = in_turn(time, backend)

    assert "stream" == adapted.connect_unix_socket("/run/api", timeout=1.0)
    adapted.sleep(0.5)

    assert [("/run/api", {"timeout": 1.0}), (0.5,)] == backend.given


def test_each_address_is_listed_once() -> None:
    """Otherwise each would get a part of its share several times."""
    found = resolve("localhost", 80)

    assert len(set(found)) == len(found)
