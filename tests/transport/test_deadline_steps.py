"""What a deadline learns from the steps of a connection, and when it refuses one."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import trustme

from enboarder.transport.deadline import ClosedBeforeSending, Deadline, bound_stream
from tests.engine import httpx

FIRST_BYTES = b"HTTP/1.1 200 OK"
HEADERS = "http11.send_request_headers.started"
ANSWERED = "http11.receive_response_headers.complete"


def request(*headers: tuple[bytes, bytes]) -> Any:
    """Return a request of the library below httpx."""
    return SimpleNamespace(headers=list(headers))


def send(deadline: Deadline) -> None:
    """Begin to send a request on a connection that was opened here."""
    deadline.step(HEADERS, {"request": request()})
    deadline.begins()


def test_client_that_is_closed_opens_no_connection() -> None:
    """Not only the request is held back, but also the connection for it."""
    deadline = Deadline(httpx, 60.0, is_closed=lambda: True)

    with pytest.raises(ClosedBeforeSending):
        deadline.step("connection.connect_tcp.started", {})


def test_request_is_forgotten_when_its_attempt_ends() -> None:
    """What signs it again holds it, with the credential in its headers."""
    deadline = Deadline(httpx, 60.0)
    deadline.sign_with(lambda: "token-2")

    with deadline:
        assert "token-2" == deadline.newest_signature()

    assert deadline.newest_signature() is None


def test_request_without_a_signature_gets_none() -> None:
    """The proxy that gets a CONNECT never learns the token."""
    deadline = Deadline(httpx, 60.0)
    deadline.sign_with(lambda: "token-2")
    connect = request((b"Host", b"api.example.com:443"))
    signed = request((b"Host", b"api.example.com"), (b"Authorization", b"token-1"))

    deadline.step(HEADERS, {"request": connect})
    deadline.step(HEADERS, {"request": signed})

    assert [(b"Host", b"api.example.com:443")] == connect.headers
    assert (b"Authorization", b"token-2") == signed.headers[1]


# Answers that began before the request.


def test_answer_may_begin_in_several_pieces() -> None:
    """Its first bytes are judged together."""
    deadline = Deadline(httpx, 60.0)
    send(deadline)

    deadline.received(FIRST_BYTES[:2])

    with pytest.raises(httpx.RemoteProtocolError):
        deadline.received(b"ml>")


def test_replay_gets_no_answer_that_was_read_before_it() -> None:
    """What the first request has read says nothing about the second."""
    deadline = Deadline(httpx, 60.0)
    send(deadline)
    deadline.received(FIRST_BYTES)
    deadline.step(ANSWERED, {})

    send(deadline)

    with pytest.raises(httpx.RemoteProtocolError):
        deadline.step(ANSWERED, {})


def test_first_bytes_of_the_answer_to_a_replay_are_judged() -> None:
    """An answer that is cut in its middle is refused after a 401, too."""
    deadline = Deadline(httpx, 60.0)
    send(deadline)
    deadline.received(FIRST_BYTES)

    send(deadline)

    with pytest.raises(httpx.RemoteProtocolError):
        deadline.received(b'{"message": "ok"}')


def test_replay_may_use_a_connection_that_reports_no_reads() -> None:
    """A transport of the user's may have opened it for another client."""
    deadline = Deadline(httpx, 60.0)
    send(deadline)
    deadline.received(FIRST_BYTES)
    deadline.step(ANSWERED, {})

    deadline.step(HEADERS, {"request": request()})
    deadline.step(ANSWERED, {})


# Connections that were used, and have something to read.


class Stream:
    """A network stream that notes what is written to it."""

    def __init__(
        self,
        tls: ssl.SSLObject | None = None,
        *,
        readable: bool = False,
        below: socket.socket | None = None,
    ) -> None:
        self.written: list[bytes] = []
        self.is_closed = False
        self._extra = {"ssl_object": tls, "is_readable": readable, "socket": below}

    def get_extra_info(self, name: str) -> object:
        return self._extra[name]

    def read(self, size: int, timeout: float | None = None) -> bytes:
        return FIRST_BYTES

    def write(self, data: bytes, timeout: float | None = None) -> None:
        self.written.append(data)

    def start_tls(self, *arguments: Any) -> Any:
        raise NotImplementedError

    def close(self) -> None:
        self.is_closed = True


@cache
def authority() -> trustme.CA:
    return trustme.CA()


