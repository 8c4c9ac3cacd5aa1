"""A kept connection whose TLS has bytes for nobody gets no other request."""

from __future__ import annotations

import ssl
from typing import Any

import pytest
import trustme

from enboarder.transport.deadline import BoundStream, Deadline, bound_stream
from tests.conftest import LONG
from tests.engine import httpx

STARTED = "http11.send_request_headers.started"
REQUEST = b"GET / HTTP/1.1\r\n"


class TlsInMemory:
    """Both ends of a TLS connection without a network."""

    def __init__(self) -> None:
        authority = trustme.CA()
        serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(serving)
        calling = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        authority.configure_trust(calling)
        there = ssl.MemoryBIO()
        back = ssl.MemoryBIO()
        self.client = calling.wrap_bio(back, there, server_hostname="localhost")
        self.server = serving.wrap_bio(there, back, server_side=True)
        for end in (self.client, self.server, self.client, self.server):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                # The other end goes on.
                continue


class Stream:
    """A network stream over TLS."""

    def __init__(self, tls: ssl.SSLObject, *, is_readable: bool = False) -> None:
        self._known = {"ssl_object": tls, "is_readable": is_readable}
        self.written: list[bytes] = []

    def get_extra_info(self, name: str) -> Any:
        return self._known.get(name)

    def read(self, size: int, timeout: float | None = None) -> bytes:
        return b""

    def write(self, data: bytes, timeout: float | None = None) -> None:
        self.written.append(data)

    def start_tls(self, *arguments: Any) -> None:
        """Do nothing: TLS is there already."""


def write_twice(stream: Stream, below: BoundStream | None = None) -> None:
    """Write two requests to a stream."""
    bound = bound_stream(stream, below)
    for _ in range(2):
        deadline = Deadline(httpx, LONG)
        with deadline:
            deadline.step(STARTED, {})
            bound.write(REQUEST)


@pytest.fixture
def tls() -> TlsInMemory:
    """A TLS connection in memory."""
    return TlsInMemory()


def test_connection_without_unread_bytes_is_kept(tls: TlsInMemory) -> None:
    """The next request goes over it."""
    stream = Stream(tls.client)

    write_twice(stream)

    assert [REQUEST, REQUEST] == stream.written


def test_socket_with_unread_bytes_ends_the_connection(tls: TlsInMemory) -> None:
    """Before TLS has read them, they are bytes of the answer before as well."""
    stream = Stream(tls.client, is_readable=True)

    with pytest.raises(httpx.ConnectError):
        write_twice(stream)

    assert [REQUEST] == stream.written


def test_record_that_was_read_ahead_ends_the_connection(tls: TlsInMemory) -> None:
    """The bytes belong to the answer before, and nothing was sent after it."""
    stream = Stream(tls.client)
    tls.server.write(b"HTTP/1.1 200 OK\r\n")

    with pytest.raises(httpx.ConnectError):
        write_twice(stream)

    assert [REQUEST] == stream.written


def test_tls_that_the_service_ended_ends_the_connection(tls: TlsInMemory) -> None:
    """Its notice has come, so no answer would follow."""
    stream = Stream(tls.client)
    with pytest.raises(ssl.SSLWantReadError):
        tls.server.unwrap()

    with pytest.raises(httpx.ConnectError):
        write_twice(stream)

    assert [REQUEST] == stream.written


def test_record_for_tls_below_ends_the_connection(tls: TlsInMemory) -> None:
    """A proxy that is reached by TLS may have sent more than its tunnel holds."""
    below = bound_stream(Stream(tls.client))
    stream = Stream(TlsInMemory().client)
    tls.server.write(b"more")

    with pytest.raises(httpx.ConnectError):
        write_twice(stream, below)

    assert [REQUEST] == stream.written
