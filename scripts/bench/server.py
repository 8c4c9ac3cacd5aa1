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
from typing import Any, NamedTuple

TOKEN_BYTES = 900  # about what a signed token of the vendor's platform has
PROFILE = {"id": "p1", "firstName": "Alex", "lastName": "Example", "contact": {"email": "alex@example.com"}}


class Request(NamedTuple):
    method: str
    path: str
    authorization: str
    body: bytes


class Service:
    """Issues tokens and knows which are alive; how it behaves is set by `POST /control`, which also sets the count to 0."""

    def __init__(self) -> None:
        self.settings: dict[str, Any] = {"lifetime": 3600.0, "delay": 0.2, "dead": False, "always_401": False}
        self.token_requests, self.issued = 0, 0
        self.alive: dict[str, float] = {}  # until when, by token

    def reply(self, request: Request) -> tuple[float, bytes | None]:
        """After how many seconds to answer, and what; None closes the connection."""
        if request.path == "/control":
            return 0.0, self._control(request)
        if request.method == "POST":
            self.token_requests += 1
            return self.settings["delay"], None if self.settings["dead"] else _answer(200, self._issue())
        until = self.alive.get(request.authorization.removeprefix("Bearer "), 0.0)
        if self.settings["always_401"] or until <= time.monotonic():
            return 0.0, UNAUTHORIZED
        return 0.0, READ

    def _control(self, request: Request) -> bytes:
        if request.method == "POST":
            self.settings |= json.loads(request.body)
            self.token_requests = 0
        elif request.method == "DELETE":
            self.alive.clear()
        return _answer(200, {"token_requests": self.token_requests})

    def _issue(self) -> dict[str, Any]:
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
        delay, reply = self._service.reply(request)
        if delay:
            asyncio.get_running_loop().call_later(delay, self._send, reply)
        else:
            self._send(reply)

    def _send(self, reply: bytes | None) -> None:
        if reply is None:
            self._transport.abort()
        else:
            self._transport.write(reply)


def _answer(status: int, value: object) -> bytes:
    body = json.dumps(value).encode()
    head = f"HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


READ, UNAUTHORIZED = _answer(200, PROFILE), _answer(401, {"message": "Unauthorized"})


async def serve() -> None:
    service = Service()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(service), "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    asyncio.run(serve())
