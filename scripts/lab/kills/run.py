"""Kill runs at random points, and measure what launches cost."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.lab import page
from scripts.lab.kills import report
from scripts.lab.kills.cost import SIDES, LaunchSite, measured
from scripts.lab.kills.postgres import postgres_server, server_programs
from scripts.lab.kills.trial import Figures, Settings, try_out

SHAPES = (
    ("one run", 1, False),
    ("one run, with faults", 1, True),
    ("four runs at once, with faults", 4, True),
)


def main() -> int:
    """Run all trials, and write their part of the page."""
    parser = argparse.ArgumentParser(prog=f"{report.COMMAND} --", description=__doc__)
    parser.add_argument("--rows", type=int, default=1000, help="default: 1000")
    parser.add_argument(
        "--kills", type=int, default=100, help="in each trial (default: 100)"
    )
    parser.add_argument(
        "--launches", type=int, default=10_000, help="for the cost (default: 10000)"
    )
    parser.add_argument("--seed", type=int, help="repeats the places of the faults")
    options = parser.parse_args()
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    print(f"seed {seed}")
    figures: list[Figures] = []
    for found in _trials(options.rows, options.kills, seed):
        figures.append(found)
        print(found, flush=True)
    with LaunchSite() as site:
        ours, bare = (
            measured(side, options.launches, site.address.base_url) for side in SIDES
        )
    cost = report.cost_text(ours, bare)
    text = f"{report.text(figures)}\n\n{cost}"
    page.put("kills", text)
    print(text)
    is_right = all(found.is_right for found in figures)
    return 0 if is_right and report.is_cheap(ours, bare) else 1


def _trials(rows: int, kills: int, seed: int) -> Iterator[Figures]:
    for kind in ("SQLite", "PostgreSQL"):
        for number, (shape, at_once, with_faults) in enumerate(SHAPES):
            settings = Settings(
                f"{kind}, {shape}", rows, kills, at_once, with_faults, seed + number
            )
            with TemporaryDirectory() as folder, ExitStack() as running:
                location = str(Path(folder, "ledger.sqlite"))
                if kind == "PostgreSQL":
                    location = running.enter_context(_postgres())
                yield try_out(settings, Path(folder), location)


def _postgres() -> AbstractContextManager[str]:
    programs = server_programs()
    if programs is None:
        sys.exit("there is no PostgreSQL server (initdb); install postgresql")
    return postgres_server(programs)
