"""A company's proxy on loopback: it makes tunnels (CONNECT), and it alone knows where the hosts are."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.wire.server import Network


class ForwardProxy:
    """Tunnels to the ports of loopback that stand for hosts, and notes what it was asked for."""

    def __init__(
        self, network: Network, ports: Mapping[str, int], *refusals: int
    ) -> None:
        """`refusals` are the statuses that the first requests for a tunnel get."""
        self.heads: list[str] = []
        """Each request for a tunnel, with its headers."""
        self._network, self._ports, self._refusals = network, ports, list(refusals)
        self._serving = set[asyncio.Task[None]]()

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
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        self.url = f"http://{self.address}"

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
            await self._tunnel(reader, writer)
        await _hang_up(writer)

    async def _tunnel(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        method, target, _ = head.split(maxsplit=2)
        port = (
            self._ports.get(target.partition(":")[0]) if method == "CONNECT" else None
        )
        status = self._refusals.pop(0) if self._refusals else 200 if port else 403
        if status == 200:
            there_reader, there_writer = await asyncio.open_connection(
                "127.0.0.1", port
            )
            try:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await asyncio.gather(
                    _pump(reader, there_writer), _pump(there_reader, writer)
                )
            finally:
                await _hang_up(there_writer)
        else:
            writer.write(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError, asyncio.CancelledError):
        await writer.wait_closed()
