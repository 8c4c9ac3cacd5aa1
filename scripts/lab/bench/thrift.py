"""Count token requests in bad times.

Tokens live 20 s, an API refuses everything, or a token endpoint is dead.
"""

from __future__ import annotations

import asyncio

from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import Bench, Figure, Measure, Section, for_ours
from scripts.lab.bench.load import tasks, tried

CALLS = 20
HOW = """\
*Tokens of 20 s*: a client makes 20 reads, one after the other. *Always 401*: the API
refuses all of 20 reads, one after the other. *Dead token endpoint*: many tasks need a
token, and the token endpoint closes each connection 20 ms after the request."""
REMARKS = [
    (
        "Always 401: one token request means that the library keeps a refused token "
        "until it expires, so its calls [fail after a "
        "revocation](#calls-that-fail-after-a-revocation). Two mean that it renews the "
        "token once and then accepts the refusal."
    ),
    (
        "Tokens of 20 s: most of the other libraries renew a token at a fixed time "
        "before its expiry (from 30 s to 15 min), which is longer than these tokens "
        "live. They are made for services whose tokens live for an hour."
    ),
]


def measure(bench: Bench) -> Section:
    """Let each contestant go through each of them."""
    short = {}
    refused = {}
    dead = {}
    for kind in bench.contestants:
        short[kind.name] = _short_tokens(bench, kind)
        refused[kind.name] = _always_401(bench, kind)
        if kind.awaits:
            dead[kind.name] = _dead_endpoint(bench, kind)
    measures = [
        Measure("20 calls with tokens of 20 s", short, for_ours(1)),
        Measure("always 401, 20 calls", refused, for_ours(2)),
        Measure(f"dead token endpoint, {_tasks(bench)} tasks", dead, for_ours(1)),
    ]
    return Section("Token requests in bad times", HOW, measures, REMARKS)


def _short_tokens(bench: Bench, kind: type[Contestant]) -> Figure:
    bench.site.prepare(lifetime=20.0, delay=0.01)
    ended = _calls(kind(bench.site.address))
    return Figure.counted(bench.site.token_requests, ended)


def _always_401(bench: Bench, kind: type[Contestant]) -> Figure:
    bench.site.prepare(delay=0.01, always_401=True)
    ended = _calls(kind(bench.site.address))
    return Figure(bench.site.token_requests, sound=not any(ended))


def _dead_endpoint(bench: Bench, kind: type[Contestant]) -> Figure:
    bench.site.prepare(delay=0.02, dead=True)
    ended = asyncio.run(_together(kind(bench.site.address), _tasks(bench)))
    return Figure(bench.site.token_requests, sound=not any(ended))


def _tasks(bench: Bench) -> int:
    return bench.effort.tasks // 5


def _calls(contestant: Contestant) -> list[bool]:
    with contestant.blocking() as get:
        return [tried(get) for _ in range(CALLS)]


async def _together(contestant: Contestant, count: int) -> list[bool]:
    async with contestant.awaited() as get:
        return await tasks(get, count)
