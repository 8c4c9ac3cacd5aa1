"""Measure what a token costs a call, beside a header that never changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scripts.lab.bench.bare import BareHttpx, BareHttpx2, BareRequests
from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import Bench, Figure, Measure, Section
from scripts.lab.bench.ours import InHttpx, InHttpx2
from scripts.lab.bench.turns import (
    WAYS,
    Times,
    Way,
    able,
    loopback_block,
    measured,
    microseconds,
    microseconds_more,
    ratio,
)

LIMITS = {InHttpx.name: 1.03, InHttpx2.name: 1.03}
AGAIN = "bare httpx, again"
BARE: Mapping[str, type[Contestant]] = {
    kind.name: kind for kind in (BareHttpx, BareHttpx2, BareRequests)
}
HOW = """\
Every library reads in blocks of {block} ({loopback_block} over loopback) with a token
in memory. It takes turns with the HTTP library alone and a header that never changes:
requests for requests-oauthlib, httpx2 for Authlib and for `auth()` in httpx2, httpx for
the others. In {rounds} rounds, the two start in turn. No third client reads in between,
because a program seldom has several credentials, and Python adapts the code of the HTTP
library to those that use it. Times are compared in the same round, and the table shows
the median of all rounds. *No network* means that a function answers, so the table shows
the client's own cost and nothing else. "{again}" is a second client of the same kind,
and its difference is noise."""


def measure(bench: Bench) -> Section:
    """Measure without a network and over loopback, blocking and awaited."""
    bench.site.prepare(delay=0.0)
    signing: list[type[Contestant]] = [InHttpx, InHttpx2]
    signing += [kind for kind in bench.contestants if not issubclass(kind, InHttpx)]
    measures = []
    remarks = []
    for way in WAYS:
        rivals = {kind.name: kind for kind in able(signing, way)}
        rivals[AGAIN] = BareHttpx
        pairs = {name: _pair(bench, way, name, kind) for name, kind in rivals.items()}
        measures += _measures(way, pairs)
        base = microseconds(pairs[AGAIN].times, BareHttpx.name)
        remarks.append(f"A read by bare httpx, {way.name}: {base:.0f} µs.")
    how = HOW.format(
        block=bench.effort.block,
        loopback_block=loopback_block(bench.effort),
        rounds=bench.effort.rounds,
        again=AGAIN,
    )
    columns = [*(kind.name for kind in signing), AGAIN]
    return Section("Overhead of a token", how, measures, remarks, columns)


class Pair(NamedTuple):
    """The times of a contestant and of its base."""

    base: str
    times: list[Times]


def _pair(bench: Bench, way: Way, name: str, kind: type[Contestant]) -> Pair:
    base = BARE[kind.base]
    contestants = {
        base.name: base(bench.site.address),
        name: kind(bench.site.address),
    }
    return Pair(base.name, measured(contestants, way, bench.effort))


def _measures(way: Way, pairs: Mapping[str, Pair]) -> list[Measure]:
    ratios = {}
    more = {}
    for name, (base, times) in pairs.items():
        found = ratio(times, name, base)
        ratios[name] = found if name == AGAIN else Figure(found.value)
        more[name] = Figure(microseconds_more(times, name, base))
    return [
        Measure(f"{way.name}: ratio", ratios, LIMITS, 3),
        Measure(f"{way.name}: µs more", more, decimals=1),
    ]
