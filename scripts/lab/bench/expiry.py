"""Count calls that fail when tokens go stale, or are all revoked, under load."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import Bench, Effort, Figure, Measure, Section, for_ours
from scripts.lab.bench.load import tasks_for, threads_for, tried, tried_async
from scripts.lab.bench.ours import Client
from scripts.lab.bench.site import Site

STALE = 0.4
"""Tokens go stale after this share of the load."""

EXPIRY = """\
First {threads} and then {tasks} read for {seconds:g} s, and they need a
new token about every {stale:g} s: each token lives {stale:g} s longer than the
library's own safety margin. Tokens of enboarder live {ours:.1f} s, because it renews
them after three quarters of their life. The token endpoint takes {delay:g} s."""
NO_MARGIN = """\
requests-oauthlib has no safety margin, and rounds the moment of expiry to a second."""
REVOCATION = """\
First {threads} and then {tasks} read for {seconds:g} s. Halfway
through, all tokens are revoked, as happens when a secret is rotated or a service
restarts. Tokens live for an hour, so a client that does not react to a 401 would fail
for the rest of that hour. For such a client, the
percentage just shows what share of its calls came after the revocation."""
NO_REACTION = """\
None of the other libraries claims to react to a 401 in httpx. google-auth does so in
its `AuthorizedSession` for requests, and botocore in the retries of its own clients."""


class Load(NamedTuple):
    """How many callers read again and again, and of which kind."""

    callers: int
    are_tasks: bool

    @property
    def name(self) -> str:
        """Return how it is named in tables."""
        return f"{self.callers} tasks" if self.are_tasks else f"{self.callers} threads"

    def able(self, bench: Bench) -> Sequence[type[Contestant]]:
        """Return the contestants that can be loaded so."""
        return bench.awaiting if self.are_tasks else bench.contestants

    def run(
        self, contestant: Contestant, seconds: float, begin: Callable[[], object]
    ) -> list[bool]:
        """Return, for every read, whether it succeeded.

        Args:
            contestant: reads.
            seconds: how long.
            begin: is called when the first token is there and the time begins.
        """
        if self.are_tasks:
            return asyncio.run(self._await(contestant, seconds, begin))
        with contestant.blocking() as get:
            tried(get)
            begin()
            return threads_for(seconds, get, self.callers)

    async def _await(
        self, contestant: Contestant, seconds: float, begin: Callable[[], object]
    ) -> list[bool]:
        async with contestant.awaited() as get:
            await tried_async(get)
            begin()
            return await tasks_for(seconds, get, self.callers)


def _loads(effort: Effort) -> tuple[Load, Load]:
    threads = Load(effort.threads // 4, are_tasks=False)
    tasks = Load(effort.tasks // 10, are_tasks=True)
    return threads, tasks


def measure_expiry(bench: Bench) -> Section:
    """Load each contestant while its tokens go stale."""
    seconds = bench.effort.seconds
    stale_every = STALE * seconds
    delay = bench.effort.delay
    measures = []
    loads = _loads(bench.effort)
    for load in loads:
        failed = {}
        asked = {}
        for kind in load.able(bench):
            bench.site.prepare(lifetime=kind.lifetime(stale_every), delay=delay)
            ended = load.run(kind(bench.site.address), seconds, _nothing)
            failed[kind.name] = _failed(ended)
            asked[kind.name] = Figure(bench.site.token_requests)
        measures.append(Measure(f"failed, {load.name}", failed, for_ours(0)))
        measures.append(Measure(f"token requests, {load.name}", asked))
    ideal = 1 + int(seconds / stale_every)
    remark = (
        f"{ideal} token requests are enough, or {ideal + 1} if a run ends late. More "
        "of them mean that several callers renewed the token at once."
    )
    how = EXPIRY.format(
        threads=loads[0].name,
        tasks=loads[1].name,
        seconds=seconds,
        stale=stale_every,
        ours=Client.lifetime(stale_every),
        delay=delay,
    )
    return Section("Calls that fail at expiry", how, measures, [remark, NO_MARGIN])


def measure_revocation(bench: Bench) -> Section:
    """Load each contestant, and revoke all tokens half-way."""
    seconds = 0.6 * bench.effort.seconds
    measures = []
    loads = _loads(bench.effort)
    for load in loads:
        failed = {}
        extra = {}
        for kind in load.able(bench):
            bench.site.prepare(delay=bench.effort.delay)
            revocation = Revocation(bench.site, seconds / 2)
            contestant = kind(bench.site.address)
            ended = load.run(contestant, seconds, revocation.start)
            revocation.join()
            failed[kind.name] = _failed(ended)
            extra[kind.name] = Figure(revocation.token_requests_since)
        measures.append(Measure(f"failed, {load.name}", failed, for_ours(0)))
        measures.append(
            Measure(f"extra token requests, {load.name}", extra, for_ours(1))
        )
    how = REVOCATION.format(threads=loads[0].name, tasks=loads[1].name, seconds=seconds)
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


def _nothing() -> None:
    """Let the time begin without an event."""


def _failed(ended: list[bool]) -> Figure:
    if not ended:
        return Figure(0, "no call ended", sound=False)
    failed = ended.count(False)
    note = f"of {len(ended):,}"
    if failed:
        note = f"{failed / len(ended):.0%} {note}"
    return Figure(failed, note, total=len(ended))
