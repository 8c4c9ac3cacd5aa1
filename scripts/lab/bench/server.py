"""The service with which all are measured: tokens and reads on a loopback port.

`site` starts it in its own process. It prints its port, and ends when its standard
input does, so with its parent.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

TOKEN_BYTES = 900
"""About the length of a signed token of the vendor's platform."""
PROFILE = {
    "id": "p1",
    "firstName": "Alex",
    "lastName": "Example",
    "contact": {"email": "alex@example.com"},
}


class Request(NamedTuple):
    """A request, as far as it matters here."""

    method: str
    path: str
    authorization: str
    body: bytes


class Reply(NamedTuple):
    """An answer as it goes over the wire."""

    content: bytes
    delay: float = 0.0
    """Seconds until it is sent."""
    closes: bool = False
    """Whether the connection is closed afterwards, without notice."""


class Service:
    """Issues tokens and knows which are alive.

    `POST /control` sets how it behaves, and sets the count to 0.
    """

    def __init__(self) -> None:
        """Start without tokens."""
        self.settings: dict[str, Any] = {
            "lifetime": 3600.0,
            "delay": 0.2,
            "dead": False,
            "always_401": False,
        }
        self.token_requests = 0
        self.issued = 0
        self.alive_until: dict[str, float] = {}

    def reply(self, request: Request) -> Reply:
        """Answer a request."""
        if request.path == "/control":
            return Reply(answer(200, self.control(request)))
        if request.method == "POST":
            return self.token_reply()
        if self.settings["always_401"] or not self.is_alive(request):
            return Reply(UNAUTHORIZED)
        return Reply(READ)

    def token_reply(self) -> Reply:
        """Answer a token request."""
        self.token_requests += 1
        delay = self.settings["delay"]
        if self.settings["dead"]:
            return Reply(b"", delay, closes=True)
        return Reply(answer(200, self.issue()), delay)

    def control(self, request: Request) -> dict[str, Any]:
        """Set up before a measurement, revoke all tokens, or only report."""
        if request.method == "POST":
            self.settings.update(json.loads(request.body))
            self.token_requests = 0
        elif request.method == "DELETE":
            self.alive_until.clear()
        return {"token_requests": self.token_requests}

    def is_alive(self, request: Request) -> bool:
        """Tell whether the token of a request may be used."""
        token = request.authorization.removeprefix("Bearer ")
        return self.alive_until.get(token, 0.0) > time.monotonic()

    def issue(self) -> dict[str, Any]:
        """Issue a token."""
        self.issued += 1
        token = f"{self.issued:08}".ljust(TOKEN_BYTES, "x")
        lifetime: float = self.settings["lifetime"]
        sent_at = time.monotonic() + self.settings["delay"]
        self.alive_until[token] = sent_at + lifetime
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": lifetime,
        }


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive.

    Bodies come by Content-Length only, which is what all clients here send.
    """

    def __init__(self, service: Service) -> None:
        """Serve one client."""
        self._service = service
        self._arrived = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer when a whole request is there."""
        self._arrived += data
        head, end, rest = self._arrived.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = _headers(lines)
        length = int(headers.get("content-length", 0))
        if not end or len(rest) < length:
            return
        self._arrived = rest[length:]
        method, path, _ = first.split(" ")
        authorization = headers.get("authorization", "")
        request = Request(method, path, authorization, rest[:length])
        reply = self._service.reply(request)
        if reply.delay:
            loop = asyncio.get_running_loop()
            loop.call_later(reply.delay, self._send, reply)
        else:
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        # The client may not wait any longer.
        if self._transport.is_closing():
            return
        self._transport.write(reply.content)
        if reply.closes:
            self._transport.close()


def _headers(lines: list[str]) -> dict[str, str]:
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return headers


def answer(status: int, value: object, *headers: str) -> bytes:
    """Return an answer as it goes over the wire."""
    body = json.dumps(value).encode()
    lines = [
        f"HTTP/1.1 {status} Answer",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *headers,
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + body


READ = answer(200, PROFILE)
UNAUTHORIZED = answer(401, {"message": "Unauthorized"})


def run(connect: Callable[[], Connection]) -> None:
    """Serve until the parent ends."""

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(connect, "127.0.0.1", 0, backlog=2048)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    def end_with_parent() -> None:
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=end_with_parent, daemon=True).start()
    asyncio.run(serve())


def main() -> None:
    """Serve as the benchmarks need it."""
    service = Service()
    run(lambda: Connection(service))


if __name__ == "__main__":
    main()
