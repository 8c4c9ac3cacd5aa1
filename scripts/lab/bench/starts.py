"""Measure how soon a program can make its first call."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.lab import start
from scripts.lab.bench.figures import Bench, Figure, Measure, Section
from scripts.lab.bench.ours import Client
from scripts.lab.installation import alone
from scripts.layout import ROOT

HTTPX = "bare httpx"
HOW = """\
{place}, a new interpreter runs each program, {starts} times in turn; the table shows
medians. *Import*: `import enboarder` takes so much longer than nothing. *Client ready*:
`{ready}` takes so many times as long as `{httpx}`, the whole process counted."""
ALONE = "In an environment that has only `enboarder`"
HERE = "In the environment of the benchmarks"


def measure(bench: Bench) -> Section:
    """Start interpreters in an empty environment, or in this one."""
    if bench.effort.is_whole:
        with TemporaryDirectory() as folder:
            python = alone(Path(folder), str(ROOT))
            times = start.measured(python, bench.effort.starts)
    else:
        times = start.measured(Path(sys.executable), bench.effort.starts)
    bare = times[start.BARE]
    imports = {
        Client.name: Figure(1000 * (times[start.IMPORT] - bare)),
        HTTPX: Figure(1000 * (times[start.HTTPX] - bare)),
    }
    ready = times[start.READY] / times[start.HTTPX]
    how = HOW.format(
        place=ALONE if bench.effort.is_whole else HERE,
        starts=bench.effort.starts,
        ready=start.PROGRAMS[start.READY],
        httpx=start.PROGRAMS[start.HTTPX],
    )
    measures = [
        Measure("import, ms over bare Python", imports, {Client.name: 30}),
        Measure(
            "client ready: ratio", {Client.name: Figure(ready)}, {Client.name: 1.2}, 2
        ),
    ]
    return Section("Start", how, measures, columns=(Client.name, HTTPX))
