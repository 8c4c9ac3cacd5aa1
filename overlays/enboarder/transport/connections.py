"""The HTTP clients behind one `Enboarder`: one per process, or one per event loop."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from ..clock import Clock
from ..errors import ConfigurationError
from .engine import AsyncClient, Client

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

# Seconds by which the two clocks of a machine may drift apart between two calls. After
# a suspend, the difference is larger, and the service has closed the connections.
DRIFT = 5.0
C = TypeVar("C")


class Drift:
    """Notices that the machine was asleep, because only its wall clock went on."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # It is None before the first check: building a client calls no function of the
        # user.
        self._offset: float | None = None

    def slept(self) -> bool:
        """Return whether the clocks have moved apart since the last check."""
        offset = self._clock.wall() - self._clock.monotonic()
        last = self._offset
        self._offset = offset
        return last is not None and abs(offset - last) > DRIFT


class Lent(Generic[C]):
    """An HTTP client, and the number of calls that use it."""

    def __init__(self, client: C) -> None:
        self.client = client
        self.calls = 0
        self.is_replaced = False
        self.keeper: AsyncGenerator[None] | None = None
        """Closes an asynchronous client with its event loop."""

    @property
    def is_done(self) -> bool:
        """Whether no call will ever use it again."""
        return self.is_replaced and self.calls == 0


class Connections:
    """The HTTP client of the process, which all threads share.

    It is replaced in a forked process, because two processes would read from one
    connection and get each other's answers. It is also replaced after a suspend, and
    after an interrupt, which may break the pool of connections.

    Args:
        connect: builds a client.
        clock: shows whether the machine was asleep.
        replaceable: whether the client has its own pool. With a custom transport, each
            client would share that.
    """

    def __init__(
        self,
        connect: Callable[[], Client],
        clock: Clock,
        *,
        replaceable: bool = True,
    ) -> None:
        self._connect = connect
        self._replaceable = replaceable
        self._lent = Lent(connect())
        self._process = os.getpid()
        self._drift = Drift(clock)
        self._closed = False
        # Replaced clients that calls of other threads still use.
        self._replaced: list[Lent[Client]] = []
        # Reentrant: a signal handler may make a call in the middle of a step.
        self._lock = threading.RLock()

    @property
    def client(self) -> Client:
        """The current client.

        Raises:
            ConfigurationError: it is closed.
        """
        with self._own_lock():
            return self._current().client

    @contextmanager
    def lent(self) -> Generator[Client]:
        """Lend the client to one call.

        Raises:
            ConfigurationError: it is closed.
        """
        with self._own_lock():
            lent = self._current()
            lent.calls += 1
        try:
            yield lent.client
        finally:
            with self._lock:
                lent.calls -= 1
                if lent.is_done and lent in self._replaced:
                    self._replaced.remove(lent)
                    lent.client.close()

    def is_closed(self) -> bool:
        """Return whether the client is closed, so that nothing may be sent."""
        return self._closed

    def replace(self, client: Client) -> None:
        """Replace this client for new calls."""
        with self._own_lock():
            if client is self._lent.client and not self._closed:
                self._replace()

    def close(self) -> None:
        """Close all connections; calls that wait for one end without being sent."""
        with self._own_lock():
            self._closed = True
            used = [self._lent, *self._replaced]
            self._replaced = []
            is_of_parent = self._process != os.getpid()
        # The connections of the parent process stay open, because it may be using them.
        if not is_of_parent:
            for lent in used:
                lent.client.close()

    def _current(self) -> Lent[Client]:
        if self._closed:
            raise _closed()
        if self._process != os.getpid():
            # The old client belongs to the parent process, and is not closed here.
            self._lent = Lent(self._connect())
            self._process = os.getpid()
            self._replaced = []
        elif self._drift.slept():
            self._replace()
        return self._lent

    def _replace(self) -> None:
        if not self._replaceable:
            return
        old = self._lent
        self._lent = Lent(self._connect())
        old.is_replaced = True
        if old.is_done:
            old.client.close()
        else:
            self._replaced.append(old)

    def _own_lock(self) -> threading.RLock:
        """Return the lock of this process; the parent may hold the old one."""
        if self._process != os.getpid():
            self._lock = threading.RLock()
        return self._lock


