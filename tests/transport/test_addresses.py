"""All addresses of a host together get the time of one attempt."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpcore
import pytest

from enboarder import ApiKey, ConnectionFailed, Enboarder, RetryPolicy
from enboarder.transport import addresses
from enboarder.transport.addresses import AddressByAddress, resolve
from tests.conftest import basic_launch, loopback, reply
from tests.engine import httpx

SILENT = ["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"]
ONCE = RetryPolicy(attempts=1)
BACKEND = httpcore.SyncBackend()


@pytest.fixture(scope="module")
def silent_port() -> Iterator[int]:
    """A port on which four loopback addresses answer nothing: their queues are full."""
    with ExitStack() as stack:
        first = stack.enter_context(socket.socket())
        first.bind((SILENT[0], 0))
        port = int(first.getsockname()[1])
        first.listen(0)
        for address in SILENT[1:]:
            listener = stack.enter_context(socket.socket())
            listener.bind((address, port))
            listener.listen(0)
        for address in SILENT:
            for _ in range(3):
                waiting = stack.enter_context(socket.socket())
                waiting.setblocking(False)
                waiting.connect_ex((address, port))
        yield port


def elapsed(work: Any) -> float:
    """Return how long a call takes that must fail."""
    started_at = time.monotonic()
    with pytest.raises((httpx.ConnectTimeout, httpcore.ConnectTimeout)):
        work()
    return time.monotonic() - started_at


def test_silent_addresses_share_the_time(silent_port: int) -> None:
    """Four silent addresses take one timeout in total, not four."""
    backend = AddressByAddress(BACKEND, httpx, lambda *_: SILENT)

    def connect() -> None:
        backend.connect_tcp("api.example.com", silent_port, timeout=1.2)

    assert 1.0 <= elapsed(connect) < 4 * 1.2


def test_address_after_silent_ones_is_reached(silent_port: int) -> None:
    """The last address gets its share, too."""
    with loopback(lambda handler: reply(handler, 200, {})) as (url, _):
        port = int(url.rpartition(":")[2])
        # Nobody listens on this port of the other address, which refuses at once.
        backend = AddressByAddress(
            BACKEND, httpx, lambda *_: ["127.0.0.9", "127.0.0.1"]
        )

        stream = backend.connect_tcp("api.example.com", port, timeout=5.0)

        assert stream.get_extra_info("server_addr") == ("127.0.0.1", port)
        stream.close()


def test_each_address_gets_a_quarter_of_a_second(silent_port: int) -> None:
    """A short time is not split into parts that are too short for an answer."""
    tried: list[str] = []

    class Noting(httpcore.SyncBackend):
        def connect_tcp(self, host: str, *arguments: Any, **options: Any) -> Any:
            tried.append(host)
            return super().connect_tcp(host, *arguments, **options)

    backend = AddressByAddress(Noting(), httpx, lambda *_: SILENT)

    def connect() -> None:
        backend.connect_tcp("api.example.com", silent_port, timeout=0.4)

    elapsed(connect)
    assert tried == SILENT[:2]


@pytest.mark.parametrize(
    ("left", "number", "share"),
    [(8.0, 4, 2.0), (8.0, 1, 8.0), (0.4, 4, 0.25), (0.1, 4, 0.1)],
)
def test_time_is_divided_among_the_addresses_that_are_left(
    left: float, number: int, share: float
) -> None:
    """Each gets an equal part, at least 0.25 s, and never more than there is."""
    assert addresses._share(left, number) == share


@pytest.mark.parametrize(
    "error", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label")]
)
def test_name_without_an_address_is_a_failed_connection(error: Exception) -> None:
    """If a host cannot be resolved, nothing was sent, and the reason is known."""

    def fail(*_: Any) -> list[str]:
        raise error

    with pytest.raises(httpx.ConnectError) as caught:
        AddressByAddress(BACKEND, httpx, fail).connect_tcp(
            "api.example.com", 443, timeout=1.0
        )

    assert str(error) == str(caught.value)


def test_host_without_any_address_is_a_failed_connection() -> None:
    """An empty list is an error, too."""
    with pytest.raises(httpx.ConnectError, match="no address"):
        AddressByAddress(BACKEND, httpx, lambda *_: []).connect_tcp(
            "api.example.com", 443
        )


def test_addresses_are_numbers() -> None:
    """The name is looked up once."""
    assert "127.0.0.1" in resolve("localhost", 80)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (("::1", 80, 0, 0), "::1"),
        (("fe80::1", 80, 0, 2), "fe80::1%2"),
        (("fe80::1%eth0", 80, 0, 2), "fe80::1%2"),
    ],
)
def test_zone_of_an_address_is_kept(found: Any, expected: str) -> None:
    """A link-local address is reached by one interface only."""
    assert addresses._numeric(socket.AF_INET6, found) == expected


def test_launch_to_silent_addresses_fails_in_time(
    silent_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`timeout` limits all addresses of a host together; nothing was sent."""
    places = [(each, silent_port) for each in SILENT]
    listed = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]
    usual = socket.getaddrinfo

    def look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        if host == "localhost":
            return listed
        return usual(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    url = f"http://localhost:{silent_port}"
    started_at = time.monotonic()
    with (
        Enboarder(ApiKey("key"), base_url=url, timeout=1.0, retry=ONCE) as enboarder,
        pytest.raises(ConnectionFailed),
    ):
        enboarder.workflows.launch_basic(basic_launch())

    assert time.monotonic() - started_at < 3.5


def test_asynchronous_connections_divide_the_time_already(
    silent_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The HTTP library limits all addresses of a host together."""

    async def look_up(*_: Any, **__: Any) -> Any:
        listed = [(each, silent_port) for each in SILENT]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", each) for each in listed]

    async def connect() -> None:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "getaddrinfo", look_up)
        async with httpx.AsyncClient(timeout=1.0) as client:
            await client.get(f"http://api.example.com:{silent_port}")

    started_at = time.monotonic()
    with pytest.raises(httpx.ConnectTimeout):
        asyncio.run(connect())

    assert time.monotonic() - started_at < 3.5
