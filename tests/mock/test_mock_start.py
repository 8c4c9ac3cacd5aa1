"""How a mock ends that cannot serve: with an error, and without a leftover."""

from __future__ import annotations

import os
import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from enboarder.mock import MockServer

STACK = 1 << 46  # bytes, more than any address space has


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def is_free(port: int) -> bool:
    """Return whether nobody listens on a port."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def descriptors_left(number: int) -> Iterator[None]:
    """Let this process open so many files, and no more."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    opened = [os.open(os.devnull, os.O_RDONLY)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (opened[0] + 64, limits[1]))
    try:
        while True:
            try:
                opened.append(os.open(os.devnull, os.O_RDONLY))
            except OSError:
                break
        for _ in range(number):
            os.close(opened.pop())
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        for descriptor in opened:
            os.close(descriptor)


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
    """Nobody waits without end, and the error says why."""
    port = free_port()
    server = MockServer(port)

    with (
        descriptors_left(1),
        pytest.raises(RuntimeError, match="Too many open files"),
        server,
    ):
        raise AssertionError("a server without an event loop was entered")
    assert is_free(port)
    assert f"enboarder.mock:{port}" not in [one.name for one in threading.enumerate()]


def test_port_that_was_taken_may_be_tried_again() -> None:
    """A server that never listened can still be entered."""
    with MockServer() as other:
        port = int(other.base_url.rpartition(":")[2])
        server = MockServer(port)
        with pytest.raises(OSError, match="in use"), server:
            raise AssertionError("a taken port was entered")
    with server:
        assert not is_free(port)
