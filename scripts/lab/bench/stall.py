"""Measure for how long an event loop stands still while a token is fetched."""

from __future__ import annotations

import asyncio
import statistics
import time

from scripts.lab.bench.bare import BareHttpx
from scripts.lab.bench.contestant import Contestant, GetAsync
from scripts.lab.bench.figures import Bench, Figure, Measure, Section, for_ours
from scripts.lab.bench.load import tasks

TASKS = 50
STALLS = 5
"""The token endpoint takes so many times as long as usual."""
TICK = 0.002
"""Seconds between two looks at the clock."""
LIMIT = 50.0
"""Milliseconds."""

HOW = """\
50 tasks start without a token, and the token endpoint takes {delay:g} s. Another task
sleeps for 2 ms again and again. The table shows its longest delay in milliseconds: the
median of {trials} trials, and the worst of them. Bare httpx with a static header makes
the same 50 reads without a token request: that is the cost of 50 new connections."""
REMARK = """\
msal, google-auth and botocore have no asynchronous variant for httpx, so their users
have to run them in a thread."""


def measure(bench: Bench) -> Section:
    """Watch the event loop of each contestant."""
    figures = {}
    kinds: list[type[Contestant]] = [BareHttpx, *bench.awaiting]
    for kind in kinds:
        stalls = []
        ended: list[bool] = []
        for _ in range(bench.effort.trials):
            delay = 0.0 if kind is BareHttpx else STALLS * bench.effort.delay
            bench.site.prepare(delay=delay)
            stall, succeeded = asyncio.run(_trial(kind(bench.site.address)))
            stalls.append(1000 * stall)
            ended.extend(succeeded)
        middle = statistics.median_high(stalls)
        note = f"at worst {max(stalls):.0f}"
        figures[kind.name] = Figure(middle, note, sound=all(ended))
    columns = [*(kind.name for kind in bench.awaiting), BareHttpx.name]
    measures = [Measure("longest stall, ms", figures, for_ours(LIMIT))]
    how = HOW.format(trials=bench.effort.trials, delay=STALLS * bench.effort.delay)
    return Section("Stall of the event loop", how, measures, [REMARK], columns)


async def _trial(contestant: Contestant) -> tuple[float, list[bool]]:
    async with contestant.awaited() as get:
        return await longest_stall(get)


async def longest_stall(get: GetAsync) -> tuple[float, list[bool]]:
    """Return by how many seconds the loop was late at most, and how reads ended."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            late = time.perf_counter() - before - TICK
            longest = max(longest, late)

    watching = asyncio.create_task(watch())
    await asyncio.sleep(10 * TICK)
    ended = await tasks(get, TASKS)
    # A stall at the very end shows when the watch wakes.
    await asyncio.sleep(2 * TICK)
    watching.cancel()
    return longest, ended
