"""The HTTP clients behind one `Enboarder`: by process, and by event loop."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..clock import Clock
from ..errors import ConfigurationError
from .client import AsyncClient, Client

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

# Seconds by which the two clocks of a machine may drift apart between two calls. After
# a suspend they are further apart, and the service has closed the connections
# meanwhile.
DRIFT = 5.0


class Drift:
    """Notices that a machine slept: only its wall clock went on."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # None before the first look: building a client calls no function of the user's.
        self._offset: float | None = None

    def slept(self) -> bool:
        """Return whether the clocks moved apart since the last look."""
        offset = self._clock.wall() - self._clock.monotonic()
        last = self._offset
        self._offset = offset
        return last is not None and abs(offset - last) > DRIFT


class Connections:
    """The HTTP client of the process, which all its threads share.

    It is replaced in a forked process, where two processes would read from one
    connection and get each other's answers; after a suspend; and after an interrupt,
    which may leave the pool of connections in pieces.

    Args:
        connect: builds a client.
        clock: tells of a suspend.
    """

    def __init__(self, connect: Callable[[], Client], clock: Clock) -> None:
        self._connect = connect
        self._client = connect()
        self._process = os.getpid()
        self._drift = Drift(clock)
        self._closed = False
        # Replaced clients, on which other threads may still have calls.
        self._replaced: list[Client] = []

    @property
    def client(self) -> Client:
        """The client to send with now.

        Raises:
            ConfigurationError: it is closed.
        """
        if self._closed:
            raise _closed()
        if self._process != os.getpid():
            # The old one belongs to the parent, and is not closed here.
            self._client = self._connect()
            self._process = os.getpid()
            self._replaced = []
        elif self._drift.slept():
            self.replace(self._client)
        return self._client

    def replace(self, client: Client) -> None:
        """Send new calls with another client than this one."""
        if client is self._client and not self._closed:
            self._replaced.append(client)
            self._client = self._connect()

    def close(self) -> None:
        """Close all connections; calls that wait for one end without being sent."""
        self._closed = True
        for client in [self._client, *self._replaced]:
            client.close()
        self._replaced = []


class AsyncConnections:
    """An HTTP client for each event loop, because connections belong to a loop.

    Args:
        connect: builds a client.
        clock: tells of a suspend.
    """

    def __init__(self, connect: Callable[[], AsyncClient], clock: Clock) -> None:
        self._connect = connect
        # Built at once, so that wrong options are refused here. The first loop takes
        # it.
        self._unused: AsyncClient | None = connect()
        self._by_loop: dict[AbstractEventLoop, AsyncClient] = {}
        self._process = os.getpid()
        self._drift = Drift(clock)
        self._closed = False
        self._replaced: list[tuple[AbstractEventLoop, AsyncClient]] = []
        self._lock = threading.Lock()

    @property
    def client(self) -> AsyncClient:
        """The client of the running event loop.

        Raises:
            ConfigurationError: it is closed, or no event loop of asyncio runs.
        """
        loop = running_loop()
        if self._process != os.getpid():
            self._forget_parent()
        with self._lock:
            if self._closed:
                raise _closed()
            if self._drift.slept():
                self._replaced.extend(self._by_loop.items())
                self._by_loop.clear()
            client = self._by_loop.get(loop)
            if client is None:
                client = self._new_client(loop)
            return client

    def replace(self, client: AsyncClient) -> None:
        """Send new calls with another client than this one."""
        with self._lock:
            for loop, used in list(self._by_loop.items()):
                if used is client:
                    self._replaced.append((loop, client))
                    del self._by_loop[loop]

    async def aclose(self) -> None:
        """Close the connections of this loop, and let the other loops close theirs.

        Those of a loop that is closed ended with it.
        """
        import asyncio

        here = running_loop()
        with self._lock:
            self._closed = True
            used = [*self._by_loop.items(), *self._replaced]
            unused = self._unused
            self._by_loop = {}
            self._replaced = []
            self._unused = None
        if unused is not None:
            await unused.aclose()
        for loop, client in used:
            if loop is here:
                await client.aclose()
            elif loop.is_running():
                asyncio.run_coroutine_threadsafe(client.aclose(), loop)

    def _new_client(self, loop: AbstractEventLoop) -> AsyncClient:
        for known in list(self._by_loop):
            if known.is_closed():
                del self._by_loop[known]
        client = self._unused or self._connect()
        self._unused = None
        self._by_loop[loop] = client
        return client

    def _forget_parent(self) -> None:
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._by_loop = {}
        self._replaced = []
        self._unused = None


def running_loop() -> AbstractEventLoop:
    """Return the running event loop.

    Raises:
        ConfigurationError: another library than asyncio runs this task.
    """
    # asyncio is slow to import, and blocking clients never need it.
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise ConfigurationError(
            "AsyncEnboarder runs on asyncio only, and no event loop of it is running; "
            "nothing was sent. On trio, call Enboarder in a thread"
        ) from None


def _closed() -> ConfigurationError:
    return ConfigurationError("the client is closed; build another one")
