"""Where everything has to run, a skipped test is a failure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import pytest

def test_a_skip():
    pytest.skip("no such tool")

@pytest.mark.skip(reason="no such tool")
def test_a_mark():
    pass

@pytest.fixture
def tool():
    pytest.skip("no such tool")

def test_a_fixture(tool):
    pass

@pytest.mark.xfail
def test_an_expected_failure():
    assert False
"""
MODULE = 'import pytest\npytest.skip("no such tool", allow_module_level=True)\n'


@pytest.mark.parametrize(
    ("no_skip", "reasons", "summary"),
    [
        ("1", 4, "1 failed, 1 xfailed, 3 errors in "),
        ("", 0, "4 skipped, 1 xfailed in "),
    ],
)
def test_skip_is_a_failure_on_demand(
    tmp_path: Path, no_skip: str, reasons: int, summary: str
) -> None:
    """With ENBOARDER_NO_SKIP=1 whatever is skipped fails and says why.

    A test that is expected to fail does run.
    """
    files = {
        "conftest.py": (ROOT / "conftest.py").read_text("utf-8"),
        "test_each.py": TESTS,
        "test_module.py": MODULE,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--continue-on-collection-errors",
        "-p",
        "no:enboarder_mock",
    ]
    environ = {**os.environ, "ENBOARDER_NO_SKIP": no_skip, "PYTEST_ADDOPTS": ""}
    done = subprocess.run(
        command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )

    assert summary in done.stdout
    explained = re.compile(r"^ENBOARDER_NO_SKIP=1 .*no such tool", re.MULTILINE)
    assert reasons == len(explained.findall(done.stdout))
