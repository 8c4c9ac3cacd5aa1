"""Run every test on each Python at hand, and once with the lowest versions: `python scripts/test_all.py`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from environment import ROOT, python_of

VERSIONS = ("3.11", "3.12", "3.13", "3.14")


def at_hand() -> dict[str, str]:
    """The interpreters that start, by version: on the path, or kept by pyenv."""
    found = {}
    for version in VERSIONS:
        kept = sorted(
            (Path.home() / ".pyenv" / "versions").glob(
                f"{version}.*/bin/python{version}"
            )
        )
        for path in [shutil.which(f"python{version}"), *map(str, kept)]:
            if (
                path
                and subprocess.run(
                    [path, "-c", ""], capture_output=True, check=False
                ).returncode
                == 0
            ):
                found[version] = path
                break
    return found


def tested(python: str, name: str, constraints: str) -> bool:
    folder = Path(".venvs") / name
    prepared = subprocess.run(
        [python, "scripts/environment.py", str(folder), "test", constraints],
        cwd=ROOT,
        check=False,
    )
    if prepared.returncode != 0:
        return False
    command = [str(python_of(ROOT / folder)), "-m", "pytest", "-q", "-n", "auto"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def main() -> int:
    interpreters = at_hand()
    runs = [
        (path, version, "constraints.txt") for version, path in interpreters.items()
    ]
    runs += [
        (path, f"{version}-lowest", "constraints-lowest.txt")
        for version, path in list(interpreters.items())[:1]
    ]
    results = {
        name: tested(python, name, constraints) for python, name, constraints in runs
    }
    for name, passed in results.items():
        print(f"{'ok' if passed else 'FAILED':>6}  {name}")
    if not results:
        print(f"none of python{', python'.join(VERSIONS)} is on the path")
    return 0 if results and all(results.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
