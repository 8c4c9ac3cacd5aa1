"""The deadline of an attempt, and the longest body that it accepts."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import httpx

from ..errors import ConfigurationError

# A request may wait this long (seconds) for a free connection: a thousand tasks queue
# instead of failing. The deadline of an attempt does not count this wait.
POOL_TIMEOUT = 600.0

_current: ContextVar[Deadline | None] = ContextVar("enboarder_deadline", default=None)


def _is_open() -> bool:
    return False


class Deadline:
    """Bounds one attempt as a whole, from connecting to the last byte of the answer.

    httpx bounds each step alone, and of a body only the wait for each piece: an answer
    that arrives byte by byte would never end. A deadline begins with the first step on
    a connection, so the wait for a free one does not count. It is current for the call
    that made it, in a context variable, where the connections of that call find it.
    """

    def __init__(
        self, seconds: float, longest: float, is_closed: Callable[[], bool] = _is_open
    ) -> None:
        self._seconds = seconds
        self._longest = longest
        self._is_closed = is_closed
        self._ends_at: float | None = None
        self._has_read = False

    @contextmanager
    def current(self) -> Generator[None]:
        """Let the connections that are used inside obey this deadline."""
        token = _current.set(self)
        try:
            yield
        finally:
            # A coroutine that nobody awaits any more is closed in another context,
            # where there is nothing to reset.
            with suppress(ValueError):
                _current.reset(token)

    def timeouts(self) -> dict[str, float]:
        """Return the `timeout` of httpx: no step gets more than the whole."""
        return {
            "connect": self._seconds,
            "write": self._seconds,
            "read": self._seconds,
            "pool": POOL_TIMEOUT,
        }

    def left(self) -> float:
        """Return the seconds that are left; 0 or less when time is up."""
        now = time.monotonic()
        if self._ends_at is None:
            self._ends_at = now + self._seconds
        return self._ends_at - now

    def accept(self, size: int) -> None:
        """Accept a body that has this many bytes so far.

        Raises:
            httpx.ReadError: it is longer than the longest.
        """
        if size > self._longest:
            raise httpx.ReadError("the answer is too long")

    def step(self, event: str, details: Mapping[str, Any]) -> None:
        """Follow the connection; httpx calls this at each step (`trace`)."""
        if event.endswith("response_closed.complete"):
            # The replay of a request after a 401 has its own time.
            self._ends_at = None
            return
        self.left()
        if event.endswith("send_request_headers.started"):
            self._before_sending()
        elif event.endswith("receive_response_headers.complete"):
            self._after_answer()
        elif event.endswith(("connect_tcp.complete", "start_tls.complete")):
            bound_stream(details["return_value"])

    async def step_async(self, event: str, details: Mapping[str, Any]) -> None:
        """Follow an asynchronous connection."""
        self.step(event, details)

    def read_now(self) -> None:
        """Note that the connection is read."""
        self._has_read = True

    def _before_sending(self) -> None:
        """Refuse to send too late; both errors say that nothing was sent."""
        if self._is_closed():
            raise ConfigurationError(
                "the client was closed while this call waited for a connection; "
                "nothing was sent"
            )
        if self.left() <= 0:
            raise httpx.ConnectTimeout("connecting took all the time")
        self._has_read = False

    def _after_answer(self) -> None:
        """Refuse an answer that was there before the request: it belongs to another."""
        if not self._has_read:
            raise httpx.RemoteProtocolError(
                "the answer was waiting on the connection before the request was sent"
            )


def bound_stream(stream: Any) -> None:
    """Give each step of a network stream only the time that its attempt has left.

    This is the one place where the HTTP library is patched: it grants each piece of an
    answer the whole timeout, and takes no stream or timeout of another kind. The
    methods are replaced on this stream alone. Those of an asynchronous stream return
    awaitables, which pass through unchanged.
    """
    read = stream.read
    write = stream.write
    start_tls = stream.start_tls

    def bounded_read(size: int, timeout: float | None = None) -> Any:
        deadline = _current.get()
        if deadline is not None:
            deadline.read_now()
        return read(size, _bounded(timeout, httpx.ReadTimeout))

    def bounded_write(data: bytes, timeout: float | None = None) -> Any:
        return write(data, _bounded(timeout, httpx.WriteTimeout))

    def bounded_start_tls(
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Any:
        seconds = _bounded(timeout, httpx.ConnectTimeout)
        return start_tls(ssl_context, server_hostname, seconds)

    stream.read = bounded_read
    stream.write = bounded_write
    stream.start_tls = bounded_start_tls


def _bounded(
    timeout: float | None, error: type[httpx.TimeoutException]
) -> float | None:
    """Return the seconds that a step may take; raise the error when time is up."""
    deadline = _current.get()
    if deadline is None:
        return timeout
    left = deadline.left()
    if left <= 0:
        raise error("the attempt did not end in time")
    return left
