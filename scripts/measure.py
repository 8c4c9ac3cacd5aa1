"""Measure import, time to a client, and installed size, in an empty environment."""

from __future__ import annotations

import tempfile
from pathlib import Path

from scripts.lab.installation import alone, installed_size
from scripts.lab.start import (
    IMPORT,
    PROGRAMS,
    measured,
    median,
    median_more,
    median_ready,
)
from scripts.layout import ROOT

RUNS = 21


def main() -> int:
    """Measure everything, and print it."""
    with tempfile.TemporaryDirectory() as folder:
        python = alone(Path(folder), str(ROOT))
        size = installed_size(python)
        rounds = measured(python, RUNS)
    for name in PROGRAMS:
        tell(name, f"{1000 * median(rounds, name):7.1f} ms")
    imported = median_more(rounds, IMPORT)
    tell("import enboarder, over bare Python", f"{1000 * imported:7.1f} ms")
    tell("a client ready, over httpx ready", f"{median_ready(rounds):7.2f} x")
    tell("installed, without pip and bytecode", f"{size / 1e6:7.2f} MB")
    return 0


def tell(name: str, value: str) -> None:
    """Print one figure."""
    print(f"{name:<40} {value}")


if __name__ == "__main__":
    raise SystemExit(main())
