"""What a call costs more than one with a header that never changes."""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import AsyncExitStack, ExitStack
from typing import TypeAlias

import httpx

from .contestant import Contestant, Get, GetAsync
from .figures import Bench, Effort, Figure, Measure, Section
from .ours import InHttpx, StaticHeader
from .server import PROFILE, TOKEN_BYTES

LIMIT = 1.03
AGAIN = "static header, again"
HOW = """\
Blocks of {0.block} reads (loopback: {1.block}) with a token at hand, all contestants in turn, {0.rounds} rounds, in an order that
moves on by one each round. Ratios and differences to the static header are taken within a round; told is the median of all
rounds. *No network*: an `httpx.MockTransport` answers, so that nothing hides what a client does itself. "{2}" is a second
client of the same kind: what it differs by is noise."""
REMARKS = [
    (
        "The target holds for `auth()` in an httpx client, which is what the others are, too. The whole client of enboarder also "
        "checks arguments, bounds the attempt as a whole, looks after retries, judges the outcome and builds a model: its column "
        "is told against httpx that does none of this."
    ),
]
Runs: TypeAlias = list[dict[str, float]]
"""Seconds of a read, by contestant; one member a round."""


def measure(bench: Bench) -> Section:
    bench.site.prepare(delay=0.0)
    again = StaticHeader(bench.site.address)
    kinds: list[type[Contestant]] = [StaticHeader, *bench.contestants]
    contestants = {kind.name: kind(bench.site.address) for kind in kinds} | {AGAIN: again}
    loopback = Effort(bench.effort.rounds, max(10, bench.effort.block // 4))
    measures, remarks = [], list(REMARKS)
    for place, effort in (("no network", bench.effort), ("loopback", loopback)):
        transport = httpx.MockTransport(_reply) if effort is bench.effort else None
        for kind, runs in (
            (f"sync, {place}", blocking(contestants, transport, effort)),
            (f"async, {place}", asyncio.run(awaited(contestants, transport, effort))),
        ):
            measures += _told(kind, runs)
            base = statistics.median(run[StaticHeader.name] for run in runs)
            remarks.append(f"A read with a static header, {kind}: {1e6 * base:.0f} µs.")
    how = HOW.format(bench.effort, loopback, AGAIN)
    return Section("Overhead of a call", how, measures, remarks, (*(kind.name for kind in bench.contestants), AGAIN))


def blocking(contestants: dict[str, Contestant], transport: httpx.MockTransport | None, effort: Effort) -> Runs:
    def block(get: Get) -> float:
        started = time.perf_counter()
        for _ in range(effort.block):
            get()
        return (time.perf_counter() - started) / effort.block

    with ExitStack() as clients:
        gets = {name: clients.enter_context(one.blocking(transport)) for name, one in contestants.items()}
        assert all(get() for get in gets.values())
        return [{name: block(gets[name]) for name in order} for order in _orders(list(gets), effort.rounds)]


async def awaited(contestants: dict[str, Contestant], transport: httpx.MockTransport | None, effort: Effort) -> Runs:
    async def block(get: GetAsync) -> float:
        started = time.perf_counter()
        for _ in range(effort.block):
            await get()
        return (time.perf_counter() - started) / effort.block

    async with AsyncExitStack() as clients:
        gets = {name: await clients.enter_async_context(one.awaited(transport)) for name, one in contestants.items()}
        assert all([await get() for get in gets.values()])
        return [{name: await block(gets[name]) for name in order} for order in _orders(list(gets), effort.rounds)]


def _orders(names: list[str], rounds: int) -> list[list[str]]:
    return [names[turn % len(names) :] + names[: turn % len(names)] for turn in range(rounds)]


def _told(kind: str, runs: Runs) -> list[Measure]:
    ratios, more = {}, {}
    for name in runs[0].keys() - {StaticHeader.name}:
        found = [run[name] / run[StaticHeader.name] for run in runs]
        low, middle, high = statistics.quantiles(found, n=4)
        ratios[name] = Figure(middle, f"{low:.2f} to {high:.2f}" if name == AGAIN else "")
        more[name] = Figure(statistics.median(1e6 * (run[name] - run[StaticHeader.name]) for run in runs))
    return [
        Measure(f"{kind}: ratio", ratios, LIMIT, 3, held=(InHttpx.name,)),
        Measure(f"{kind}: µs more", more, decimals=1),
    ]


def _reply(request: httpx.Request) -> httpx.Response:
    if request.method == "POST":
        return httpx.Response(200, json={"access_token": "x" * TOKEN_BYTES, "expires_in": 3600})
    return httpx.Response(200, json=PROFILE)
