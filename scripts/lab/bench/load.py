"""Many reads at once: by threads, tasks or both. Each function returns, for every read, whether it succeeded."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from .contestant import Contestant, Get, GetAsync


def tried(get: Get) -> bool:
    try:
        return get()
    except Exception:  # noqa: BLE001 (each library has errors of its own)
        return False


async def tried_async(get: GetAsync) -> bool:
    try:
        return await get()
    except Exception:  # noqa: BLE001
        return False


def threads(get: Get, count: int) -> list[bool]:
    """One read in each thread."""
    return _together([lambda: [tried(get)]] * count)


async def tasks(get: GetAsync, count: int) -> list[bool]:
    """One read in each task."""
    return await asyncio.gather(*(tried_async(get) for _ in range(count)))


def mixed(contestant: Contestant, thread_count: int, loops: int, tasks_each: int) -> list[bool]:
    """Threads, and event loops with tasks in further threads, all from one source of tokens."""

    async def loop() -> list[bool]:
        async with contestant.awaited() as get:
            return await tasks(get, tasks_each)

    with contestant.blocking() as get:
        return _together([lambda: [tried(get)]] * thread_count + [lambda: asyncio.run(loop())] * loops)


def threads_for(seconds: float, get: Get, count: int) -> list[bool]:
    """In each thread one read after the other, for so long."""
    until = time.monotonic() + seconds

    def thread() -> list[bool]:
        ended = []
        while time.monotonic() < until:
            ended.append(tried(get))
        return ended

    return _together([thread] * count)


async def tasks_for(seconds: float, get: GetAsync, count: int) -> list[bool]:
    """In each task one read after the other, for so long."""
    until = time.monotonic() + seconds

    async def task() -> list[bool]:
        ended = []
        while time.monotonic() < until:
            ended.append(await tried_async(get))
        return ended

    return _flat(await asyncio.gather(*(task() for _ in range(count))))


def _together(works: list[Callable[[], list[bool]]]) -> list[bool]:
    """Each in a thread of its own, begun at the same moment."""
    barrier = threading.Barrier(len(works))

    def begin(work: Callable[[], list[bool]]) -> list[bool]:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return _flat(pool.map(begin, works))


def _flat(found: Iterable[list[bool]]) -> list[bool]:
    return list(chain.from_iterable(found))
