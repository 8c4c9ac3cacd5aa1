"""Measure everything, write the page, and say whether each target is met."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence

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
    thrift,
)
from scripts.lab.bench.figures import QUICK, Bench, Effort, Section
from scripts.lab.bench.ours import Client, InHttpx
from scripts.lab.bench.peers import Authlib, Botocore, GoogleAuth, HttpxAuth, Msal
from scripts.lab.bench.site import Site

CONTESTANTS = (Client, InHttpx, Authlib, HttpxAuth, Msal, GoogleAuth, Botocore)
MEASUREMENTS: Sequence[Callable[[Bench], Section]] = (
    overhead.measure,
    reads.measure,
    cold_start.measure,
    fleets.measure,
    expiry.measure_expiry,
    expiry.measure_revocation,
    stall.measure,
    thrift.measure,
    sizes.measure,
)


def main() -> int:
    """Run every measurement."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, as a trial")
    effort = QUICK if parser.parse_args().quick else Effort()
    sections = []
    with Site() as site:
        for measurement in MEASUREMENTS:
            started = time.monotonic()
            section = measurement(Bench(site, CONTESTANTS, effort))
            sections.append(section)
            seconds = time.monotonic() - started
            print(f"{section.title} ({seconds:.0f} s)", flush=True)
    page.put("bench", report.text(sections, CONTESTANTS, effort))
    print(report.targets(sections))
    print(f"The figures are in {page.PAGE}")
    return 0 if report.all_met(sections) else 1
