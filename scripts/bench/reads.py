"""A thousand reads at once, beside bare httpx with a static header."""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import AsyncExitStack

from .contestant import Contestant, GetAsync
from .figures import Bench, Figure, Measure, Section
from .load import tasks
from .ours import StaticHeader

READS = 1000
LIMIT = 1.1
HOW = (
    "1,000 tasks with one read each, at most 20 connections, a token at hand; in turn, {trials} rounds. Told is the time as a "
    "ratio to bare httpx with a static header in the same round (median); a round of the latter took {base:.2f} s."
)
REMARKS = [
    "Most of that time is httpx's own: its pool looks through all waiting requests whenever a connection is free."
]


def measure(bench: Bench) -> Section:
    bench.site.prepare(delay=0.0)
    rounds, failed = asyncio.run(_rounds(bench))
    figures = {
        name: Figure(statistics.median(one[name] / one[StaticHeader.name] for one in rounds), sound=name not in failed)
        for name in rounds[0].keys() - {StaticHeader.name}
    }
    base = statistics.median(one[StaticHeader.name] for one in rounds)
    how = HOW.format(trials=len(rounds), base=base)
    return Section("1,000 concurrent reads", how, [Measure("ratio to bare httpx", figures, LIMIT, 2)], REMARKS)


async def _rounds(bench: Bench) -> tuple[list[dict[str, float]], set[str]]:
    failed = set()
    rounds = []

    async def seconds(name: str, get: GetAsync) -> float:
        started = time.perf_counter()
        ended = await tasks(get, READS)
        if not all(ended):
            failed.add(name)
        return time.perf_counter() - started

    async with AsyncExitStack() as clients:
        gets = {}
        kinds: list[type[Contestant]] = [StaticHeader, *bench.contestants]
        for kind in kinds:
            gets[kind.name] = await clients.enter_async_context(kind(bench.site.address).awaited())
            await gets[kind.name]()
        for turn in range(bench.effort.trials):
            names = list(gets)[:: -1 if turn % 2 else 1]
            rounds.append({name: await seconds(name, gets[name]) for name in names})
    return rounds, failed
