"""Install a distribution alone, and look at what that brings along."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path


def alone(folder: Path, wanted: str) -> Path:
    """Make a new environment with a distribution and what it depends on.

    Returns:
        The interpreter of the environment.
    """
    command = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
    subprocess.run(command, check=True)
    python = folder / "bin" / "python"
    if os.name == "nt":
        python = folder / "Scripts" / "python.exe"
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    options = ["--disable-pip-version-check", "install", "--quiet", "--no-compile"]
    subprocess.run([*pip, *options, wanted], check=True)
    return python


def packages(python: Path) -> Path:
    """Return where an interpreter has its packages."""
    program = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run(
        [str(python), "-I", "-c", program],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(done.stdout.strip())


def installed_size(python: Path) -> int:
    """Return the bytes of everything that is installed."""
    files = (path for path in packages(python).rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files)


def seconds(python: Path, program: str) -> float:
    """Run a program in a new process, and return how long that takes."""
    started = time.perf_counter()
    subprocess.run([str(python), "-I", "-c", program], check=True)
    return time.perf_counter() - started
