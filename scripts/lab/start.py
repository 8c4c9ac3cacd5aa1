"""Measure how long a new interpreter takes to import the client, and to build one.

Whole processes run in turn, and only those of the same round are compared, so that what
the machine does besides affects all of them alike.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from scripts.lab.installation import seconds

BARE = "bare Python"
IMPORT = "import enboarder"
HTTPX = "import httpx, attrs; httpx.Client()"
READY = "a client ready"
PROGRAMS = {
    BARE: "pass",
    IMPORT: "import enboarder",
    HTTPX: "import httpx, attrs; httpx.Client()",
    READY: (
        "from enboarder import ApiKey, Enboarder, Region; "
        "Enboarder(ApiKey('key'), region=Region.EU).workflows"
    ),
}


Round: TypeAlias = dict[str, float]
"""Seconds of each program, by its name."""


def measured(python: Path, runs: int) -> list[Round]:
    """Return the times of each round in this interpreter."""
    for program in PROGRAMS.values():
        # The first run writes the bytecode.
        seconds(python, program)
    rounds = []
    for _ in range(runs):
        times = {name: seconds(python, text) for name, text in PROGRAMS.items()}
        rounds.append(times)
    return rounds


def median(rounds: Sequence[Round], name: str) -> float:
    """Return the median seconds of a program."""
    return statistics.median(times[name] for times in rounds)


def median_more(rounds: Sequence[Round], name: str) -> float:
    """Return by how many seconds a program takes longer than bare Python."""
    return statistics.median(times[name] - times[BARE] for times in rounds)


def median_ready(rounds: Sequence[Round]) -> float:
    """Return how many times as long our client takes to be ready as that of httpx."""
    return statistics.median(times[READY] / times[HTTPX] for times in rounds)
