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
{place}, a new interpreter runs each program, {starts} times in turn; the table compares
the times of the same round and shows medians. *Import*: `import enboarder` takes so
much longer than nothing. *Client ready*: `{ready}` takes so many times as long as
`{httpx}`, the whole process counted."""
ALONE = "In an environment that has only `enboarder`"
HERE = "In the environment of the benchmarks"


def measure(bench: Bench) -> Section:
    """Start interpreters in an empty environment, or in this one."""
    if bench.effort.is_whole:
        with TemporaryDirectory() as folder:
            python = alone(Path(folder), str(ROOT))
            rounds = start.measured(python, bench.effort.starts)
    else:
        rounds = start.measured(Path(sys.executable), bench.effort.starts)
    imports = {
        Client.name: Figure(1000 * start.median_more(rounds, start.IMPORT)),
        HTTPX: Figure(1000 * start.median_more(rounds, start.HTTPX)),
    }
    ready = start.median_ready(rounds)
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
