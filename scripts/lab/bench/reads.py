"""Measure reads by our client on each engine, beside bare HTTP libraries."""

from __future__ import annotations

import asyncio
import time

from scripts.lab.bench.bare import (
    BareAiohttp,
    BareHttpx,
    BareHttpx2,
    BareRequests,
    HttpxOverAiohttp,
)
from scripts.lab.bench.contestant import CONNECTIONS, Contestant
from scripts.lab.bench.figures import Bench, Figure, Measure, Section
from scripts.lab.bench.load import tasks
from scripts.lab.bench.ours import Client, ClientOnHttpx2, ClientOverAiohttp
from scripts.lab.bench.turns import (
    WAYS,
    Times,
    Way,
    able,
    measured,
    microseconds,
    ratio,
)

READERS: tuple[type[Contestant], ...] = (
    Client,
    ClientOnHttpx2,
    ClientOverAiohttp,
    BareHttpx,
    BareHttpx2,
    HttpxOverAiohttp,
    BareAiohttp,
    BareRequests,
)
BASE = BareHttpx.name
AT_ONCE = {
    Client.name: 1.1,
    ClientOnHttpx2.name: 0.40,
    ClientOverAiohttp.name: 0.20,
}
LOOPBACK = {Client.name: 1.15, ClientOnHttpx2.name: 1.05}
OFFLINE = {Client.name: 1.35}
FASTER_THAN_REQUESTS = {Client.name: 1.0, ClientOnHttpx2.name: 1.0}

HOW = """\
*At once*: {count:,} tasks read once each, over at most {connections} connections. Each
round builds new clients with a token in memory; the table compares the best of {trials}
rounds. *One after the other*: the libraries read in blocks and take turns for {rounds}
rounds; the table compares the times of the same round and shows the median. *No
network*: a function answers, so only the client's own work counts. Every ratio has bare
httpx as its base, except in the line that says otherwise. The whole client also checks
arguments, limits the time of each attempt, retries, judges the outcome and builds a
model."""
REMARKS = [
    (
        "httpx takes most of the time of the reads at once, because its pool searches "
        "all waiting requests whenever a connection becomes free."
    ),
    (
        "Each round builds new clients, because a client that was idle for a while is "
        "slower, even with a static header."
    ),
    "aiohttp has no blocking client, and requests has no asynchronous one.",
]


def measure(bench: Bench) -> Section:
    """Measure reads at once, and then one after the other in each way."""
    bench.site.prepare(delay=0.0)
    measures = _at_once(bench)
    for way in WAYS:
        kinds = able(READERS, way)
        contestants = {kind.name: kind(bench.site.address) for kind in kinds}
        times = measured(contestants, way, bench.effort)
        measures += _one_after_the_other(way, times)
    how = HOW.format(
        count=bench.effort.tasks,
        connections=CONNECTIONS,
        trials=bench.effort.trials,
        rounds=bench.effort.rounds,
    )
    columns = [kind.name for kind in READERS]
    return Section("Reads", how, measures, REMARKS, columns)


def _at_once(bench: Bench) -> list[Measure]:
    """Let each read in turn, in the opposite order every other round."""
    kinds = [kind for kind in READERS if kind.awaits]
    best = {kind.name: float("inf") for kind in kinds}
    failed: set[str] = set()
    for _ in range(bench.effort.trials):
        for kind in kinds:
            trial = _trial(kind(bench.site.address), bench.effort.tasks)
            seconds, succeeded = asyncio.run(trial)
            best[kind.name] = min(best[kind.name], seconds)
            if not succeeded:
                failed.add(kind.name)
        kinds.reverse()
    ratios = {}
    times = {}
    for name, seconds in best.items():
        sound = name not in failed
        ratios[name] = Figure(seconds / best[BASE], sound=sound)
        times[name] = Figure(1000 * seconds, sound=sound)
    name = f"{bench.effort.tasks:,} reads at once"
    return [
        Measure(f"{name}: ratio", ratios, AT_ONCE, 2),
        Measure(f"{name}: ms", times),
    ]


async def _trial(contestant: Contestant, count: int) -> tuple[float, bool]:
    """Return the seconds of all reads, and whether all of them succeeded."""
    async with contestant.awaited() as get:
        # The first read fetches the token.
        await get()
        started = time.perf_counter()
        succeeded = await tasks(get, count)
        return time.perf_counter() - started, all(succeeded)


def _one_after_the_other(way: Way, times: list[Times]) -> list[Measure]:
    limits = OFFLINE if way.offline else LOOPBACK
    name = f"one after the other, {way.name}"
    names = times[0].keys()
    measures = [
        Measure(f"{name}: ratio", _ratios(times, BASE), limits, 2),
        Measure(
            f"{name}: µs", {one: Figure(microseconds(times, one)) for one in names}
        ),
    ]
    if BareRequests.name in names and not way.offline:
        beside = _ratios(times, BareRequests.name)
        to = f"{name}: ratio to bare requests"
        measures.append(Measure(to, beside, FASTER_THAN_REQUESTS, 2))
    return measures


def _ratios(times: list[Times], base: str) -> dict[str, Figure]:
    return {name: Figure(ratio(times, name, base).value) for name in times[0]}
