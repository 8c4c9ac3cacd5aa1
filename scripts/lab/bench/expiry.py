"""Count calls that fail when tokens go stale, or are all revoked, under load."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeAlias

from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import Bench, Figure, Measure, Section
from scripts.lab.bench.load import tasks_for, threads_for
from scripts.lab.bench.site import Site

THREADS = 16
TASKS = 100
STALE_EVERY = 2.0
"""Seconds."""
OUR_LIFETIME = 1.3 * STALE_EVERY
"""Ours renews at three quarters of a token's life."""

Load: TypeAlias = Callable[[Contestant, float], list[bool]]

EXPIRY = """\
First {threads} threads and then {tasks} tasks read for {seconds:.0f} s, and they need a
new token about every 2 s: each token lives 2 s longer than the library's own safety
margin. Tokens of enboarder live 2.6 s, because it renews them after three quarters of
their life. The token endpoint takes 0.2 s."""
REVOCATION = """\
First {threads} threads and then {tasks} tasks read for {seconds:.1f} s. Halfway
through, all tokens are revoked, as happens when a secret is rotated or a service
restarts. Tokens live for an hour, so a client that does not react to a 401 would fail
for the rest of that hour. For such a client, the
percentage just shows what share of its calls came after the revocation."""
NO_REACTION = """\
None of the other libraries claims to react to a 401 in httpx. google-auth does so in
its `AuthorizedSession` for requests, and botocore in the retries of its own clients."""


def _in_threads(contestant: Contestant, seconds: float) -> list[bool]:
    with contestant.blocking() as get:
        return threads_for(seconds, get, THREADS)


def _in_tasks(contestant: Contestant, seconds: float) -> list[bool]:
    async def run() -> list[bool]:
        async with contestant.awaited() as get:
            return await tasks_for(seconds, get, TASKS)

    return asyncio.run(run())


LOADS: dict[str, Load] = {
    f"{THREADS} threads": _in_threads,
    f"{TASKS} tasks": _in_tasks,
}


def measure_expiry(bench: Bench) -> Section:
    """Load each contestant while its tokens go stale."""
    seconds = bench.effort.seconds
    measures = []
    for name, load in LOADS.items():
        failed = {}
        asked = {}
        for kind in bench.contestants:
            lifetime = OUR_LIFETIME
            if kind.leeway:
                lifetime = kind.leeway + STALE_EVERY
            bench.site.prepare(lifetime=lifetime)
            ended = load(kind(bench.site.address), seconds)
            failed[kind.name] = _failed(ended)
            asked[kind.name] = Figure(bench.site.token_requests)
        measures.append(Measure(f"failed, {name}", failed, limit=0))
        measures.append(Measure(f"token requests, {name}", asked))
    ideal = 1 + int(seconds / STALE_EVERY)
    remark = (
        f"{ideal} token requests are enough, or {ideal + 1} if a run ends late. More "
        "of them mean that several callers renewed the token at once."
    )
    how = EXPIRY.format(threads=THREADS, tasks=TASKS, seconds=seconds)
    return Section("Calls that fail at expiry", how, measures, [remark])


def measure_revocation(bench: Bench) -> Section:
    """Load each contestant, and revoke all tokens half-way."""
    seconds = 0.6 * bench.effort.seconds
    measures = []
    for name, load in LOADS.items():
        failed = {}
        extra = {}
        for kind in bench.contestants:
            bench.site.prepare()
            revocation = Revocation(bench.site, seconds / 2)
            revocation.start()
            ended = load(kind(bench.site.address), seconds)
            revocation.join()
            failed[kind.name] = _failed(ended)
            extra[kind.name] = Figure(revocation.token_requests_since)
        measures.append(Measure(f"failed, {name}", failed, limit=0))
        measures.append(Measure(f"extra token requests, {name}", extra, limit=1))
    how = REVOCATION.format(threads=THREADS, tasks=TASKS, seconds=seconds)
    title = "Calls that fail after a revocation"
    return Section(title, how, measures, [NO_REACTION])


class Revocation(threading.Thread):
    """Revokes all tokens after a while, and counts token requests from then on."""

    def __init__(self, site: Site, after: float) -> None:
        """Plan it; `start` begins to wait."""
        super().__init__()
        self._site = site
        self._after = after
        self._before = 0

    def run(self) -> None:
        """Wait, count, and revoke."""
        threading.Event().wait(self._after)
        self._before = self._site.token_requests
        self._site.revoke()

    @property
    def token_requests_since(self) -> int:
        """Return how many token requests came after the revocation."""
        return self._site.token_requests - self._before


def _failed(ended: list[bool]) -> Figure:
    if not ended:
        return Figure(0, "no call ended", sound=False)
    failed = ended.count(False)
    note = f"of {len(ended):,}"
    if failed:
        note = f"{failed / len(ended):.0%} {note}"
    return Figure(failed, note)
