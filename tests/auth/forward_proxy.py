"""A company's proxy on loopback: it opens tunnels (CONNECT) to hosts by name."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.wire.server import Network

READ_SIZE = 65_536


class ForwardProxy:
    """Opens tunnels to ports of loopback, and records the requests for them.

    Args:
        network: where it runs.
        ports: the port behind each host name.
        refusals: the statuses that the first requests for a tunnel get.
        context: for TLS between the clients and the proxy.
    """

    def __init__(
        self,
        network: Network,
        ports: Mapping[str, int],
        *refusals: int,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.heads: list[str] = []
        """Each request for a tunnel, with its headers."""
        self.address = ""
        self._network = network
        self._ports = ports
        self._refusals = list(refusals)
        self._context = context
        self._serving: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"https://{self.address}" if self._context else f"http://{self.address}"

    @property
    def lines(self) -> list[str]:
        """The first lines of the requests, without the version."""
        return [head.partition(" HTTP/")[0] for head in self.heads]

    def __enter__(self) -> Self:
        self._network.run(self._open())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._network.run(self._close())

    async def _open(self) -> None:
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, ssl=self._context
        )
        port = self._server.sockets[0].getsockname()[1]
        self.address = f"127.0.0.1:{port}"

    async def _close(self) -> None:
        self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._answer(reader, writer)
        await _hang_up(writer)

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        port = self._port_of(head)
        status = self._status_for(port)
        if status == 200:
            await _tunnel(reader, writer, port)
        else:
            writer.write(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()

    def _port_of(self, head: str) -> int | None:
        method, target, _ = head.split(maxsplit=2)
        if method != "CONNECT":
            return None
        return self._ports.get(target.partition(":")[0])

    def _status_for(self, port: int | None) -> int:
        if self._refusals:
            return self._refusals.pop(0)
        return 403 if port is None else 200


async def _tunnel(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int | None
) -> None:
    there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))
    finally:
        await _hang_up(there_writer)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(READ_SIZE):
        writer.write(data)
        await writer.drain()
    writer.close()


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError, asyncio.CancelledError):
        await writer.wait_closed()
