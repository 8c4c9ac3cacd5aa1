"""Load the client with faults, and compare what it said with what the service did."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from enboarder import ClientCredentials, Enboarder
from scripts.lab import page
from scripts.lab.bench.site import Site
from scripts.lab.soak import report
from scripts.lab.soak.ledger import Ledger, account
from scripts.lab.soak.load import Load
from scripts.lab.soak.resources import Held, descriptors, held

TIMEOUT = 2.0
"""Seconds for an attempt; the server answers some after 3."""
REVOKED_EVERY = (10.0, 40.0)
"""Seconds between two revocations of all tokens, at random."""
WARM_UP = 60.0
"""Seconds until memory is first looked at; a third of a shorter run."""
CLOSED_WITHIN = 5.0
"""Seconds until the server must have seen that connections are closed."""


class FaultySite(Site):
    """The server that fails."""

    module = "scripts.lab.soak.server"


def main() -> int:
    """Run the soak, and write its part of the page."""
    parser = argparse.ArgumentParser(prog="nox -s soak --", description=__doc__)
    parser.add_argument(
        "--seconds", type=float, default=600.0, help="how long (default: 600)"
    )
    seconds: float = parser.parse_args().seconds
    with TemporaryDirectory() as folder, FaultySite() as site:
        site.prepare(lifetime=5.0)
        ledger = Ledger(Path(folder, "writes"))
        run = soak(site, ledger, seconds)
        said = site.report()
        result = report.Result(
            run=run,
            account=account(ledger.writes(), said["carried_out"]),
            faults=said["faults"],
            ends=ledger.ends,
        )
    page.put("soak", report.text(result))
    print(report.targets(result))
    for name, message in run.wrong.items():
        print(f"{name}: {message}")
    print(f"The figures are in {page.PAGE}")
    return 0 if all(target.is_met for target in report.targets_of(result)) else 1


def soak(site: Site, ledger: Ledger, seconds: float) -> report.Run:
    """Load the client for so long, and watch what the process holds."""
    # The first request opens the connection by which the server is controlled.
    site.report()
    before = held()
    credential = ClientCredentials(
        "client", "a-secret", token_url=site.address.token_url
    )
    client = Enboarder(credential, base_url=site.address.base_url, timeout=TIMEOUT)
    watch = Watch(site, seconds)
    with ledger, client:
        load = Load(client, ledger)
        load.start()
        watch.run()
        loaded = held()
        load.stop()
    left = _connections_left(site)
    return report.Run(
        seconds=seconds,
        before=before,
        warm=watch.warm or loaded,
        loaded=loaded,
        after=held(),
        peak=watch.peak,
        left=left,
        token_requests=site.token_requests,
        revocations=watch.revocations,
        wrong=load.wrong,
    )


class Watch:
    """Looks at the process while it is loaded, and revokes tokens now and then."""

    def __init__(self, site: Site, seconds: float) -> None:
        """Plan to watch for so long."""
        self._site = site
        self._seconds = seconds
        self._warm_after = min(WARM_UP, seconds / 3)
        self.warm: Held | None = None
        """What is held when the process is warm."""
        self.peak = 0
        """Descriptors at most."""
        self.revocations = 0

    def run(self) -> None:
        """Watch until the time is over."""
        started = time.monotonic()
        revoke_at = random.uniform(*REVOKED_EVERY)
        passed = 0.0
        while passed < self._seconds:
            if self.warm is None and passed >= self._warm_after:
                self.warm = held()
            if passed >= revoke_at:
                self._site.revoke()
                self.revocations += 1
                revoke_at += random.uniform(*REVOKED_EVERY)
            self.peak = max(self.peak, descriptors())
            time.sleep(0.2)
            passed = time.monotonic() - started


def _connections_left(site: Site) -> int:
    """Count the connections that the server has open, besides the one that asks."""
    until = time.monotonic() + CLOSED_WITHIN
    left = int(site.report()["open"]) - 1
    while left and time.monotonic() < until:
        time.sleep(0.1)
        left = int(site.report()["open"]) - 1
    return left
