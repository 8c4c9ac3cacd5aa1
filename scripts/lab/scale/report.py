"""Write docs/project/scale.md from measured and simulated figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from enboarder.stores.redis import ANSWER_WITHIN
from scripts.lab.bench.contestant import CONNECTIONS
from scripts.lab.page import machine, table
from scripts.lab.scale.capacity import COLUMNS, PAGE, Capacity
from scripts.lab.scale.fleet import RENEWED_AT, TIMEOUT, Outcome, Size
from scripts.lab.scale.service import LIFETIME, READ, TOKEN_REQUEST
from scripts.lab.scale.shared_store import COMMAND
from scripts.lab.scale.stories import Promise
from scripts.layout import PROJECT_PAGES

PATH = PROJECT_PAGES / "scale.md"
ROWS = 1_000_000
ANSWERS = (0.05, 0.2, 1.0)
"""Seconds that the service may take for an answer. Nobody knows how many it takes."""
LIMITS = (
    ("life of a token", "1 hour", "documented (4151199)"),
    ("rows of a page of form data", "500", "third party"),
    ("workflows of a page of a profile", "10", "third party"),
    ("requests a second, a day or at once", "unknown", "nothing is published"),
    ("token requests", "unknown", "nothing is published"),
    ("`429` and `Retry-After`", "unknown", "nothing is published"),
    ("time of an answer", "unknown", "nothing is published"),
    ("size of a request, people of a bulk launch", "unknown", "nothing is published"),
)
TEXT = """\
# Scale

What one process, one machine, a fleet and a warehouse job can carry. The limit that
matters most is the service's, and it is unknown: **start low, and raise the load while
no call is refused**. Written by `{command}`: {machine}.

| | carries at most | token requests per lifetime |
| --- | --- | --- |
| one process | {connections} calls per answer time, {fastest:,.0f} a second | 1 |
| one machine | one such process for each processor | 1, with `FileStore` |
| a fleet | such machines | 1, with `RedisStore`; 1 per process while Redis is down |
| a warehouse job | {page} rows per answer time, {rows:,.0f} a second | 1 |

## What the service allows

{limits}

[How surely this is known](evidence.md). If the service answers 429, the client waits as
long as `Retry-After` says, up to 120 s, and sends a refused call again.

## One process

Measured beside a server on the same machine, with answers of no delay:

{speeds}

The service takes some time for each answer, so a client with {connections} connections
makes at most {connections} calls in that answer time. Nobody knows it, so choose your
own:

{answers}

