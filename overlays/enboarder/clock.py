"""The clock of a client: time, waiting and chance, which tests can replace."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable

from attrs import frozen


async def _sleep_in_loop(seconds: float) -> None:
    # asyncio is slow to import, and blocking clients never need it.
    import asyncio

    await asyncio.sleep(seconds)


@frozen
class Clock:
    """Time, waiting and chance.

    Args:
        monotonic: returns seconds that never decrease.
        wall: returns seconds since 1970.
        sleep: waits so many seconds.
        sleep_async: waits that many seconds without blocking the event loop.
        chance: returns a number from 0 up to 1, for the jitter of token renewals.
    """

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    sleep_async: Callable[[float], Awaitable[None]] = _sleep_in_loop
    chance: Callable[[], float] = random.random


SYSTEM_CLOCK = Clock()
