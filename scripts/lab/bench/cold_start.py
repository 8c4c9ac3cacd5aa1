"""Token requests when many callers begin with no token at hand, in one process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from .contestant import Contestant
from .figures import Bench, Figure, Measure, Section
from .load import mixed, tasks, threads

HOW = "No token at hand; the token endpoint takes 0.2 s. All callers share one source of tokens. Ideal is 1."
REMARKS = [
    (
        "Authlib never asks for the first token itself; nothing guards the user's `if not client.token: client.fetch_token()`. Its "
        "blocking and asynchronous clients cannot share a token."
    ),
    (
        "msal, google-auth, botocore and httpx-auth reach 1 in tasks because they block the event loop, which then starts nobody "
        "else: see the stall below. httpx-auth holds a lock round its 64 requests, so that they come one after the other."
    ),
]


def measure(bench: Bench) -> Section:
    def in_threads(contestant: Contestant) -> list[bool]:
        with contestant.blocking() as get:
            return threads(get, 64)

    async def in_tasks(contestant: Contestant) -> list[bool]:
        async with contestant.awaited() as get:
            return await tasks(get, 1000)

    measures = [
        _measured(bench, "64 threads", in_threads),
        _measured(bench, "1,000 tasks", lambda one: asyncio.run(in_tasks(one))),
        _measured(bench, "16 threads and 4 event loops of 25 tasks", lambda one: mixed(one, 16, 4, 25)),
    ]
    return Section("Token requests at a cold start", HOW, measures, REMARKS)


def _measured(bench: Bench, name: str, run: Callable[[Contestant], list[bool]]) -> Measure:
    figures = {}
    for kind in bench.contestants:
        bench.site.prepare()
        ended = run(kind(bench.site.address))
        figures[kind.name] = Figure.counted(bench.site.token_requests, ended)
    return Measure(name, figures, limit=1)
