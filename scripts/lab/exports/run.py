"""Measure every way to export, or kill exports, and write the page."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.lab import page
from scripts.lab.exports import report
from scripts.lab.exports.measuring import Cost, measured
from scripts.lab.exports.report import GENERIC, WAREHOUSE, Measured
from scripts.lab.exports.server import ReportSite
from scripts.lab.exports.trial import Figures, Settings, try_out
from scripts.lab.exports.ways import WAYS
from scripts.lab.exports.worker import DUCKDB

FORMATS = ("jsonl", "csv", "parquet", DUCKDB)


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks for, and write that part of the page."""
    parser = argparse.ArgumentParser(prog=f"{report.COMMAND} --", description=__doc__)
    parser.add_argument(
        "--rows", type=int, default=1_000_000, help="of the form (default: 1000000)"
    )
    parser.add_argument(
        "--rest-rows",
        type=int,
        default=50_000,
        help="that the generic source of dlt holds in memory (default: 50000)",
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=1,
        help="in which the ways take turns; the best time of each counts (default: 1)",
    )
    parser.add_argument(
        "--kills", type=int, help="kill each format so often, and measure nothing"
    )
    parser.add_argument(
        "--pages", type=int, default=20, help="of each report to kill (default: 20)"
    )
    parser.add_argument("--seed", type=int, help="repeats the random choices")
    options = parser.parse_args(words)
    if options.kills is None:
        return _measure(options.rows, options.rest_rows, options.rounds)
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    return _kill(options.kills, options.pages, seed)


def _measure(rows: int, rest_rows: int, rounds: int) -> int:
    costs: dict[str, Cost] = {}
    loads: dict[str, Cost] = {}
    with ReportSite() as site:
        url = site.address.base_url
        for _ in range(rounds):
            for way in WAYS:
                if way != GENERIC:
                    _keep_best(costs, way, _shown(way, url, rows))
            for way in (WAREHOUSE, GENERIC):
                _keep_best(loads, way, _shown(way, url, rest_rows))
    found = Measured(costs, loads, rounds)
    page.put("exports", report.text(found), report.PAGE, report.HEAD)
    wanted = report.targets(found)
    print(report.targets_text(wanted))
    print(f"The figures are in {report.PAGE}")
    return 0 if all(target.is_met for target in wanted) else 1


def _keep_best(costs: dict[str, Cost], way: str, cost: Cost) -> None:
    """Keep the quickest of several runs, and the most memory of all of them."""
    before = costs.get(way, cost)
    best = min(before, cost, key=lambda one: one.seconds)
    costs[way] = best._replace(memory=max(before.memory, cost.memory))


def _shown(way: str, url: str, rows: int) -> Cost:
    cost = measured(way, url, rows)
    seconds = f"{cost.seconds:.2f} s"
    print(f"{way}: {rows} rows, {seconds}, {cost.memory / 10**6:.0f} MB", flush=True)
    return cost


def _kill(kills: int, pages: int, seed: int) -> int:
    print(f"seed {seed}")
    figures: list[Figures] = []
    for settings in _trials(kills, pages, seed):
        with TemporaryDirectory() as folder:
            found = try_out(settings, Path(folder))
        figures.append(found)
        print(found, flush=True)
    command = f"{report.COMMAND} -- --kills {kills} --pages {pages}"
    text = report.killed_text(figures, command)
    page.put("killed exports", text, report.PAGE, report.HEAD)
    print(text)
    return 0 if all(found.is_right for found in figures) else 1


def _trials(kills: int, pages: int, seed: int) -> Iterator[Settings]:
    for number, format in enumerate(FORMATS):
        yield Settings(f"{format}, killed", format, pages, kills, 0, seed + number)
    yield Settings("jsonl, tokens end", "jsonl", pages, 0, kills, seed)
