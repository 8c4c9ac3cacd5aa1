"""The deadline of an attempt, which each step on its connection has to obey."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import ContextVar, Token
from typing import Any, Self

from enboarder_api.contract import TOKEN_HEADER

# Seconds that a request may wait for a free connection, so that a thousand tasks form a
# queue instead of failing. This wait does not count for the deadline.
POOL_TIMEOUT = 600.0
STATUS_LINE = b"HTTP/"
SIGNED = TOKEN_HEADER.lower().encode()

SignAgain = Callable[[], str | None]

_current: ContextVar[Deadline | None] = ContextVar("enboarder_deadline", default=None)


class ClosedBeforeSending(Exception):
    """The client was closed before the request was written to a connection."""


def never_closed() -> bool:
    """Return False, for a client that only one call uses."""
    return False


def _unchanged() -> None:
    """Leave the signature of a request unchanged."""


class Deadline:
    """Limits a whole attempt, from connecting to the last byte of the answer.

    The library limits each step separately, and for a body only the wait for each
    piece, so an answer that arrives byte by byte might never end. A deadline begins
    with the first step on a connection, so the wait for a free one does not count.

    In its `with` block, the connections that are used obey it: they find it in a
    context variable.

    Args:
        library: the HTTP library, whose errors are raised.
        seconds: for the attempt.
        is_closed: returns whether the client has been closed in the meantime.
    """

    def __init__(
        self,
        library: Any,
        seconds: float,
        is_closed: Callable[[], bool] = never_closed,
    ) -> None:
        self._library = library
        self._seconds = seconds
        self._is_closed = is_closed
        self._ends_at: float | None = None
        self._is_unsent = False
        # The stream that was opened last; TLS may go over it.
        self._opened: BoundStream | None = None
        # Whether the connection was opened here and therefore reports its reads.
        self._is_watched = False
        self._has_read = False
        # The first bytes that were read after the request was sent; None before that.
        self._start: bytes | None = None
        self._sign_again: SignAgain = _unchanged
        self._before: Token[Deadline | None] | None = None

    def __enter__(self) -> Self:
        self._before = _current.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._before is not None
        # If nobody awaits a coroutine any more, it is closed in another context, where
        # there is nothing to reset.
        with suppress(ValueError):
            _current.reset(self._before)
        # It holds the request, which refers to this deadline.
        self._sign_again = _unchanged

    def sign_with(self, sign_again: SignAgain) -> None:
        """Sign the request again when it is sent.

        Its token may expire while it waits for a connection.

        Args:
            sign_again: returns the new value of `Authorization`, or None.
        """
        self._sign_again = sign_again

    def newest_signature(self) -> str | None:
        """Return the value of `Authorization` to send instead; None if it is right."""
        return self._sign_again()

    def timeouts(self) -> dict[str, float]:
        """Return the `timeout` of a request: no step gets more than the whole time."""
        return {
            "connect": self._seconds,
            "write": self._seconds,
            "read": self._seconds,
            "pool": POOL_TIMEOUT,
        }

    def left(self) -> float:
        """Return the seconds that are left; 0 or less if the time is over."""
        now = time.monotonic()
        if self._ends_at is None:
            self._ends_at = now + self._seconds
        return self._ends_at - now

    def restart(self) -> None:
        """Give the next request its own time: after a 401, it is sent again."""
        self._ends_at = None

    def step(self, event: str, details: Mapping[str, Any]) -> None:
        """Follow the connection; the library calls this at each step (`trace`)."""
        # Its first part is the kind of the connection.
        match event.partition(".")[2]:
            case "connect_tcp.started":
                self.before_sending()
            case "connect_tcp.complete":
                self._opened = bound_stream(details["return_value"])
            case "start_tls.complete":
                self._opened = bound_stream(details["return_value"], self._opened)
            case "send_request_headers.started":
                self._on_sending(details)
            case "receive_response_headers.complete":
                self._on_answer()
            case "response_closed.complete":
                self.restart()
            case _:
                # The other steps change nothing.
                pass

    async def step_async(self, event: str, details: Mapping[str, Any]) -> None:
        """Follow an asynchronous connection."""
        self.step(event, details)

    def _on_sending(self, details: Mapping[str, Any]) -> None:
        self.before_sending()
        signature = self.newest_signature()
        if signature is not None:
            _sign(details["request"], signature)
        self._is_unsent = True
        self._is_watched = False
        self._has_read = False
        self._start = b""

    def _on_answer(self) -> None:
        """Refuse an answer that began before the request: it belongs to another one."""
        if self._is_watched and not self._has_read:
            raise self._not_ours()

    def begins(self) -> bool:
        """Return whether the first bytes of a request are about to be written."""
        begins = self._is_unsent
        self._is_unsent = False
        self._is_watched = True
        return begins

    def received(self, data: bytes) -> None:
        """Check the data that was read from the connection.

        Raises:
            RemoteProtocolError: the data belongs to an answer that began before the
            request.
        """
        self._has_read = True
        if self._start is None or len(self._start) >= len(STATUS_LINE):
            return
        self._start = (self._start + data)[: len(STATUS_LINE)]
        if not STATUS_LINE.startswith(self._start):
            raise self._not_ours()

    def before_sending(self) -> None:
        """Refuse to send if it is too late; both errors say that nothing was sent."""
        if self._is_closed():
            raise ClosedBeforeSending("the client was closed")
        if self.left() <= 0:
            text = "connecting used up the whole timeout"
            raise self._library.ConnectTimeout(text)

    def _not_ours(self) -> Exception:
        text = "the answer began before the request was sent"
        error: Exception = self._library.RemoteProtocolError(text)
        return error

    def bounded(self, error: str) -> float:
        """Return the seconds that a step may take.

        Args:
            error: the name of the error that is raised if no time is left.
        """
        left = self.left()
        if left <= 0:
            raise getattr(self._library, error)("the attempt did not end in time")
        return left

    def closed_by_service(self) -> Exception:
        """Return the error for a connection that was kept, and cannot be used."""
        text = "the service closed a connection that was kept"
        error: Exception = self._library.ConnectError(text)
        return error


def _sign(request: Any, signature: str) -> None:
    """Replace the signature in the headers that the library is about to write.

    The request may be the CONNECT of a proxy, which has no signature.
    """
    headers: list[tuple[bytes, bytes]] = request.headers
    request.headers = [
        (name, signature.encode() if name.lower() == SIGNED else value)
        for name, value in headers
    ]


def bound_stream(stream: Any, below: BoundStream | None = None) -> BoundStream:
    """Let a network stream obey the deadline of the attempt that uses it.

    This patches the HTTP library, because the library gives each piece of an answer the
    whole timeout, and accepts no other kind of stream or timeout. Only the methods of
    this stream are replaced.

    Args:
        stream: one of the HTTP library.
        below: the stream that TLS goes over.
    """
    if hasattr(stream, "aclose"):
        # This method of an asynchronous stream wakes its reader by itself.
        bound: BoundStream = AwaitedBoundStream(stream, below)
    else:
        bound = BoundStream(stream, below)
        stream.close = bound.close
    stream.read = bound.read
    stream.write = bound.write
    stream.start_tls = bound.start_tls
    return bound


def current_deadline() -> Deadline:
    """Return the deadline of the current call."""
    deadline = _current.get()
    assert deadline is not None
    return deadline


class BoundStream:
    """The methods of a stream that obeys deadlines."""

    def __init__(self, stream: Any, below: BoundStream | None = None) -> None:
        self._stream = stream
        self._below = below
        self._read = stream.read
        self._write = stream.write
        self._start_tls = stream.start_tls
        self._close: Callable[[], None] | None = getattr(stream, "close", None)
        self._was_used = False

    def read(self, size: int, timeout: float | None = None) -> Any:
        """Read in time, and refuse data that does not begin like an answer."""
        return _received(self._read(size, _bounded(timeout, "ReadTimeout")))

    def write(self, data: bytes, timeout: float | None = None) -> Any:
        """Write in time, but no request to a connection that has unread bytes."""
        if not data:
            # The library passes an empty body on, which takes no time.
            return self._write(data, timeout)
        deadline = _current.get()
        if deadline is not None and deadline.begins():
            self._refuse_unread_bytes(deadline)
        return self._write(data, _bounded(timeout, "WriteTimeout"))

    def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Any:
        """Shake hands in time."""
        seconds = _bounded(timeout, "ConnectTimeout")
        return self._start_tls(ssl_context, server_hostname, seconds)

    def close(self) -> None:
        """Close a blocking stream, and wake the thread that may be reading from it."""
        network_socket = self._stream.get_extra_info("socket")
        with suppress(OSError, TypeError):
            # This is not the method of a TLS socket, because that would go on in plain
            # text.
            socket.socket.shutdown(network_socket, socket.SHUT_RDWR)
        if self._close is not None:
            self._close()

    def _refuse_unread_bytes(self, deadline: Deadline) -> None:
        """Refuse to reuse a connection that was closed, or has another answer.

        On a new connection, unread bytes belong to the TLS handshake.
        """
        was_used = self._was_used
        self._was_used = True
        if not was_used:
            return
        if self._stream.get_extra_info("is_readable") or self._has_read_ahead():
            raise deadline.closed_by_service()

    def _has_read_ahead(self) -> bool:
        """Return whether TLS has read what nobody has asked for yet.

        It may have come with the answer before, in a record of its own.
        """
        if _holds_record(self._stream.get_extra_info("ssl_object")):
            return True
        return self._below is not None and self._below._has_read_ahead()


class AwaitedBoundStream(BoundStream):
    """The methods of an asynchronous stream; they return awaitables."""

    async def read(self, size: int, timeout: float | None = None) -> bytes:
        """Read in time, and refuse data that does not begin like an answer."""
        return _received(await self._read(size, _bounded(timeout, "ReadTimeout")))


def _holds_record(tls: object) -> bool:
    """Return whether TLS that gets its bytes from memory has any for its user."""
    if not isinstance(tls, ssl.SSLObject):
        # TLS on a socket reads one record at a time, and leaves the others there.
        return False
    try:
        # What this reads is lost, with the connection.
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        # The service ended TLS.
        return True
    return True


def _received(data: bytes) -> bytes:
    deadline = _current.get()
    if deadline is not None:
        deadline.received(data)
    return data


def _bounded(timeout: float | None, error: str) -> float | None:
    deadline = _current.get()
    return timeout if deadline is None else deadline.bounded(error)
