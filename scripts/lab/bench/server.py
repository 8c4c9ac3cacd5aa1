"""The service that all are measured against: tokens and reads on a loopback port, in a process of its own.

Started by site.py as a script: it prints its port, and ends when its standard input does, so with its parent.
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

TOKEN_BYTES = 900  # about what a signed token of the vendor's platform has
PROFILE = {"id": "p1", "firstName": "Alex", "lastName": "Example", "contact": {"email": "alex@example.com"}}


class Request(NamedTuple):
    method: str
    path: str
    authorization: str
    body: bytes


class Reply(NamedTuple):
    content: bytes
    delay: float = 0.0
    """Seconds until it is sent."""
    closes: bool = False
    """Whether the connection is closed afterwards, unannounced."""


class Service:
    """Issues tokens and knows which are alive; how it behaves is set by `POST /control`, which also sets the count to 0."""

    def __init__(self) -> None:
        self.settings: dict[str, Any] = {"lifetime": 3600.0, "delay": 0.2, "dead": False, "always_401": False}
        self.token_requests, self.issued = 0, 0
        self.alive: dict[str, float] = {}  # until when, by token

    def reply(self, request: Request) -> Reply:
        """What a request gets."""
        if request.path == "/control":
            return Reply(answer(200, self.control(request)))
        if request.method == "POST":
            self.token_requests += 1
            dead, delay = self.settings["dead"], self.settings["delay"]
            return Reply(b"" if dead else answer(200, self.issue()), delay, closes=dead)
        refused = self.settings["always_401"] or not self.is_alive(request)
        return Reply(UNAUTHORIZED if refused else READ)

    def control(self, request: Request) -> dict[str, Any]:
        """Set up before a measurement, revoke all tokens, or just tell."""
        if request.method == "POST":
            self.settings |= json.loads(request.body)
            self.token_requests = 0
        elif request.method == "DELETE":
            self.alive.clear()
        return {"token_requests": self.token_requests}

    def is_alive(self, request: Request) -> bool:
        """Whether its token may be used."""
        return self.alive.get(request.authorization.removeprefix("Bearer "), 0.0) > time.monotonic()

    def issue(self) -> dict[str, Any]:
        self.issued += 1
        token = f"{self.issued:08}".ljust(TOKEN_BYTES, "x")
        lifetime: float = self.settings["lifetime"]
        self.alive[token] = time.monotonic() + self.settings["delay"] + lifetime
        return {"access_token": token, "token_type": "Bearer", "expires_in": lifetime}


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive; bodies by Content-Length only, which is what all clients here send."""

    def __init__(self, service: Service) -> None:
        self._service, self._arrived = service, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._arrived += data
        head, end, rest = self._arrived.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", 0))
        if not end or len(rest) < length:
            return
        self._arrived = rest[length:]
        method, path, _ = first.split(" ")
        request = Request(method, path, headers.get("authorization", ""), rest[:length])
        reply = self._service.reply(request)
        if reply.delay:
            asyncio.get_running_loop().call_later(reply.delay, self._send, reply)
        else:
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        if self._transport.is_closing():  # the client waits no longer
            return
        self._transport.write(reply.content)
        if reply.closes:
            self._transport.close()


def answer(status: int, value: object, *headers: str) -> bytes:
    """An answer as it goes over the wire."""
    body = json.dumps(value).encode()
    lines = [f"HTTP/1.1 {status} Answer", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


READ, UNAUTHORIZED = answer(200, PROFILE), answer(401, {"message": "Unauthorized"})


def run(connect: Callable[[], Connection]) -> None:
    """Serve until the parent ends."""

    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(connect, "127.0.0.1", 0, backlog=2048)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    def end_with_parent() -> None:
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=end_with_parent, daemon=True).start()
    asyncio.run(serve())


def main() -> None:
    service = Service()
    run(lambda: Connection(service))


if __name__ == "__main__":
    main()
