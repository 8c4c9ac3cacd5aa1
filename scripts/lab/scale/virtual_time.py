"""An event loop whose time passes only while nobody has anything to do.

The client runs the verbs of a token store in threads, which may wait, too. So time
stands still while one of those threads is busy, and passes when all of them wait here.
"""

from __future__ import annotations

import asyncio
import math
import selectors
import threading
from contextvars import ContextVar

THREAD = "enboarder-token"
"""The name of the threads in which the client uses a store."""
LOOK_AGAIN = 0.0005
"""Seconds of real time between two looks at a thread that is busy."""

_waiting_thread: ContextVar[int | None] = ContextVar("waiting_thread", default=None)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop in virtual time, which begins at 0."""

    now = 0.0

    def __init__(self) -> None:
        """Remember the threads that have nothing to do with this loop."""
        self._others = set(threading.enumerate())
        self._waiting: set[int] = set()
        super().__init__(_VirtualSelector(self))

    def time(self) -> float:
        """Return the virtual time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the thread of a store wait."""
        thread = threading.get_ident()
        woken = threading.Event()

        def wake() -> None:
            self._waiting.discard(thread)
            woken.set()

        def wait() -> None:
            self._waiting.add(thread)
            self.call_later(seconds, wake)

        self.call_soon_threadsafe(wait)
        woken.wait()

    async def pause(self, seconds: float) -> None:
        """Let a task wait, and the thread of a store that waits for this task."""
        thread = _waiting_thread.get()
        if thread is None:
            await asyncio.sleep(seconds)
            return
        self._waiting.add(thread)
        try:
            await asyncio.sleep(seconds)
        finally:
            self._waiting.discard(thread)

    def is_busy(self) -> bool:
        """Return whether the thread of a store has something to do."""
        for thread in threading.enumerate():
            is_idle = thread in self._others or thread.ident in self._waiting
            if thread.name == THREAD and not is_idle:
                return True
        return False


def announce_thread() -> None:
    """Let tasks that this thread starts know which thread waits for them."""
    _waiting_thread.set(threading.get_ident())


class _VirtualSelector(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        # A thread that is not busy any more has left its events before.
        is_busy = self._loop.is_busy()
        events = super().select(0)
        if events or timeout == 0:
            return events
        if is_busy:
            return super().select(LOOK_AGAIN)
        if timeout is None:
            raise RuntimeError("everybody waits, and nobody will wake them")
        # A timer is due only when its time is over.
        self._loop.now = math.nextafter(self._loop.now + timeout, math.inf)
        return []
