"""Measure what a call costs more than one with a header that never changes."""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import AsyncExitStack, ExitStack
from typing import TypeAlias

import httpx

from scripts.lab.bench.contestant import Contestant, Get, GetAsync
from scripts.lab.bench.figures import Bench, Effort, Figure, Measure, Section
from scripts.lab.bench.ours import InHttpx, StaticHeader
from scripts.lab.bench.server import PROFILE, TOKEN_BYTES

LIMIT = 1.03
BASE = StaticHeader.name
AGAIN = "static header, again"
HOW = """\
Every library reads in blocks of {block} ({loopback_block} over loopback) with a token
in memory. They take turns for {rounds} rounds, and a different one starts each round.
Each time is compared with the static header's time in the same round; the table shows
the median of all rounds. *No network* means that an `httpx.MockTransport` answers, so
the table shows the client's own cost and nothing else. "{again}" is a second client of
the same kind, and its difference is noise."""
REMARK = """\
The target applies to `auth()` in an httpx client, because the other libraries are used
like that, too. The whole client does more than the bare httpx client that its column is
compared with."""

Times: TypeAlias = "dict[str, float]"
"""Seconds of a read, by contestant, in one round."""


def measure(bench: Bench) -> Section:
    """Measure without a network and over loopback, blocking and awaited."""
    bench.site.prepare(delay=0.0)
    kinds: list[type[Contestant]] = [StaticHeader, *bench.contestants]
    contestants = {kind.name: kind(bench.site.address) for kind in kinds}
    contestants[AGAIN] = StaticHeader(bench.site.address)
    loopback = Effort(
        rounds=bench.effort.rounds, block=max(10, bench.effort.block // 4)
    )
    answering = httpx.MockTransport(_reply)
    rounds = {
        "sync, no network": blocking(contestants, answering, bench.effort),
        "async, no network": asyncio.run(awaited(contestants, answering, bench.effort)),
        "sync, loopback": blocking(contestants, None, loopback),
        "async, loopback": asyncio.run(awaited(contestants, None, loopback)),
    }
    measures = []
    remarks = [REMARK]
    for name, times in rounds.items():
        measures.append(_ratios(name, times))
        measures.append(_differences(name, times))
        base = statistics.median(one[BASE] for one in times)
        remarks.append(f"A read with a static header, {name}: {1e6 * base:.0f} µs.")
    how = HOW.format(
        block=bench.effort.block,
        loopback_block=loopback.block,
        rounds=bench.effort.rounds,
        again=AGAIN,
    )
    columns = [kind.name for kind in bench.contestants]
    return Section("Overhead of a call", how, measures, remarks, [*columns, AGAIN])


def blocking(
    contestants: dict[str, Contestant],
    transport: httpx.MockTransport | None,
    effort: Effort,
) -> list[Times]:
    """Measure blocking reads."""

    def block(get: Get) -> float:
        started = time.perf_counter()
        for _ in range(effort.block):
            get()
        return (time.perf_counter() - started) / effort.block

    with ExitStack() as clients:
        gets = {}
        for name, contestant in contestants.items():
            gets[name] = clients.enter_context(contestant.blocking(transport))
            # The first read fetches the token.
            assert gets[name]()
        times = []
        for order in _orders(list(gets), effort.rounds):
            times.append({name: block(gets[name]) for name in order})
        return times


async def awaited(
    contestants: dict[str, Contestant],
    transport: httpx.MockTransport | None,
    effort: Effort,
) -> list[Times]:
    """Measure awaited reads."""

    async def block(get: GetAsync) -> float:
        started = time.perf_counter()
        for _ in range(effort.block):
            await get()
        return (time.perf_counter() - started) / effort.block

    async with AsyncExitStack() as clients:
        gets = {}
        for name, contestant in contestants.items():
            client = contestant.awaited(transport)
            gets[name] = await clients.enter_async_context(client)
            # The first read fetches the token.
            assert await gets[name]()
        times = []
        for order in _orders(list(gets), effort.rounds):
            times.append({name: await block(gets[name]) for name in order})
        return times


def _orders(names: list[str], rounds: int) -> list[list[str]]:
    """Return the order of each round: it moves on by one."""
    orders = []
    for number in range(rounds):
        first = number % len(names)
        orders.append([*names[first:], *names[:first]])
    return orders


def _ratios(name: str, times: list[Times]) -> Measure:
    figures = {}
    for contestant in times[0].keys() - {BASE}:
        ratios = [one[contestant] / one[BASE] for one in times]
        low, middle, high = statistics.quantiles(ratios, n=4)
        note = ""
        if contestant == AGAIN:
            note = f"{low:.2f} to {high:.2f}"
        figures[contestant] = Figure(middle, note)
    return Measure(f"{name}: ratio", figures, LIMIT, 3, held=(InHttpx.name,))


def _differences(name: str, times: list[Times]) -> Measure:
    figures = {}
    for contestant in times[0].keys() - {BASE}:
        differences = [1e6 * (one[contestant] - one[BASE]) for one in times]
        figures[contestant] = Figure(statistics.median(differences))
    return Measure(f"{name}: µs more", figures, decimals=1)


def _reply(request: httpx.Request) -> httpx.Response:
    if request.method == "POST":
        token = "x" * TOKEN_BYTES
        body = {"access_token": token, "expires_in": 3600}
        return httpx.Response(200, json=body)
    return httpx.Response(200, json=PROFILE)
