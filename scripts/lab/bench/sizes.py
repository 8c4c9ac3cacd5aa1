"""Measure what a distribution brings along, beside clients of other APIs.

That is the time to import it, its size, and the number of distributions.
"""

from __future__ import annotations

import statistics
import subprocess
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.lab.bench.figures import Bench, Figure, Measure, Section
from scripts.lab.installation import alone, installed_size, packages, seconds
from scripts.layout import ROOT

NOTHING = "pass"
PROGRAMS = {
    "enboarder": "from enboarder import Enboarder",
    "finch-api": "from finch import Finch",
    "MergePythonClient": "from merge.client import Merge",
    "okta": "from okta.client import Client",
    "openai": "from openai import OpenAI",
    "globus-sdk": "from globus_sdk import TransferClient",
}
"""What makes the class of the client, by distribution."""

HOW = """\
Each library is installed in an empty environment, in its newest version. *Import* is
how much longer a new interpreter takes if it imports the client's class than if it
imports nothing ({programs}): the median of {starts} starts, in which the
libraries take turns. *Size*
counts all files except pip and bytecode. The version is in brackets after the number of
distributions.
"""
REMARK = """\
The others are clients of other APIs, and most of these have more operations. The table
shows what a user pays for each, not how well it is made."""


def measure(bench: Bench) -> Section:
    """Install each distribution alone, and look at it."""
    sizes = {}
    counts = {}
    remarks = [REMARK]
    with TemporaryDirectory() as folder:
        pythons = {}
        for name in PROGRAMS:
            wanted = str(ROOT) if name == "enboarder" else name
            try:
                pythons[name] = alone(Path(folder, name), wanted)
            except subprocess.CalledProcessError:
                remark = f"{name} could not be installed: nothing was measured."
                remarks.append(remark)
        for name, python in pythons.items():
            sizes[name] = Figure(installed_size(python) / 1e6)
            counts[name] = _distributions(name, python)
        times = _import_times(pythons, bench.effort.starts)
    listed = ", ".join(f"`{program}`" for program in PROGRAMS.values())
    how = HOW.format(programs=listed, starts=bench.effort.starts)
    measures = [
        Measure("import, ms", times),
        Measure("size, MB", sizes, decimals=1),
        Measure("distributions", counts),
    ]
    return Section("Import and size", how, measures, remarks, tuple(PROGRAMS))


def _distributions(name: str, python: Path) -> Figure:
    found = metadata.distributions(path=[str(packages(python))])
    versions = {one.name.lower(): one.version for one in found}
    return Figure(len(versions), versions[name.lower()])


def _import_times(pythons: dict[str, Path], starts: int) -> dict[str, Figure]:
    for name, python in pythons.items():
        # The first run writes the bytecode.
        seconds(python, PROGRAMS[name])
    times: dict[str, list[float]] = {name: [] for name in pythons}
    for _ in range(starts):
        for name, python in pythons.items():
            spent = seconds(python, PROGRAMS[name]) - seconds(python, NOTHING)
            times[name].append(1000 * spent)
    return {name: Figure(statistics.median(found)) for name, found in times.items()}
