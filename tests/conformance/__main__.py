"""`make conformance`: every test of the suite that makes a call, and this folder, under the judge."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALL_NOBODY = {"contract", "generated", "scripts", "gate", "site", "typing"}
"""Folders that look at the contract, the generated code, programs and pages; but for two of their files:"""
CALL = ("tests/scripts/test_verify.py", "tests/gate/test_journeys.py")


def suite() -> list[str]:
    """What is run."""
    tests = [
        path
        for path in (ROOT / "tests").iterdir()
        if path.is_dir() or path.match("test_*.py")
    ]
    calling = [
        path
        for path in tests
        if path.name not in CALL_NOBODY and not path.name.startswith(("_", "."))
    ]
    return [*sorted(str(path.relative_to(ROOT)) for path in calling), *CALL]


def main() -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "-p",
        "tests.conformance.judge",
        *suite(),
        *sys.argv[1:],
    ]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