class AsyncConnections:
    """An HTTP client for each event loop, because connections belong to a loop.

    Args:
        connect: builds a client.
        clock: shows whether the machine was asleep.
        replaceable: whether each client has its own pool.
    """

    def __init__(
        self,
        connect: Callable[[], AsyncClient],
        clock: Clock,
        *,
        replaceable: bool = True,
    ) -> None:
        self._connect = connect
        self._replaceable = replaceable
        # It is built now, so that wrong options are refused here. The first event loop
        # uses it.
        self._unused: AsyncClient | None = connect()
        self._by_loop: dict[AbstractEventLoop, Lent[AsyncClient]] = {}
        self._process = os.getpid()
        self._drift = Drift(clock)
        self._closed = False
        # Replaced clients that calls of other tasks still use.
        self._replaced: list[tuple[AbstractEventLoop, Lent[AsyncClient]]] = []
        self._lock = threading.RLock()

    @property
    def client(self) -> AsyncClient:
        """The client of the running event loop.

        Raises:
            ConfigurationError: it is closed, or no asyncio event loop is running.
        """
        loop = running_loop()
        with self._own_lock():
            return self._current(loop).client

    @asynccontextmanager
    async def lent(self) -> AsyncGenerator[AsyncClient]:
        """Lend the client of the running event loop to one call.

        Raises:
            ConfigurationError: it is closed, or no asyncio event loop is running.
        """
        loop = running_loop()
        with self._own_lock():
            lent = self._current(loop)
            lent.calls += 1
        try:
            if lent.keeper is None:
                lent.keeper = closed_with_its_loop(lent.client)
                await anext(lent.keeper)
            yield lent.client
        finally:
            with self._lock:
                lent.calls -= 1
                is_done = lent.is_done and (loop, lent) in self._replaced
                if is_done:
                    self._replaced.remove((loop, lent))
            if is_done:
                await lent.client.aclose()

    def is_closed(self) -> bool:
        """Return whether the client is closed, so that nothing may be sent."""
        return self._closed

    def replace(self, client: AsyncClient) -> None:
        """Replace this client for new calls."""
        with self._own_lock():
            for loop, lent in list(self._by_loop.items()):
                if lent.client is client:
                    self._replace(loop)

    async def aclose(self) -> None:
        """Close the connections of this event loop, and let other loops close theirs.

        The connections of a closed loop ended with it. In every loop, calls that wait
        for a connection end without being sent.
        """
        import asyncio

        with self._own_lock():
            self._closed = True
            used = [*self._by_loop.items(), *self._replaced]
            unused = self._unused
            self._by_loop = {}
            self._replaced = []
            self._unused = None
        here = _loop_of_this_task()
        if unused is not None and here is not None:
            await unused.aclose()
        for loop, lent in used:
            if loop is here:
                await lent.client.aclose()
            elif loop.is_running():
                asyncio.run_coroutine_threadsafe(lent.client.aclose(), loop)

    def _current(self, loop: AbstractEventLoop) -> Lent[AsyncClient]:
        if self._closed:
            raise _closed()
        if self._drift.slept():
            for used in list(self._by_loop):
                self._replace(used)
        lent = self._by_loop.get(loop)
        if lent is None:
            self._forget_closed_loops()
            lent = Lent(self._unused or self._connect())
            self._unused = None
            self._by_loop[loop] = lent
        return lent

    def _replace(self, loop: AbstractEventLoop) -> None:
        if self._replaceable:
            lent = self._by_loop.pop(loop)
            lent.is_replaced = True
            self._replaced.append((loop, lent))

    def _forget_closed_loops(self) -> None:
        for loop in list(self._by_loop):
            if loop.is_closed():
                del self._by_loop[loop]
        self._replaced = [
            (loop, lent) for loop, lent in self._replaced if not loop.is_closed()
        ]

    def _own_lock(self) -> threading.RLock:
        """Return the lock of this process; after a fork, drop the parent's clients."""
        if self._process != os.getpid():
            self._lock = threading.RLock()
            self._process = os.getpid()
            self._by_loop = {}
            self._replaced = []
            self._unused = None
        return self._lock


async def closed_with_its_loop(client: AsyncClient) -> AsyncGenerator[None]:
    """Close a client when its event loop ends, for example in `asyncio.run`.

    A loop that ends closes all its generators, and this one closes the connections.
    """
    try:
        yield
    finally:
        await client.aclose()


def running_loop() -> AbstractEventLoop:
    """Return the event loop of the running task.

    Raises:
        ConfigurationError: no asyncio task is running.
    """
    loop = _loop_of_this_task()
    if loop is None:
        raise ConfigurationError(
            "AsyncEnboarder runs on asyncio only, and no task of it is running; "
            "nothing was sent. On trio, call Enboarder in a thread"
        )
    return loop


def _loop_of_this_task() -> AbstractEventLoop | None:
    # asyncio is slow to import, and blocking clients never need it.
    import asyncio

    try:
        # In the guest mode of trio, an asyncio loop runs, but none of its tasks.
        is_task = asyncio.current_task() is not None
    except RuntimeError:
        return None
    return asyncio.get_running_loop() if is_task else None


def _closed() -> ConfigurationError:
    return ConfigurationError("the client is closed; build another one")
