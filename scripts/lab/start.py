"""Measure how long a new interpreter takes to import the client, and to build one.

Times are medians of whole processes that run in turn, so that what the machine does
besides affects all of them alike.
"""

from __future__ import annotations

import statistics
from pathlib import Path

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


def measured(python: Path, runs: int) -> dict[str, float]:
    """Return the median seconds of each program in this interpreter."""
    for program in PROGRAMS.values():
        # The first run writes the bytecode.
        seconds(python, program)
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(runs):
        for name, program in PROGRAMS.items():
            times[name].append(seconds(python, program))
    return {name: statistics.median(found) for name, found in times.items()}
