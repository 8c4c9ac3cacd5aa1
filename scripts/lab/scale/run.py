"""Measure one process, simulate a fleet, and write the page."""

from __future__ import annotations

import argparse
import logging

from scripts.lab.scale import capacity, report
from scripts.lab.scale.fleet import Size, told
from scripts.lab.scale.stories import PROMISES

COMMAND = "nox -s scale"
SEED = 16


def main() -> int:
    """Write the page, and say whether every promise is kept."""
    parser = argparse.ArgumentParser(prog=f"{COMMAND} --", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="of the simulation")
    seed: int = parser.parse_args().seed
    # Each simulated process would say that its store fails.
    logging.getLogger("enboarder").setLevel(logging.ERROR)
    size = Size()
    stories = []
    for promise in PROMISES:
        stories.append(report.Told(promise, told(promise.story, size, seed)))
        print(promise.story.name, flush=True)
    page = report.text(COMMAND, capacity.measured(), size, stories)
    report.PATH.write_text(page, "utf-8")
    print(f"The figures are in {report.PATH}")
    return 0 if report.is_kept(stories) else 1
