"""Import time, time to a client, and installed size, in an empty environment: `python scripts/measure.py`.

Times are medians of alternating runs of whole processes, so that what the machine does besides hits all of them alike.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from environment import ROOT, python_of

RUNS = 21
PROGRAMS = {
    "bare Python": "pass",
    "import enboarder": "import enboarder",
    "import httpx, attrs; httpx.Client()": "import httpx, attrs; httpx.Client()",
    "a client ready": "from enboarder import ApiKey, Enboarder, Region; Enboarder(ApiKey('key'), region=Region.EU).workflows",
}


def seconds(python: Path, program: str) -> float:
    started = time.perf_counter()
    subprocess.run([str(python), "-I", "-c", program], check=True)
    return time.perf_counter() - started


def packages(python: Path) -> Path:
    """Where everything is installed."""
    program = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([str(python), "-I", "-c", program], capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


def installed_size(python: Path) -> int:
    """Bytes of everything installed."""
    return sum(path.stat().st_size for path in packages(python).rglob("*") if path.is_file())


def alone(folder: Path, wanted: str) -> Path:
    """The interpreter of a new environment with that distribution, what it depends on, and nothing else."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = python_of(folder)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-compile", wanted], check=True)
    return python


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        python = alone(Path(folder), str(ROOT))
        size = installed_size(python)
        for program in PROGRAMS.values():
            seconds(python, program)  # writes the bytecode
        runs = [{name: seconds(python, program) for name, program in PROGRAMS.items()} for _ in range(RUNS)]
    medians = {name: statistics.median(run[name] for run in runs) for name in PROGRAMS}
    for name, value in medians.items():
        print(f"{name:<40} {1000 * value:7.1f} ms")
    bare, imported, httpx_ready, ready = medians.values()
    print(f"{'import enboarder, over bare Python':<40} {1000 * (imported - bare):7.1f} ms")
    print(f"{'a client ready, over httpx ready':<40} {ready / httpx_ready:7.2f} x")
    print(f"{'installed, without pip and bytecode':<40} {size / 1e6:7.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
