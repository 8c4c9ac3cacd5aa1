"""Token requests in bad times: tokens that live 20 s, an API that refuses all, a dead token endpoint."""

from __future__ import annotations

import asyncio

from .figures import Bench, Figure, Measure, Section
from .load import tasks, tried

CALLS, TASKS = 20, 200
HOW = (
    "*Short tokens*: 20 reads one after the other, with tokens that live 20 s. *Always 401*: 20 reads one after the other, all "
    "of them refused. *Dead endpoint*: 200 tasks, and a token endpoint that closes each connection 20 ms after the request."
)
REMARKS = [
    (
        "Always 401: 1 means that a refused token is kept until it expires, which is what fails after a revocation (above); 2 is "
        "one renewal, after which the API is believed."
    ),
    (
        "Short tokens: the others take a token for stale at a fixed time before its expiry (from 30 s to 15 min), which is longer "
        "than it lives. They are made for services whose tokens live an hour."
    ),
]


def measure(bench: Bench) -> Section:
    short, refused, dead = {}, {}, {}
    for kind in bench.contestants:
        bench.site.prepare(lifetime=20.0, delay=0.01)
        with kind(bench.site.address).blocking() as get:
            ended = [tried(get) for _ in range(CALLS)]
        short[kind.name] = Figure.counted(bench.site.token_requests, ended)

        bench.site.prepare(delay=0.01, always_401=True)
        with kind(bench.site.address).blocking() as get:
            succeeded = [tried(get) for _ in range(CALLS)].count(True)
        refused[kind.name] = Figure(bench.site.token_requests, sound=not succeeded)

        bench.site.prepare(delay=0.02, dead=True)
        contestant = kind(bench.site.address)

        async def run() -> list[bool]:
            async with contestant.awaited() as get:  # noqa: B023 (it runs at once)
                return await tasks(get, TASKS)

        succeeded = asyncio.run(run()).count(True)
        dead[kind.name] = Figure(bench.site.token_requests, sound=not succeeded)
    measures = [
        Measure("20 calls with tokens of 20 s", short, limit=1),
        Measure("always 401, 20 calls", refused, limit=2),
        Measure("dead token endpoint, 200 tasks", dead, limit=1),
    ]
    return Section("Token requests in bad times", HOW, measures, REMARKS)
