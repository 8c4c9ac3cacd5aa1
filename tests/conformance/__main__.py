"""`make conformance`: this folder, and the tests of the suite that start a stand-in service, under the judge."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUITE = (
    "tests/conformance",
    "tests/mock",
    "tests/docs/test_documentation.py",
    "tests/examples",
    "tests/stores/test_store_choice.py",
    "tests/stores/test_store_fleet.py",
    "tests/test_client.py",
    "tests/test_every_method.py",
    "tests/test_one_token.py",
)
"""What starts a `MockServer`, but for test_verify, which asks for paths that the contract lacks, and the journeys of tests/gate,
which Redocly judges; the rest of the suite talks to services in memory that answer whatever a test wants."""


def main() -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "tests.conformance.judge", *SUITE, *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
