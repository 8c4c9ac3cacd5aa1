"""Make a virtual environment ready: `python scripts/environment.py FOLDER TASK [constraints]`."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUPS = {"demo": "generate"}
"""The dependency group of a task, where it is not called the same."""
NESTED = ("demo", "test", "check")
"""Each of these groups holds the one before; the others stand apart, in environments of their own."""
EXTRAS = {"demo": "mock", "bench": "file,redis", "docs": "mock"}
"""What else a task needs; all extras, if it is not named."""
ALL_EXTRAS = "mock,cli,file,redis"


def python_of(folder: Path) -> Path:
    """The interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(folder: Path, task: str, constraints: Path) -> None:
    """Create the environment if need be, install what the task needs, and leave a stamp for make."""
    python = python_of(folder)
    if not python.exists():
        venv.create(folder, with_pip=True)
    pip = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    # Dependency groups need pip 25.1; the one that comes with Python may be older.
    subprocess.run([*pip, "--upgrade", "pip>=25.1"], check=True, cwd=ROOT)
    subprocess.run(
        [
            *pip,
            "-c",
            str(constraints),
            "-e",
            f".[{EXTRAS.get(task, ALL_EXTRAS)}]",
            "--group",
            GROUPS.get(task, task),
        ],
        check=True,
        cwd=ROOT,
    )
    for done in NESTED[: NESTED.index(task) + 1] if task in NESTED else [task]:
        (folder / f".{done}").touch()


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 (it runs on whatever Python make was given)
        print(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: make PYTHON=python3.12 …",
            file=sys.stderr,
        )
        return 1
    folder, task = Path(sys.argv[1]), sys.argv[2]
    constraints = Path(sys.argv[3] if len(sys.argv) > 3 else "constraints.txt")
    print(f"setting up {folder} for {task} …", flush=True)
    try:
        prepare(ROOT / folder, task, constraints)
    except subprocess.CalledProcessError as error:
        print(
            f"pip failed ({error.returncode}); it needs a package index, see its message above",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
