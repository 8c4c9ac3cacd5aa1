"""Send the requests of an asynchronous client of httpx over aiohttp.

aiohttp reports no steps of a connection, keeps cookies, writes some URLs differently,
and sends some requests a second time by itself. Here it keeps the promises of the other
engines: a deadline for each attempt, each request sent once, and errors that say
whether it may have left.
"""

# pyright: reportUnknownMemberType=false

from __future__ import annotations

import asyncio
import base64
import select
import ssl
from collections.abc import AsyncIterator, Callable
from contextvars import ContextVar
from io import BytesIO
from typing import Any
from weakref import WeakSet

import aiohttp
import httpx
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from enboarder_api.contract import TOKEN_HEADER

from .deadline import (
    POOL_TIMEOUT,
    ClosedBeforeSending,
    Deadline,
    current_deadline,
)

# Only the wait for a free connection is limited here; the deadline limits the rest.
TIMEOUT = aiohttp.ClientTimeout(total=None, connect=POOL_TIMEOUT)
LONGEST_LINE = 65_536  # bytes of a header
MOST_HEADERS = 10_000
LARGE_BODY = 65_536
REFUSED_BY_PROXY = (aiohttp.ClientHttpProxyError, aiohttp.ClientProxyConnectionError)


class Attempt:
    """The sending of one request, until the head of its answer has come.

    Args:
        deadline: limits it, from the first step on a connection.
    """

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.limit = asyncio.timeout(None)
        self.is_connected = False
        """Whether the request has a connection, so that it may have left."""

    def begin(self) -> None:
        """Start the clock, if it does not run yet."""
        loop = asyncio.get_running_loop()
        self.limit.reschedule(loop.time() + self.deadline.left())

    def failure(self, error: Exception) -> Exception:
        """Return the error of httpx for an error of aiohttp."""
        text = str(error)
        if not self.is_connected:
            # aiohttp has no class for all errors before a request is sent.
            if isinstance(error, REFUSED_BY_PROXY):
                return httpx.ProxyError(text)
            if isinstance(error, TimeoutError):
                return httpx.ConnectTimeout(text)
            return httpx.ConnectError(text)
        if isinstance(error, TimeoutError):
            return httpx.ReadTimeout(text)
        if isinstance(error, aiohttp.ClientResponseError):
            return httpx.RemoteProtocolError(text)
        return httpx.ReadError(text)


_current: ContextVar[Attempt] = ContextVar("enboarder_attempt")


