"""How a reply reaches the client, or does not: answers that wait, and connections that end early."""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from .exchange import Reply


class Connection(H11Protocol):
    """A connection that the application may close, and that does not outlive the server."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Hand the transport to the application."""
        super().connection_made(transport)
        self.app_state = {"transport": transport}

    def shutdown(self) -> None:
        """Close, although an answer may be waiting: the wait could be without end."""
        super().shutdown()
        self.transport.close()


class Delivery(Response):
    """A reply on its way."""

    def __init__(self, reply: Reply) -> None:
        headers = {} if reply.content is None else {"content-type": "application/json"}
        super().__init__(reply.content, reply.status, {**headers, **reply.headers})
        self._delay, self._delivery = reply.delay, reply.delivery

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it as its fault wants it."""
        if self._delay and await _gone(receive, self._delay):
            return
        if self._delivery == "whole":
            await super().__call__(scope, receive, send)
            return
        if self._delivery == "half":
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": self.body[: len(self.body) // 2], "more_body": True})
        if self._delivery != "never":
            scope["state"]["transport"].close()
        await _gone(receive)  # until then uvicorn would make up an answer


async def _gone(receive: Receive, seconds: float | None = None) -> bool:
    """Wait until the connection has ended, but no longer than that; returns whether it has.

    The request was read to its end, so that all that can be received is that the connection has ended.
    """
    try:
        async with asyncio.timeout(seconds):
            await receive()
    except TimeoutError:
        return False
    return True
