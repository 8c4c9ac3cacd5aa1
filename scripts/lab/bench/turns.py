"""Let contestants read in blocks, in turn, so that the machine treats all alike."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from scripts.lab.bench.contestant import Contestant, Get, GetAsync
from scripts.lab.bench.figures import Effort, Figure

Times: TypeAlias = "dict[str, float]"
"""Seconds of a read, by contestant, in one round."""
Contestants: TypeAlias = Mapping[str, Contestant]


class Way(NamedTuple):
    """How reads are made."""

    awaited: bool
    offline: bool

    @property
    def name(self) -> str:
        """Return how it is named in tables."""
        mode = "async" if self.awaited else "sync"
        network = "no network" if self.offline else "loopback"
        return f"{mode}, {network}"


WAYS = (
    Way(awaited=False, offline=True),
    Way(awaited=True, offline=True),
    Way(awaited=False, offline=False),
    Way(awaited=True, offline=False),
)


def able(kinds: Sequence[type[Contestant]], way: Way) -> list[type[Contestant]]:
    """Return the contestants that can read in this way."""
    found = []
    for kind in kinds:
        reads = kind.awaits if way.awaited else kind.blocks
        if reads and (kind.works_offline or not way.offline):
            found.append(kind)
    return found


def loopback_block(effort: Effort) -> int:
    """Return how many reads a block over loopback has."""
    return max(10, effort.block // 4)


def measured(contestants: Contestants, way: Way, effort: Effort) -> list[Times]:
    """Return the times of each round."""
    if not way.offline:
        effort = replace(effort, block=loopback_block(effort))
    if way.awaited:
        return asyncio.run(_awaited(contestants, way, effort))
    return _blocking(contestants, way, effort)


def _blocking(contestants: Contestants, way: Way, effort: Effort) -> list[Times]:
    def block(get: Get) -> float:
        started = time.perf_counter()
        for _ in range(effort.block):
            get()
        return (time.perf_counter() - started) / effort.block

    with ExitStack() as clients:
        gets = {}
        for name, contestant in contestants.items():
            client = contestant.blocking(offline=way.offline)
            gets[name] = clients.enter_context(client)
            # The first read fetches the token.
            assert gets[name]()
        times = []
        for order in _orders(list(gets), effort.rounds):
            times.append({name: block(gets[name]) for name in order})
        return times


async def _awaited(contestants: Contestants, way: Way, effort: Effort) -> list[Times]:
    async def block(get: GetAsync) -> float:
        started = time.perf_counter()
        for _ in range(effort.block):
            await get()
        return (time.perf_counter() - started) / effort.block

    async with AsyncExitStack() as clients:
        gets = {}
        for name, contestant in contestants.items():
            client = contestant.awaited(offline=way.offline)
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


def ratio(times: Sequence[Times], name: str, base: str) -> Figure:
    """Return the median ratio to the base in the same round; the note has quartiles."""
    ratios = [one[name] / one[base] for one in times]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return Figure(middle, f"{low:.2f} to {high:.2f}")


def microseconds(times: Sequence[Times], name: str) -> float:
    """Return the median time of a read."""
    return 1e6 * statistics.median(one[name] for one in times)


def microseconds_more(times: Sequence[Times], name: str, base: str) -> float:
    """Return by how much a read takes longer than the base in the same round."""
    return 1e6 * statistics.median(one[name] - one[base] for one in times)