def tls() -> tuple[ssl.SSLObject, ssl.SSLObject, Callable[[], None]]:
    """Return both ends of TLS in memory, and what carries bytes to the client."""
    client_context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority().configure_trust(client_context)
    server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert("localhost").configure_cert(server_context)
    to_client = ssl.MemoryBIO()
    to_server = ssl.MemoryBIO()
    sent = ssl.MemoryBIO()
    client = client_context.wrap_bio(to_client, to_server, server_hostname="localhost")
    server = server_context.wrap_bio(to_server, sent, server_side=True)

    def carry() -> None:
        to_client.write(sent.read())

    for end in (client, server, client, server):
        with suppress(ssl.SSLWantReadError):
            end.do_handshake()
        carry()
    with pytest.raises(ssl.SSLWantReadError):
        # These are the session tickets, which are for nobody.
        client.read(1)
    return client, server, carry


def quiet() -> ssl.SSLObject:
    client, _, _ = tls()
    return client


def holding() -> ssl.SSLObject:
    """Return TLS that has a record which nobody has asked for."""
    client, server, carry = tls()
    server.write(b"x")
    carry()
    return client


def ended() -> ssl.SSLObject:
    """Return TLS that the service ended."""
    client, server, carry = tls()
    with pytest.raises(ssl.SSLWantReadError):
        server.unwrap()
    carry()
    return client


def broken() -> ssl.SSLObject:
    """Return TLS that gets something else."""
    to_client = ssl.MemoryBIO()
    to_client.write(b"no TLS at all")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return context.wrap_bio(to_client, ssl.MemoryBIO(), server_hostname="localhost")


def launch_twice(*streams: Stream) -> None:
    """Send two requests on a connection, which is plain at first.

    Args:
        streams: the plain one, and each TLS over the one before.
    """
    names = ["connect_tcp", *["start_tls"] * (len(streams) - 1)]
    with Deadline(httpx, 60.0) as first:
        for name, stream in zip(names, streams, strict=True):
            first.step(f"connection.{name}.complete", {"return_value": stream})
        first.step(HEADERS, {"request": request()})
        streams[-1].write(b"first")
    with Deadline(httpx, 60.0) as second:
        second.step(HEADERS, {"request": request()})
        streams[-1].write(b"second")


@pytest.mark.parametrize(
    "make_streams",
    [
        lambda: [Stream(readable=True)],
        lambda: [Stream(), Stream(holding())],
        lambda: [Stream(), Stream(ended())],
        lambda: [Stream(), Stream(broken())],
        lambda: [Stream(), Stream(holding()), Stream(quiet())],
    ],
    ids=["socket", "TLS", "end", "damage", "TLS of a proxy"],
)
def test_unread_bytes_on_a_used_connection_say_that_nothing_was_sent(
    make_streams: Callable[[], list[Stream]],
) -> None:
    """A launch can then be sent on another connection, and is not unknown."""
    streams = make_streams()

    with pytest.raises(httpx.ConnectError):
        launch_twice(*streams)

    assert [b"first"] == streams[-1].written


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_used_connection_without_unread_bytes_is_used_again(depth: int) -> None:
    """A connection in TLS, and in TLS through the TLS of a proxy, is kept."""
    streams = [Stream(), *[Stream(quiet()) for _ in range(depth)]]

    launch_twice(*streams)

    assert [b"first", b"second"] == streams[-1].written


def test_new_connection_has_nothing_of_the_one_before() -> None:
    """A call that connects twice, for example for a replay, forgets the first."""
    before = [Stream(), Stream(holding())]
    streams = [Stream(), Stream(quiet())]

    with Deadline(httpx, 60.0) as first:
        for plain, encrypted in (before, streams):
            first.step("connection.connect_tcp.complete", {"return_value": plain})
            first.step("connection.start_tls.complete", {"return_value": encrypted})
        first.step(HEADERS, {"request": request()})
        streams[-1].write(b"first")
    with Deadline(httpx, 60.0) as second:
        second.step(HEADERS, {"request": request()})
        streams[-1].write(b"second")

    assert [b"first", b"second"] == streams[-1].written


# Connections that are closed.


def test_closed_connection_wakes_its_reader() -> None:
    """A thread that waits for an answer does not wait on when the client is closed."""
    ours, theirs = socket.socketpair()
    stream = Stream(below=ours)
    bound_stream(stream)

    with ours, theirs:
        stream.close()
        theirs.settimeout(5.0)
        received = theirs.recv(1)

    assert b"" == received
    assert stream.is_closed


def test_connection_that_is_gone_can_be_closed() -> None:
    """The service was quicker, or the stream of a custom transport has no socket."""
    with socket.socket() as unconnected:
        streams = [Stream(below=unconnected), Stream(below=None)]
        for stream in streams:
            bound_stream(stream)
            stream.close()

    assert [True, True] == [stream.is_closed for stream in streams]
