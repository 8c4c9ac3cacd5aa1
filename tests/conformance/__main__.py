"""Run this folder and every test that makes a call, and let openapi-core judge them."""

from __future__ import annotations

import subprocess
import sys

from scripts.layout import ROOT

CALL_NOBODY = {
    "contract",
    "frozen",
    "gate",
    "generated",
    "mutation",
    "scripts",
    "site",
    "typing",
}
"""Tests that look at the contract, generated code, programs and pages.

Some of their files do make calls:
"""
CALL = ("tests/cli/verification", "tests/gate/test_journeys.py")
WAITS = "test_request_that_waited_is_sent_with_the_newest_token"
OF_OTHER_ENGINES = (
    f"tests/auth/test_expiry_on_the_way.py::{WAITS}",
    "tests/transport/test_engine.py",
    "tests/wire/test_wire_engines.py",
)
"""The judge watches clients of httpx."""


def suite() -> list[str]:
    """Return what is run."""
    tests = [
        path
        for path in (ROOT / "tests").iterdir()
        if path.is_dir() or path.match("test_*.py")
    ]
    calling = [
        path.relative_to(ROOT).as_posix()
        for path in tests
        if path.name not in CALL_NOBODY and not path.name.startswith(("_", "."))
    ]
    return [*sorted(calling), *CALL]


def main() -> int:
    """Run pytest with the plugin; words after the command go to pytest."""
    plugin = ["-p", "tests.conformance.judge"]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *plugin]
    command += [f"--deselect={test}" for test in OF_OTHER_ENGINES]
    done = subprocess.run([*command, *suite(), *sys.argv[1:]], cwd=ROOT, check=False)
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main())