class OnceConnector(aiohttp.TCPConnector):
    """Gives each request one connection, which nobody has closed or written to."""

    _used: WeakSet[ResponseHandler]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._used = WeakSet()

    async def connect(
        self, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """Return a connection for a request that was not sent yet."""
        attempt = _current.get()
        if attempt.is_connected:
            # aiohttp would send it again, also if it is a PUT or DELETE.
            raise httpx.ReadError("the service closed the connection")
        connection = await self._connect(req, traces, timeout)
        while self._is_stale(connection):
            connection.close()
            connection = await self._connect(req, traces, timeout)
        attempt.begin()
        try:
            attempt.deadline.before_sending()
            signature = attempt.deadline.newest_signature()
            if signature is not None:
                req.headers[TOKEN_HEADER] = signature
        except BaseException:
            connection.release()
            raise
        attempt.is_connected = True
        return connection

    async def _connect(self, *arguments: Any) -> Connection:
        try:
            return await super().connect(*arguments)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self.closed and task is not None and not task.cancelling():
                # A connector that is closed cancels those that wait for a connection.
                raise ClosedBeforeSending("the client was closed") from None
            raise

    async def _create_connection(
        self, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> ResponseHandler:
        _current.get().begin()
        return await super()._create_connection(req, traces, timeout)

    def _is_stale(self, connection: Connection) -> bool:
        """Return whether a kept connection was closed, or has another answer.

        On a new connection, unread bytes belong to the TLS handshake.
        """
        protocol = connection.protocol
        if protocol is None or protocol not in self._used:
            if protocol is not None:
                self._used.add(protocol)
            return False
        return protocol.should_close or _has_unread_bytes(connection.transport)


def _has_unread_bytes(transport: asyncio.Transport | None) -> bool:
    network_socket: Any = None
    if transport is not None:
        network_socket = transport.get_extra_info("socket")
    if network_socket is None or network_socket.fileno() < 0:
        return True
    readable, _, _ = select.select([network_socket], [], [], 0)
    return bool(readable)


class AnswerStream(httpx.AsyncByteStream):
    """The body of an answer, which the deadline limits, too."""

    def __init__(self, answer: aiohttp.ClientResponse, deadline: Deadline) -> None:
        self._answer = answer
        self._deadline = deadline

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await self._piece():
            yield piece

    async def _piece(self) -> bytes:
        try:
            async with asyncio.timeout(self._deadline.bounded("ReadTimeout")):
                return await self._answer.content.readany()
        except TimeoutError:
            text = "the attempt did not end in time"
            raise httpx.ReadTimeout(text) from None
        except (aiohttp.ClientError, OSError) as error:
            raise httpx.ReadError(str(error)) from error

    async def aclose(self) -> None:
        """Give the connection back, or close it if the body was not read."""
        if self._answer.content.at_eof():
            self._answer.release()
        else:
            self._answer.close()


class AiohttpTransport(httpx.AsyncBaseTransport):
    """Sends the requests of one event loop.

    Args:
        verify: the TLS settings.
        proxy: the proxy, if requests do not go directly.
        limits: those of the pool of connections.
    """

    def __init__(
        self, verify: ssl.SSLContext, proxy: httpx.Proxy | None, limits: httpx.Limits
    ) -> None:
        self._verify = verify
        self._proxy = proxy
        self._limits = limits
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request once, and return its answer, whose body is not read yet."""
        deadline = current_deadline()
        deadline.restart()
        attempt = Attempt(deadline)
        token = _current.set(attempt)
        try:
            async with attempt.limit:
                answer = await self._sent(request)
        except (aiohttp.ClientError, OSError) as error:
            raise attempt.failure(error) from error
        finally:
            _current.reset(token)
        if answer.status == 101:
            answer.close()
            raise httpx.RemoteProtocolError("the service changed the protocol")
        return httpx.Response(
            answer.status,
            headers=answer.raw_headers,
            stream=AnswerStream(answer, deadline),
            extensions={
                "http_version": b"HTTP/1.1",
                "reason_phrase": (answer.reason or "").encode("ascii", "replace"),
            },
        )

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _sent(self, request: httpx.Request) -> aiohttp.ClientResponse:
        if self._session is None:
            self._session = self._new_session()
        return await self._session.request(
            request.method,
            # The URL is sent unchanged.
            URL(str(request.url), encoded=True),
            headers=request.headers.multi_items(),
            data=_body_of(request),
            allow_redirects=False,
            proxy=None if self._proxy is None else str(self._proxy.url),
            proxy_headers=None if self._proxy is None else _headers_of(self._proxy),
        )

    def _new_session(self) -> aiohttp.ClientSession:
        connector = OnceConnector(
            limit=self._limits.max_connections or 0,
            keepalive_timeout=self._limits.keepalive_expiry,
            ssl=self._verify,
        )
        return aiohttp.ClientSession(
            connector=connector,
            timeout=TIMEOUT,
            # No cookie is kept, and `body` decodes.
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_LINE,
            max_headers=MOST_HEADERS,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type"),
        )


def _body_of(request: httpx.Request) -> bytes | BytesIO | None:
    content = request.content
    if len(content) < LARGE_BODY:
        return content or None
    # aiohttp writes it in pieces, and warns of large bytes.
    return BytesIO(content)


def client_over_aiohttp(
    connect: Callable[..., httpx.AsyncClient], proxy: Any, **settings: Any
) -> httpx.AsyncClient:
    """Return a client.

    Args:
        connect: builds it.
        proxy: a proxy of httpx, or its URL.
        settings: the other arguments of `httpx.AsyncClient`.

    Raises:
        ValueError: it is a SOCKS proxy.
    """
    if proxy is not None and not isinstance(proxy, httpx.Proxy):
        proxy = httpx.Proxy(proxy)
    if proxy is not None and proxy.url.scheme.startswith("socks"):
        raise ValueError("it knows no SOCKS proxy; choose httpx or httpx2")
    verify = settings["verify"]
    settings["transport"] = AiohttpTransport(verify, proxy, settings["limits"])
    return connect(**settings)


def _headers_of(proxy: httpx.Proxy) -> dict[str, str]:
    headers = dict(proxy.headers)
    if proxy.auth is not None:
        pair = ":".join(proxy.auth).encode()
        headers["Proxy-Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
    return headers
