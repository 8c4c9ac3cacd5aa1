"""Threads for what may block an event loop: functions of the user's, and stores."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


async def in_thread(function: Callable[[], T]) -> T:
    """Return what a function returns that may block.

    It runs in a thread of its own, which ends with it: those of `asyncio.to_thread` may
    all be waiting for this very token.
    """
    # asyncio is slow to import, and blocking clients never need it.
    import asyncio

    loop = asyncio.get_running_loop()
    executor = ThreadPoolExecutor(1)
    try:
        return await loop.run_in_executor(executor, function)
    finally:
        executor.shutdown(wait=False)
