"""A thousand reads at once, beside bare httpx with a static header."""

from __future__ import annotations

import asyncio
import time

from .contestant import Contestant
from .figures import Bench, Figure, Measure, Section
from .load import tasks
from .ours import StaticHeader

READS = 1000
LIMIT = 1.1
HOW = (
    "1,000 tasks with one read each by a new client, at most 20 connections, a token at hand; in turn, {trials} rounds. Told is "
    "the best time as a ratio to that of bare httpx with a static header, which was {base:.2f} s."
)
REMARKS = [
    "Most of that time is httpx's own: its pool looks through all waiting requests whenever a connection is free.",
    "The clients are new in each round because the pool of one that rested is slower, with a static header, too.",
]


def measure(bench: Bench) -> Section:
    bench.site.prepare(delay=0.0)
    failed: set[str] = set()

    async def seconds(kind: type[Contestant]) -> float:
        async with kind(bench.site.address).awaited() as get:
            await get()  # the token
            started = time.perf_counter()
            if not all(await tasks(get, READS)):
                failed.add(kind.name)
            return time.perf_counter() - started

    kinds: list[type[Contestant]] = [StaticHeader, *bench.contestants]
    orders = [kinds[:: -1 if turn % 2 else 1] for turn in range(bench.effort.trials)]
    rounds = [{kind.name: asyncio.run(seconds(kind)) for kind in order} for order in orders]
    best = {kind.name: min(one[kind.name] for one in rounds) for kind in kinds}
    base = best.pop(StaticHeader.name)
    figures = {name: Figure(found / base, sound=name not in failed) for name, found in best.items()}
    how = HOW.format(trials=len(rounds), base=base)
    return Section("1,000 concurrent reads", how, [Measure("ratio to bare httpx", figures, LIMIT, 2)], REMARKS)
