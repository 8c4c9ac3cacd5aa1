"""Count token requests when many callers start without a token, in one process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import Bench, Figure, Measure, Section
from scripts.lab.bench.load import mixed, tasks, threads

HOW = """\
All callers start without a token, and the token endpoint takes 0.2 s. They share one
source of tokens, so one token request is enough."""
REMARKS = [
    (
        "Authlib leaves the first token to its user, and nothing stops several threads "
        "from running `if not client.token: client.fetch_token()` at once. Its "
        "blocking and asynchronous clients cannot share a token."
    ),
    (
        "msal, google-auth, botocore and httpx-auth make one request in tasks because "
        "they block the event loop, so no other task can start ([see the "
        "stall](#stall-of-the-event-loop)). httpx-auth holds a lock during each of its "
        "64 requests, so they run one after the other."
    ),
]


def measure(bench: Bench) -> Section:
    """Start threads, tasks, and both together."""
    measures = [
        _measured(bench, "64 threads", _in_threads),
        _measured(bench, "1,000 tasks", _in_tasks),
        _measured(bench, "16 threads and 4 event loops of 25 tasks", _in_both),
    ]
    return Section("Token requests at a cold start", HOW, measures, REMARKS)


def _in_threads(contestant: Contestant) -> list[bool]:
    with contestant.blocking() as get:
        return threads(get, 64)


def _in_tasks(contestant: Contestant) -> list[bool]:
    async def run() -> list[bool]:
        async with contestant.awaited() as get:
            return await tasks(get, 1000)

    return asyncio.run(run())


def _in_both(contestant: Contestant) -> list[bool]:
    return mixed(contestant, thread_count=16, loops=4, tasks_each=25)


def _measured(
    bench: Bench, name: str, run: Callable[[Contestant], list[bool]]
) -> Measure:
    figures = {}
    for kind in bench.contestants:
        bench.site.prepare()
        ended = run(kind(bench.site.address))
        figures[kind.name] = Figure.counted(bench.site.token_requests, ended)
    return Measure(name, figures, limit=1)
