"""Calls that fail when tokens go stale, or are all revoked, under load."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeAlias

from .contestant import Contestant
from .figures import Bench, Figure, Measure, Section
from .load import tasks_for, threads_for

THREADS, TASKS = 16, 100
STALE_EVERY = 2.0  # seconds
Load: TypeAlias = Callable[[Contestant, float], list[bool]]

EXPIRY = """\
{threads} threads, then {tasks} tasks, read for {seconds:.0f} s, while a token goes stale about every 2 s: it lives 2 s longer than
the contestant's own leeway (ours: 2.6 s, as it renews at three quarters of a life). The token endpoint takes 0.2 s."""
REVOCATION = """\
{threads} threads, then {tasks} tasks, read for {seconds:.1f} s; half-way all tokens are revoked, as when a secret is rotated or
a service is restarted. Tokens live an hour, so that who does not react to a 401 fails until then: the share only tells how much of the
run came after the revocation."""


def in_threads(contestant: Contestant, seconds: float) -> list[bool]:
    with contestant.blocking() as get:
        return threads_for(seconds, get, THREADS)


def in_tasks(contestant: Contestant, seconds: float) -> list[bool]:
    async def run() -> list[bool]:
        async with contestant.awaited() as get:
            return await tasks_for(seconds, get, TASKS)

    return asyncio.run(run())


LOADS: dict[str, Load] = {f"{THREADS} threads": in_threads, f"{TASKS} tasks": in_tasks}


def measure_expiry(bench: Bench) -> Section:
    measures = []
    for name, load in LOADS.items():
        failed, asked = {}, {}
        for kind in bench.contestants:
            bench.site.prepare(lifetime=kind.leeway + STALE_EVERY if kind.leeway else 1.3 * STALE_EVERY)
            ended = load(kind(bench.site.address), bench.effort.seconds)
            failed[kind.name], asked[kind.name] = _failed(ended), Figure(bench.site.token_requests)
        measures += [Measure(f"failed, {name}", failed, limit=0), Measure(f"token requests, {name}", asked)]
    how = EXPIRY.format(threads=THREADS, tasks=TASKS, seconds=bench.effort.seconds)
    ideal = 1 + int(bench.effort.seconds / STALE_EVERY)
    remark = f"Ideal are {ideal} token requests ({ideal + 1} when a run ends late). More means that several callers renewed at once."
    return Section("Calls that fail at expiry", how, measures, [remark])


def measure_revocation(bench: Bench) -> Section:
    seconds = 0.6 * bench.effort.seconds
    measures = []
    for name, load in LOADS.items():
        failed, extra = {}, {}
        for kind in bench.contestants:
            bench.site.prepare()
            contestant = kind(bench.site.address)
            asked: list[int] = []

            def revoke(asked: list[int] = asked) -> None:
                asked.append(bench.site.token_requests)
                bench.site.revoke()

            timer = threading.Timer(seconds / 2, revoke)
            timer.start()
            ended = load(contestant, seconds)
            timer.join()
            failed[kind.name], extra[kind.name] = _failed(ended), Figure(bench.site.token_requests - asked[0])
        measures += [
            Measure(f"failed, {name}", failed, limit=0),
            Measure(f"extra token requests, {name}", extra, limit=1),
        ]
    how = REVOCATION.format(threads=THREADS, tasks=TASKS, seconds=seconds)
    remark = (
        "None of the others claims to react to a 401 here: google-auth's `AuthorizedSession` does, for requests, as do "
        "botocore's clients in their own retries; both are other clients than httpx."
    )
    return Section("Calls that fail after a revocation", how, measures, [remark])


def _failed(ended: list[bool]) -> Figure:
    count = ended.count(False)
    share = f"{count / len(ended):.0%} of {len(ended):,}" if ended else "no call ended"
    return Figure(count, share if count or not ended else f"of {len(ended):,}", bool(ended))
