"""Measure a thousand reads at once, beside bare httpx with a static header."""

from __future__ import annotations

import asyncio
import time

from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import Bench, Figure, Measure, Section
from scripts.lab.bench.load import tasks
from scripts.lab.bench.ours import StaticHeader

READS = 1000
LIMIT = 1.1
HOW = """\
Each library gets a new client with at most 20 connections and a token in memory, and
1,000 tasks read once each. The libraries take turns for {trials} rounds. The table
compares the best time with that of bare httpx with a static header, which was
{base:.2f} s."""
REMARKS = [
    (
        "httpx itself takes most of that time, because its pool searches all waiting "
        "requests whenever a connection becomes free."
    ),
    (
        "Each round builds new clients, because a client that was idle for a while is "
        "slower, even with a static header."
    ),
]


def measure(bench: Bench) -> Section:
    """Measure each contestant in turn, in the opposite order every other round."""
    bench.site.prepare(delay=0.0)
    kinds: list[type[Contestant]] = [StaticHeader, *bench.contestants]
    best = {kind.name: float("inf") for kind in kinds}
    failed: set[str] = set()
    for _ in range(bench.effort.trials):
        for kind in kinds:
            seconds, succeeded = asyncio.run(_trial(kind(bench.site.address)))
            best[kind.name] = min(best[kind.name], seconds)
            if not succeeded:
                failed.add(kind.name)
        kinds.reverse()
    base = best.pop(StaticHeader.name)
    figures = {
        name: Figure(seconds / base, sound=name not in failed)
        for name, seconds in best.items()
    }
    how = HOW.format(trials=bench.effort.trials, base=base)
    measures = [Measure("ratio to bare httpx", figures, LIMIT, decimals=2)]
    return Section("1,000 concurrent reads", how, measures, REMARKS)


async def _trial(contestant: Contestant) -> tuple[float, bool]:
    """Return the seconds of all reads, and whether all of them succeeded."""
    async with contestant.awaited() as get:
        # The first read fetches the token.
        await get()
        started = time.perf_counter()
        succeeded = await tasks(get, READS)
        return time.perf_counter() - started, all(succeeded)
