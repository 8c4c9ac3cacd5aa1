"""Send a reply to the client, or as much of it as its fault allows."""

from __future__ import annotations

import asyncio
from email.utils import formatdate

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..messages import Reply


class Connection(H11Protocol):
    """A connection that the application may close."""

    def connection_made(  # type: ignore[override]
        self, transport: asyncio.Transport
    ) -> None:
        """Give the transport to the application."""
        super().connection_made(transport)
        self.app_state = {"transport": transport}

    def shutdown(self) -> None:
        """Close at once, because an answer may wait forever."""
        super().shutdown()
        self.transport.close()


class Delivery(Response):
    """A reply on its way."""

    def __init__(self, reply: Reply) -> None:
        headers = {"date": formatdate(usegmt=True)}
        if reply.content is not None:
            headers["content-type"] = "application/json"
        headers.update(reply.headers)
        super().__init__(reply.content, reply.status, headers)
        self._delay = reply.delay
        self._mode = reply.delivery

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send as much of the reply as its fault allows."""
        if self._delay and await _has_gone(receive, self._delay):
            return
        if self._mode == "whole":
            await super().__call__(scope, receive, send)
            return
        if self._mode == "half":
            await self._send_half(send)
        if self._mode != "never":
            scope["state"]["transport"].close()
        # Without this wait, uvicorn would send its own answer.
        await _has_gone(receive)

    async def _send_half(self, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        await send(
            {
                "type": "http.response.body",
                "body": self.body[: len(self.body) // 2],
                "more_body": True,
            }
        )


async def _has_gone(receive: Receive, seconds: float | None = None) -> bool:
    """Wait until the connection ends, and return whether it has.

    The request was read to its end, so the end of the connection is all that can
    still be received.

    Args:
        receive: The channel of the request.
        seconds: The longest wait; None for no limit.
    """
    try:
        async with asyncio.timeout(seconds):
            await receive()
    except TimeoutError:
        return False
    return True