The smaller of both numbers is the limit. A process that has made a call holds {memory}
of memory. More tasks than connections form a queue, and
[the engine decides what that costs](benchmarks.md#when-you-read-a-lot).

## One machine

One process keeps one processor busy, so use about as many processes as there are
processors. Each of them has up to {connections} connections of its own. With
[`FileStore`](../guides/token-stores.md), they share a token: one request per lifetime
[instead of one per process](benchmarks.md#when-many-callers-start).

## A fleet

With [`RedisStore`](../guides/token-stores.md), {workers:,} workers in {processes}
processes share one token. In {hours:g} hours of [the simulation](#the-simulation), they
made {shared} token requests and sent {commands:,} commands to Redis. Without a store,
they made {alone} token requests.

## A warehouse job

The pages of a report are read one after the other, because each names the next. So the
speed is {page} rows in the time of an answer. This machine reads at most
{rows:,.0f} rows a second ({columns} columns, JSON to models, without a network).

{exports}

Read several reports at the same time to go faster: each one needs one connection.

## The simulation

{workers:,} workers in {processes} processes share one credential. Each of them starts
within a second, and calls about every {pause:g} minutes. Tokens live {lifetime:g} hour,
and are renewed after {renewed_at:.0%} of it at the earliest.

{stories}

{verdict}

- *Expiry*: {expiry_hours:g} hours of work.
- *Revocation*: the service ends all tokens at once, after half an hour.
- *Outage of Redis*: for an hour and a half, no command is answered. A process that
  needs a token waits {silence:g} s for Redis, and then requests its own token.
  Meanwhile, every tenth process is restarted, and has no token in its memory.
- *Longest wait*: the time in which a call waited for a token; calls allow
  {timeout:g} s.

Real code: `ClientCredentials`, its `auth()`, the token cache, the token request, its
answer, and `RedisStore` with its encryption. Simulated: time, the service (a token
request takes {token_request}, a read {read}), the Redis server and its client library
(a command takes {redis}), and the HTTP client that sends reads. The processes are
objects in one process, each with its own clock and token cache. Chance has a seed, so
every run gives the same figures.
"""
KEPT = "Each line keeps its promise: no call fails, and no token is requested in vain."
BROKEN = "**Not every line keeps its promise.**"


class Told(NamedTuple):
    """A promise, and how its story ended."""

    promise: Promise
    outcome: Outcome


def text(command: str, capacity: Capacity, size: Size, stories: Sequence[Told]) -> str:
    """Return the page.

    Args:
        command: writes the page.
        capacity: of one process.
        size: of the simulated fleet.
        stories: how each story ended: expiry first, and last the one without a store.
    """
    expiry = stories[0]
    alone = stories[-1]
    return TEXT.format(
        command=command,
        machine=machine(),
        fastest=max(speed.per_second for speed in capacity.reads),
        limits=table(["what", "limit", "how surely"], [list(row) for row in LIMITS]),
        speeds=_speeds(capacity),
        answers=_answers(),
        connections=CONNECTIONS,
        memory="an unknown amount" if capacity.memory is None else _mb(capacity.memory),
        workers=size.total,
        processes=size.processes,
        pause=size.pause / 60,
        commands=expiry.outcome.commands,
        hours=expiry.promise.story.hours,
        alone=len(alone.outcome.token_requests),
        shared=len(expiry.outcome.token_requests),
        page=PAGE,
        columns=COLUMNS,
        rows=capacity.rows_per_second,
        exports=_exports(capacity),
        lifetime=LIFETIME / 3600,
        renewed_at=RENEWED_AT,
        stories=_stories(stories),
        verdict=KEPT if is_kept(stories) else BROKEN,
        expiry_hours=expiry.promise.story.hours,
        silence=ANSWER_WITHIN,
        timeout=TIMEOUT,
        token_request=_range(TOKEN_REQUEST),
        read=_range(READ),
        redis=_range(COMMAND),
    )


def is_kept(stories: Sequence[Told]) -> bool:
    """Return whether every promise is kept."""
    return all(told.promise.is_kept(told.outcome) for told in stories)


def _speeds(capacity: Capacity) -> str:
    rows = []
    for speed in capacity.reads:
        rows.append([speed.name, f"{speed.per_second:,.0f}"])
    return table(["reads by one process", "a second"], rows)


def _answers() -> str:
    rows = []
    for seconds in ANSWERS:
        rows.append([f"{seconds:g} s", f"{CONNECTIONS / seconds:,.0f}"])
    return table(["if an answer takes", "calls a second at most"], rows)


def _exports(capacity: Capacity) -> str:
    rows = []
    for seconds in ANSWERS:
        per_second = min(PAGE / seconds, capacity.rows_per_second)
        minutes = ROWS / per_second / 60
        rows.append([f"{seconds:g} s", f"{per_second:,.0f}", f"{minutes:,.0f} min"])
    head = ["if a page takes", "rows a second at most", f"{ROWS:,} rows"]
    return table(head, rows)


def _stories(stories: Sequence[Told]) -> str:
    head = [
        "story",
        "calls",
        "failed",
        "token requests",
        "most per lifetime",
        "longest wait",
    ]
    rows = []
    for promise, outcome in stories:
        rows.append(
            [
                promise.story.name,
                f"{outcome.calls:,}",
                f"{outcome.failed:,}",
                f"{len(outcome.token_requests):,}",
                f"{promise.most_of(outcome)} by {promise.by}",
                f"{outcome.longest_wait:.1f} s",
            ]
        )
    return table(head, rows)


def _range(seconds: tuple[float, float]) -> str:
    low, high = seconds
    if high < 0.1:
        return f"{1000 * low:g} to {1000 * high:g} ms"
    return f"{low:g} to {high:g} s"


def _mb(value: float) -> str:
    return f"{value:.0f} MB"
