"""How a mock ends that cannot serve: with an error, and without a leftover."""

from __future__ import annotations

import gc
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from enboarder.mock import MockServer
from enboarder.mock.http.background_server import BackgroundServer
from tests.mock.conftest import connect

STACK = 1 << 46  # bytes, more than any address space has


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def is_free(port: int) -> bool:
    """Return whether nobody listens on a port."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture
def _no_thread_starts() -> Iterator[None]:
    """Ask for threads with more memory than there is."""
    former = threading.stack_size(STACK)
    yield
    threading.stack_size(former)


@pytest.mark.usefixtures("_no_thread_starts")
def test_thread_that_cannot_start_is_an_error() -> None:
    """The port is free again at once."""
    port = free_port()
    server = MockServer(port)

    with pytest.raises(RuntimeError, match="thread"), server:
        raise AssertionError("a server without a thread was entered")
    assert is_free(port)


@pytest.mark.timeout(20)
def test_thread_that_ends_before_it_serves_is_an_error() -> None:
    """Nobody waits without end, and no thread is left."""
    port = free_port()
    not_there: Any = "enboarder.no_such_module:application"

    with pytest.raises(RuntimeError, match="cannot serve"):
        BackgroundServer(not_there).start(port)
    assert is_free(port)
    assert f"enboarder.mock:{port}" not in [one.name for one in threading.enumerate()]


def test_port_that_was_taken_may_be_tried_again() -> None:
    """A server that never listened can still be entered."""
    with MockServer() as other:
        port = int(other.base_url.rpartition(":")[2])
        server = MockServer(port)
        with pytest.raises(OSError, match="in use"), server:
            raise AssertionError("a taken port was entered")
    with server, connect(server) as client:
        assert client.get("/brand/all").status_code == 403


def test_connection_that_was_just_accepted_is_closed() -> None:
    """The end of a server leaves no socket open, which Python would warn of."""
    for _ in range(2):
        with MockServer() as mock:
            host, port = mock.base_url.removeprefix("http://").split(":")
            socket.create_connection((host, int(port))).close()
    gc.collect()
