"""Count token requests when many callers start without a token, in one process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import Bench, Figure, Measure, Section, for_ours
from scripts.lab.bench.load import mixed, tasks, threads

LOOPS = 4
HOW = """\
All callers start without a token, and the token endpoint takes {delay:g} s. They share
one source of tokens, so one token request is enough."""
REMARKS = [
    (
        "Authlib and requests-oauthlib leave the first token to their user, and "
        "nothing stops several threads from running `if not client.token: "
        "client.fetch_token()` at once. Authlib's blocking and asynchronous clients "
        "cannot share a token."
    ),
    (
        "msal, google-auth, botocore and httpx-auth make one request in tasks because "
        "they block the event loop, so no other task can start ([see the "
        "stall](#stall-of-the-event-loop)). httpx-auth holds a lock during each "
        "request of a thread, so they run one after the other."
    ),
]


class Mixture(NamedTuple):
    """Threads that read, and threads with an event loop whose tasks read."""

    threads: int
    tasks_each: int

    @property
    def name(self) -> str:
        """Return how it is named in tables."""
        loops = f"{LOOPS} event loops of {self.tasks_each} tasks"
        return f"{self.threads} threads and {loops}"

    def run(self, contestant: Contestant) -> list[bool]:
        """Start all of them together."""
        return mixed(contestant, self.threads, LOOPS, self.tasks_each)


def measure(bench: Bench) -> Section:
    """Start threads, tasks, and both together."""
    threaded = bench.effort.threads
    in_threads = partial(_in_threads, threaded)
    count = bench.effort.tasks
    in_tasks = partial(_in_tasks, count)
    mixture = Mixture(threaded // 4, count // 40)
    measures = [
        _measured(bench, bench.contestants, f"{threaded} threads", in_threads),
        _measured(bench, bench.awaiting, f"{count:,} tasks", in_tasks),
        _measured(bench, bench.awaiting, mixture.name, mixture.run),
    ]
    how = HOW.format(delay=bench.effort.delay)
    return Section("Token requests at a cold start", how, measures, REMARKS)


def _in_threads(count: int, contestant: Contestant) -> list[bool]:
    with contestant.blocking() as get:
        return threads(get, count)


def _in_tasks(count: int, contestant: Contestant) -> list[bool]:
    async def run() -> list[bool]:
        async with contestant.awaited() as get:
            return await tasks(get, count)

    return asyncio.run(run())


def _measured(
    bench: Bench,
    kinds: Sequence[type[Contestant]],
    name: str,
    run: Callable[[Contestant], list[bool]],
) -> Measure:
    figures = {}
    for kind in kinds:
        bench.site.prepare(delay=bench.effort.delay)
        ended = run(kind(bench.site.address))
        figures[kind.name] = Figure.counted(bench.site.token_requests, ended)
    return Measure(name, figures, for_ours(1))
