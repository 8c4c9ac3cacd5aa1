"""For how long an event loop stands still while a token is fetched."""

from __future__ import annotations

import asyncio
import time

from .contestant import Contestant, GetAsync
from .figures import Bench, Figure, Measure, Section
from .load import tasks
from .ours import StaticHeader

TASKS, DELAY, TICK = 50, 1.0, 0.002  # tasks; seconds of the token request; seconds between two looks at the clock
LIMIT = 50.0  # milliseconds
HOW = (
    "50 tasks with no token at hand, the token endpoint takes 1 s. A task beside them sleeps 2 ms over and over; told is the "
    "longest delay of its waking, in milliseconds, as the median of {trials} trials and, beside it, the worst. Bare httpx "
    "with a static header does the same 50 reads without a token request: what 50 new connections alone cost."
)
REMARKS = ["msal, google-auth and botocore have no asynchronous variant for httpx; users of theirs need a thread."]


def measure(bench: Bench) -> Section:
    figures = {}
    kinds: list[type[Contestant]] = [StaticHeader, *bench.contestants]
    for kind in kinds:
        stalls, ended = [], []
        for _ in range(bench.effort.trials):
            bench.site.prepare(delay=0.0 if kind is StaticHeader else DELAY)
            contestant = kind(bench.site.address)

            async def trial() -> tuple[float, list[bool]]:
                async with contestant.awaited() as get:  # noqa: B023 (it runs at once)
                    return await longest_stall(get)

            stall, succeeded = asyncio.run(trial())
            stalls.append(1000 * stall)
            ended += succeeded
        ordered = sorted(stalls)
        figures[kind.name] = Figure(ordered[len(ordered) // 2], f"at worst {ordered[-1]:.0f}", all(ended))
    columns = (*(kind.name for kind in bench.contestants), StaticHeader.name)
    measure = Measure("longest stall, ms", figures, LIMIT)
    return Section("Stall of the event loop", HOW.format(trials=bench.effort.trials), [measure], REMARKS, columns)


async def longest_stall(get: GetAsync) -> tuple[float, list[bool]]:
    """Seconds by which the loop was late at most, while the tasks read."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            longest = max(longest, time.perf_counter() - before - TICK)

    watching = asyncio.create_task(watch())
    await asyncio.sleep(10 * TICK)
    ended = await tasks(get, TASKS)
    await asyncio.sleep(2 * TICK)  # a stall at the very end shows when the watch wakes
    watching.cancel()
    return longest, ended
