"""A server that runs in a thread and ends on request, without polling."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any

import uvicorn
from starlette.applications import Starlette

from .delivery import Connection

HOST = "127.0.0.1"
LONGEST_SHUTDOWN = 1.0
"""Seconds in which requests in progress must notice that their connection ended."""
TURNS_TO_CONNECT = 5


class BackgroundServer:
    """Serves an application on loopback in a separate thread."""

    def __init__(self, application: Starlette) -> None:
        self._is_used = False
        self._server = _StoppableServer(_config(application))
        self._thread: threading.Thread | None = None

    def start(self, port: int) -> int:
        """Listen, serve, and return the port.

        Args:
            port: The port; 0 chooses a free one.

        Raises:
            RuntimeError: The server was started before, or cannot serve.
            OSError: The port cannot be used.
        """
        if self._is_used:
            raise RuntimeError("A mock can be started once; make another MockServer.")
        listener = socket.create_server((HOST, port))
        self._is_used = True
        try:
            return self._serve(listener)
        except BaseException:
            listener.close()
            raise

    def _serve(self, listener: socket.socket) -> int:
        # Connections inherit the option. Without it, each request takes 40 ms:
        # asyncio sets it only for sockets that name their protocol.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        used_port = int(listener.getsockname()[1])
        thread = threading.Thread(
            target=self._server.run,
            kwargs={"sockets": [listener]},
            name=f"enboarder.mock:{used_port}",
            daemon=True,
        )
        thread.start()
        self._thread = thread
        self._server.ready.wait()
        if self._server.failure is not None:
            thread.join()
            reason = f"{type(self._server.failure).__name__}: {self._server.failure}"
            raise RuntimeError(
                f"The mock cannot serve, because its thread ended ({reason})."
            ) from self._server.failure
        return used_port

    def stop(self) -> None:
        """Close all connections and end the thread, if it runs."""
        if self._thread is not None and self._thread.is_alive():
            self._server.stop()
            self._thread.join()


class _StoppableServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        """Set when it serves, or when it cannot."""
        self.failure: BaseException | None = None
        """Why it does not serve."""

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until `stop`, and let nobody wait for a server that cannot."""
        try:
            super().run(sockets)
        # uvicorn ends the process, as it thinks, with a SystemExit.
        except BaseException as error:  # noqa: BLE001
            self.failure = error
        finally:
            self.ready.set()

    async def main_loop(self) -> None:
        """Serve until `stop`; uvicorn would check for signals ten times a second."""
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        self.ready.set()
        await self._stopped.wait()

    def stop(self) -> None:
        """End `main_loop`, from any thread."""
        self._loop.call_soon_threadsafe(self._stopped.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close all connections at once, while uvicorn would first sleep for 0.1 s."""
        # asyncio would forget a connection that it has just accepted, without closing
        # it: some turns later it is one of those below.
        for _ in range(TURNS_TO_CONNECT):
            await asyncio.sleep(0)
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=LONGEST_SHUTDOWN)


def _config(application: Any) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        loop="asyncio",
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        date_header=False,
        # A client closes idle connections before the server does.
        timeout_keep_alive=75,
    )
