"""What a distribution brings along, beside clients of other APIs: time to import, size, number of distributions."""

from __future__ import annotations

import statistics
import subprocess
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

from environment import ROOT
from measure import alone, installed_size, packages, seconds

from .figures import Bench, Figure, Measure, Section

BARE = "pass"
PROGRAMS = {
    "enboarder": "from enboarder import Enboarder",
    "finch-api": "from finch import Finch",
    "MergePythonClient": "from merge.client import Merge",
    "okta": "from okta.client import Client",
    "openai": "from openai import OpenAI",
    "globus-sdk": "from globus_sdk import TransferClient",
}
"""What makes the class of the client, by distribution."""
HOW = (
    "Each in an empty environment, the newest version that the package index has. *Import* is the time of a new interpreter that "
    "imports the class of the client ({programs}), less that of one that imports nothing; in turn, "
    "median of {starts} starts. *Size* is that of all files, without pip and bytecode; beside the number of distributions stands the "
    "version."
)
REMARK = "They are clients of other APIs, most of them with more operations: told is what a user pays, not how well each is made."


def measure(bench: Bench) -> Section:
    sizes, counts, remarks = {}, {}, [REMARK]
    with TemporaryDirectory() as folder:
        pythons = {}
        for name in PROGRAMS:
            try:
                pythons[name] = alone(Path(folder, name), str(ROOT) if name == "enboarder" else name)
            except subprocess.CalledProcessError:
                remarks.append(f"{name} could not be installed: nothing was measured.")
        for name, python in pythons.items():
            versions = {one.name.lower(): one.version for one in metadata.distributions(path=[str(packages(python))])}
            sizes[name], counts[name] = (
                Figure(installed_size(python) / 1e6),
                Figure(len(versions), versions[name.lower()]),
            )
            seconds(python, PROGRAMS[name])  # writes the bytecode
        runs = [
            {name: seconds(python, PROGRAMS[name]) - seconds(python, BARE) for name, python in pythons.items()}
            for _ in range(bench.effort.starts)
        ]
        times = {name: Figure(1000 * statistics.median(run[name] for run in runs)) for name in pythons}
    how = HOW.format(programs=", ".join(f"`{one}`" for one in PROGRAMS.values()), starts=bench.effort.starts)
    measures = [
        Measure("import, ms", times),
        Measure("size, MB", sizes, decimals=1),
        Measure("distributions", counts),
    ]
    return Section("Import and size", how, measures, remarks, tuple(PROGRAMS))
