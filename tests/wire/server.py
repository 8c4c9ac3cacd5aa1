"""A server of raw bytes on loopback: it counts what arrives, and answers badly."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from tests.conftest import LONG

T = TypeVar("T")
TOKEN_PATH = "/oauth2/token"
RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER: on, 0 s


def answer(
    value: Any = None,
    *,
    status: int = 200,
    headers: tuple[str, ...] = (),
    content: bytes | None = None,
) -> bytes:
    """A whole answer, as it goes over the wire; JSON unless the content is given."""
    body = json.dumps(value).encode() if content is None else content
    lines = (
        f"HTTP/1.1 {status} X",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *headers,
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode() + body


class Exchange:
    """One request, from its first line on, and the connection that it came by."""

    def __init__(
        self,
        line: str,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        over: asyncio.Event,
    ):
        self.line = line
        self.headers: dict[str, str] = {}
        self.content = b""
        self._reader = reader
        self._writer = writer
        self._over = over

    @property
    def path(self) -> str:
        words = self.line.split()
        # What comes over TLS to a plain port is no request line.
        return words[1].partition("?")[0] if len(words) > 1 else ""

    @property
    def external_id(self) -> str:
        """The one that a launch names; empty until its body has come as a whole."""
        return (
            str(json.loads(self.content).get("externalid", "")) if self.content else ""
        )

    async def whole(self) -> Exchange:
        """Read the rest of the request."""
        while line := (await self._reader.readline()).decode().strip():
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip()
        if self.headers.get("transfer-encoding") == "chunked":
            while size := int(await self._reader.readline(), 16):
                self.content += await self._reader.readexactly(size)
                await self._reader.readline()
            await self._reader.readline()
        else:
            self.content = await self._reader.readexactly(
                int(self.headers.get("content-length", 0))
            )
        return self

    async def some(self, size: int) -> None:
        """Read only so much of the rest."""
        await self._reader.readexactly(size)

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def send_apart(self, *pieces: bytes) -> None:
        """Send pieces in one segment; TLS makes a record of each."""
        self._writer.writelines(pieces)
        await self._writer.drain()

    async def drip(self, data: bytes, every: float) -> bool:
        """Send byte by byte, with a pause (seconds); return whether the client left."""
        for number in range(len(data)):
            await self.send(data[number : number + 1])
            if await self.gone(every):
                return True
        return False

    async def gone(self, limit: float = LONG) -> bool:
        """Wait until the client hangs up or the test ends; False when time is up."""
        waits = [
            asyncio.ensure_future(self._reader.read()),
            asyncio.ensure_future(self._over.wait()),
        ]
        done, pending = await asyncio.wait(
            waits, timeout=limit, return_when=asyncio.FIRST_COMPLETED
        )
        for wait in pending:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
        return bool(done)

    async def close(self) -> None:
        """Hang up; what was sent still arrives."""
        self._writer.close()
        await self._writer.wait_closed()

    def reset(self) -> None:
        """Break the connection: what is under way in it is lost on both sides."""
        self._writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE
        )
        self._writer.transport.abort()


Behaviour = Callable[[Exchange], Awaitable[None]]


class Wire:
    """What came to a server, and where it listens."""

    def __init__(self, behave: Behaviour | bytes, scheme: str = "http") -> None:
        self.exchanges: list[Exchange] = []
        self.tokens = 0
        self.connections = 0
        self._behave = behave
        self._scheme = scheme
        self._port = 0
        self._over = asyncio.Event()
        self._serving: set[asyncio.Task[Any]] = set()

    @property
    def url(self) -> str:
        host = "localhost" if self._scheme == "https" else "127.0.0.1"
        return f"{self._scheme}://{host}:{self._port}"

    @property
    def token_url(self) -> str:
        return self.url + TOKEN_PATH

    @property
    def lines(self) -> list[str]:
        """Method and path of each request that is not for a token."""
        return [f"{one.line.split()[0]} {one.path}" for one in self.exchanges]

    @property
    def launches(self) -> Counter[str]:
        """How often each external id came, in launches that came as a whole."""
        return Counter(one.external_id for one in self.exchanges if one.external_id)

    async def open(self, context: ssl.SSLContext | None) -> None:
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, ssl=context, backlog=256
        )
        self._port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Read what still lies in the sockets, then end."""
        for _ in range(3):  # connections that nobody accepted yet
            await asyncio.sleep(0)
        self._over.set()
        self._server.close()
        await asyncio.gather(*self._serving)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            await self._converse(reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async def _converse(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if isinstance(self._behave, bytes):
            await reader.read(1)
            writer.write(self._behave)
            await writer.drain()
            return
        while not writer.is_closing() and (line := await self._line(reader)):
            exchange = Exchange(line, reader, writer, self._over)
            if exchange.path == TOKEN_PATH:
                self.tokens += 1
                await exchange.whole()
                await exchange.send(
                    answer({"access_token": f"token-{self.tokens}", "expires_in": 3600})
                )
            else:
                self.exchanges.append(exchange)
                await self._behave(exchange)

    async def _line(self, reader: asyncio.StreamReader) -> str:
        """Return the first line of the next request; empty when none will come."""
        waits = [
            asyncio.ensure_future(reader.readline()),
            asyncio.ensure_future(self._over.wait()),
        ]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(0)
        line = waits[0].result() if waits[0].done() else b""
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
        return line.decode("latin-1") if isinstance(line, bytes) else ""


class Network:
    """An event loop in a thread of its own, in which servers run."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(LONG)

    @contextmanager
    def serve(
        self, behave: Behaviour | bytes, context: ssl.SSLContext | None = None
    ) -> Iterator[Wire]:
        """Serve by a function, or answer everything with the same bytes.

        Token requests are answered by the server itself.

        Count when it is closed.
        """
        wire = Wire(behave, "https" if context else "http")
        self.run(wire.open(context))
        try:
            yield wire
        finally:
            self.run(wire.close())

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
