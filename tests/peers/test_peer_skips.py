"""Nothing is skipped in silence where everything has to run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from scripts.layout import ROOT

TESTS = """
import pytest

def test_a_skip(): pytest.skip("no such tool")

@pytest.mark.skip(reason="no such tool")
def test_a_mark(): pass

@pytest.fixture
def tool(): pytest.skip("no such tool")

def test_a_fixture(tool): pass

@pytest.mark.xfail
def test_an_expected_failure(): assert False
"""
MODULE = 'import pytest\npytest.skip("no such tool", allow_module_level=True)\n'


def run(folder: Path, no_skip: str) -> str:
    """Run the tests in a folder with this repository's conftest.py."""
    conftest = (ROOT / "conftest.py").read_text("utf-8")
    (folder / "conftest.py").write_text(conftest, "utf-8")
    (folder / "test_each.py").write_text(TESTS, "utf-8")
    (folder / "test_module.py").write_text(MODULE, "utf-8")
    pytest_command = [sys.executable, "-m", "pytest", "-q", "-p", "no:enboarder_mock"]
    done = subprocess.run(
        [*pytest_command, "--continue-on-collection-errors"],
        cwd=folder,
        env={**os.environ, "ENBOARDER_NO_SKIP": no_skip, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_skip_is_a_failure_on_demand(tmp_path: Path) -> None:
    """With ENBOARDER_NO_SKIP=1 each skipped test fails, and its reason is shown.

    An expected failure did run, so it passes.
    """
    printed = run(tmp_path, no_skip="1")
    failures = re.findall(r"^ENBOARDER_NO_SKIP=1 .*no such tool", printed, re.MULTILINE)

    assert "1 failed, 1 xfailed, 3 errors in " in printed
    assert 4 == len(failures)


def test_skip_is_no_failure_otherwise(tmp_path: Path) -> None:
    """On a laptop a test may be skipped."""
    assert "4 skipped, 1 xfailed in " in run(tmp_path, no_skip="")
