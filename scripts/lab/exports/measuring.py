"""Measure one way to export in this process, whose memory is its own then.

    python -m scripts.lab.exports.measuring WAY URL ROWS

Prints what it found as one line of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from scripts.layout import ROOT

WARM_UP_ROWS = 500
"""Exported before the clock starts, so that nothing is imported while it runs."""


class Cost(NamedTuple):
    """What an export took."""

    rows: int
    seconds: float
    processor: float
    """Seconds of the processor, of all threads of this process."""
    memory: int
    """Bytes of main memory, at the worst moment."""


class Failed(Exception):
    """A way that did not reach its end."""


def measured(way: str, url: str, rows: int) -> Cost:
    """Measure a way in a process of its own.

    Raises:
        Failed: it did not reach its end.
    """
    ended = subprocess.run(
        [sys.executable, "-m", "scripts.lab.exports.measuring", way, url, str(rows)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        said = ended.stderr.strip().splitlines() or ["nothing"]
        raise Failed(f"{way} ended with {ended.returncode} and said: {said[-1]}")
    return Cost(*json.loads(ended.stdout.splitlines()[-1]))


def measure(way: str, url: str, rows: int) -> Cost:
    """Measure a way in this process.

    Raises:
        Failed: it wrote another number of rows.
    """
    from scripts.lab.exports.ways import WAYS

    run = WAYS[way]
    with TemporaryDirectory() as name:
        run(url, WARM_UP_ROWS, Path(name))
    with TemporaryDirectory() as name:
        started = time.perf_counter()
        processor = time.process_time()
        count = run(url, rows, Path(name))
        seconds = time.perf_counter() - started
        processor = time.process_time() - processor
        memory = peak_memory()
        written = count()
    if written != rows:
        raise Failed(f"{way} wrote {written} rows of {rows}")
    return Cost(rows, seconds, processor, memory)


def peak_memory() -> int:
    """Return the most memory (RSS) that this process ever had, in bytes.

    Unlike `ru_maxrss`, it does not have that of the process that started this one.
    """
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        name, _, value = line.partition(":")
        if name == "VmHWM":
            return int(value.split()[0]) * 1024
    raise OSError("this system does not say how much memory a process had")


def main() -> None:
    """Measure the way that is named, and print what it took."""
    way, url, rows = sys.argv[1:]
    print(json.dumps(measure(way, url, int(rows))))


if __name__ == "__main__":
    main()
