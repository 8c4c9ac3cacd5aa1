"""Load the client for a while, with faults, and hold what it said against what the service did."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import page
from bench.site import Site
from enboarder import ClientCredentials, Enboarder

from . import report
from .ledger import Ledger, account
from .load import Load
from .resources import descriptors, held

TIMEOUT = 2.0  # seconds for an attempt; the server answers some after 3
REVOKED_EVERY = (10.0, 40.0)  # seconds between two revocations of all tokens, at random
WARM_UP = 60.0  # seconds until memory is first looked at; a third of a shorter run
CLOSED_WITHIN = 5.0  # seconds until the server has to have seen that connections are closed


class FaultySite(Site):
    module = "soak.server"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0, help="how long (default: 600)")
    seconds: float = parser.parse_args().seconds
    with TemporaryDirectory() as folder, FaultySite() as site:
        site.prepare(lifetime=5.0)
        ledger = Ledger(Path(folder, "writes"))
        run = soak(site, ledger, seconds)
        told = site.told()
        result = report.Result(run, account(ledger.writes(), told["carried_out"]), told["faults"], ledger.ends)
    page.put("soak", report.text(result))
    print(report.targets(result))
    for name, message in run.wrong.items():
        print(f"{name}: {message}")
    print(f"The figures are in {page.PAGE}")
    return 0 if all(target.met for target in report.held_to(result)) else 1


def soak(site: Site, ledger: Ledger, seconds: float) -> report.Run:
    """Load the client for so long, and watch what the process holds."""
    site.told()
    before = held()
    credential = ClientCredentials("client", "a-secret", token_url=site.address.token_url)
    with ledger, Enboarder(credential, base_url=site.address.base_url, timeout=TIMEOUT) as client:
        load = Load(client, ledger)
        load.start()
        revocations = 0
        warm, peak = None, 0
        started = time.monotonic()
        revoked = random.uniform(*REVOKED_EVERY)
        while (passed := time.monotonic() - started) < seconds:
            if warm is None and passed >= min(WARM_UP, seconds / 3):
                warm = held()
            if passed >= revoked:
                site.revoke()
                revocations += 1
                revoked += random.uniform(*REVOKED_EVERY)
            peak = max(peak, descriptors())
            time.sleep(0.2)
        loaded = held()
        load.stop()
    left = _connections_left(site)
    return report.Run(
        seconds, before, warm or loaded, loaded, held(), peak, left, site.token_requests, revocations, load.wrong
    )


def _connections_left(site: Site) -> int:
    """Connections that the server still has open, besides the one that asks."""
    until = time.monotonic() + CLOSED_WITHIN
    while (left := int(site.told()["open"]) - 1) and time.monotonic() < until:
        time.sleep(0.1)
    return left


if __name__ == "__main__":
    raise SystemExit(main())
