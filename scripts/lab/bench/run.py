"""Measure everything, write the pages, and say whether each target is met."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence

from scripts.lab import page
from scripts.lab.bench import (
    cold_start,
    expiry,
    fleets,
    overhead,
    reads,
    report,
    sizes,
    stall,
    starts,
    summary,
    thrift,
)
from scripts.lab.bench.bare import (
    BareAiohttp,
    BareHttpx,
    BareHttpx2,
    BareRequests,
    HttpxOverAiohttp,
)
from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import QUICK, Bench, Effort, Section
from scripts.lab.bench.ours import Client, InHttpx
from scripts.lab.bench.peers import (
    Authlib,
    Botocore,
    GoogleAuth,
    HttpxAuth,
    Msal,
    RequestsOauthlib,
)
from scripts.lab.bench.site import Site

CONTESTANTS: Sequence[type[Contestant]] = (
    Client,
    InHttpx,
    Authlib,
    HttpxAuth,
    RequestsOauthlib,
    Msal,
    GoogleAuth,
    Botocore,
)
LIBRARIES: Sequence[type[Contestant]] = (
    BareHttpx,
    BareHttpx2,
    HttpxOverAiohttp,
    BareAiohttp,
    BareRequests,
)
MEASUREMENTS: Mapping[str, Callable[[Bench], Section]] = {
    "reads": reads.measure,
    "overhead": overhead.measure,
    "start": starts.measure,
    "cold-start": cold_start.measure,
    "processes": fleets.measure,
    "expiry": expiry.measure_expiry,
    "revocation": expiry.measure_revocation,
    "stall": stall.measure,
    "bad-times": thrift.measure,
    "size": sizes.measure,
}
"""By the word that selects it."""
INSTALLING = frozenset({"size"})
"""What a quick run leaves out, because it installs many libraries."""


def main() -> int:
    """Run what was selected: everything, unless told otherwise."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, as a trial")
    parser.add_argument(
        "--only",
        choices=MEASUREMENTS,
        metavar="PART",
        help=f"print one part, and write no page: {', '.join(MEASUREMENTS)}",
    )
    options = parser.parse_args()
    effort = QUICK if options.quick else Effort()
    if options.only:
        sections = measured([options.only], effort)
        names = [kind.name for kind in CONTESTANTS]
        print(report.section_text(options.only, sections[options.only], names))
    else:
        wanted = [
            key for key in MEASUREMENTS if effort.is_whole or key not in INSTALLING
        ]
        sections = measured(wanted, effort)
        origin = report.origin([*CONTESTANTS, *LIBRARIES], effort)
        page.put("bench", report.text(sections, CONTESTANTS, origin))
        summary.put(sections, origin)
        print(f"The figures are in {summary.PAGE} and {page.PAGE}")
    print(report.targets(sections))
    return 0 if report.all_met(sections) else 1


def measured(wanted: Sequence[str], effort: Effort) -> dict[str, Section]:
    """Return what was measured, by the words that select it."""
    sections = {}
    with Site() as site:
        for key in wanted:
            started = time.monotonic()
            sections[key] = MEASUREMENTS[key](Bench(site, CONTESTANTS, effort))
            seconds = time.monotonic() - started
            print(f"{sections[key].title} ({seconds:.0f} s)", flush=True)
    return sections
