"""Make many reads at once: by threads, tasks or both.

Each function returns, for every read, whether it succeeded.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TypeAlias

from scripts.lab.bench.contestant import Contestant, Get, GetAsync

Work: TypeAlias = Callable[[], list[bool]]


def tried(get: Get) -> bool:
    """Read once; an error is a failure, and each library has its own."""
    try:
        return get()
    except Exception:  # noqa: BLE001
        return False


async def tried_async(get: GetAsync) -> bool:
    """Read once, awaited."""
    try:
        return await get()
    except Exception:  # noqa: BLE001
        return False


def threads(get: Get, count: int) -> list[bool]:
    """Read once in each thread."""

    def read() -> list[bool]:
        return [tried(get)]

    return _together([read] * count)


async def tasks(get: GetAsync, count: int) -> list[bool]:
    """Read once in each task."""
    return await asyncio.gather(*(tried_async(get) for _ in range(count)))


def mixed(
    contestant: Contestant, thread_count: int, loops: int, tasks_each: int
) -> list[bool]:
    """Read in threads, and in tasks of event loops in further threads.

    All of them use one source of tokens.
    """

    async def awaited() -> list[bool]:
        async with contestant.awaited() as get:
            return await tasks(get, tasks_each)

    def loop() -> list[bool]:
        return asyncio.run(awaited())

    with contestant.blocking() as get:

        def read() -> list[bool]:
            return [tried(get)]

        return _together([read] * thread_count + [loop] * loops)


def threads_for(seconds: float, get: Get, count: int) -> list[bool]:
    """Read again and again in each thread, for so long."""
    until = time.monotonic() + seconds

    def read() -> list[bool]:
        ended = []
        while time.monotonic() < until:
            ended.append(tried(get))
        return ended

    return _together([read] * count)


async def tasks_for(seconds: float, get: GetAsync, count: int) -> list[bool]:
    """Read again and again in each task, for so long."""
    until = time.monotonic() + seconds

    async def read() -> list[bool]:
        ended = []
        while time.monotonic() < until:
            ended.append(await tried_async(get))
        return ended

    return _flat(await asyncio.gather(*(read() for _ in range(count))))


def _together(works: list[Work]) -> list[bool]:
    """Do each work in its own thread, all from the same moment on."""
    barrier = threading.Barrier(len(works))

    def begin(work: Work) -> list[bool]:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return _flat(pool.map(begin, works))


def _flat(found: Iterable[list[bool]]) -> list[bool]:
    return list(chain.from_iterable(found))
