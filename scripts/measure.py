"""Measure import time, time to a client, and installed size, in an empty environment.

Times are medians of whole processes that run in turn, so that what the machine does
besides affects all of them alike.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from scripts.lab.installation import alone, installed_size, seconds
from scripts.layout import ROOT

RUNS = 21
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


def main() -> int:
    """Measure everything, and print it."""
    with tempfile.TemporaryDirectory() as folder:
        python = alone(Path(folder), str(ROOT))
        size = installed_size(python)
        times = measured(python)
    for name, value in times.items():
        tell(name, f"{1000 * value:7.1f} ms")
    imported = times[IMPORT] - times[BARE]
    tell("import enboarder, over bare Python", f"{1000 * imported:7.1f} ms")
    tell("a client ready, over httpx ready", f"{times[READY] / times[HTTPX]:7.2f} x")
    tell("installed, without pip and bytecode", f"{size / 1e6:7.2f} MB")
    return 0


def measured(python: Path) -> dict[str, float]:
    """Return the median time of each program."""
    for program in PROGRAMS.values():
        # The first run writes the bytecode.
        seconds(python, program)
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(RUNS):
        for name, program in PROGRAMS.items():
            times[name].append(seconds(python, program))
    return {name: statistics.median(found) for name, found in times.items()}


def tell(name: str, value: str) -> None:
    """Print one figure."""
    print(f"{name:<40} {value}")


if __name__ == "__main__":
    raise SystemExit(main())
