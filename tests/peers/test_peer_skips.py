"""Nothing is skipped in silence where everything has to run."""

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


@pytest.mark.parametrize(
    ("told", "reasons", "summary"),
    [
        ("1", 4, "1 failed, 1 xfailed, 3 errors in "),
        ("", 0, "4 skipped, 1 xfailed in "),
    ],
)
def test_skip_is_a_failure_on_demand(
    tmp_path: Path, told: str, reasons: int, summary: str
) -> None:
    """With ENBOARDER_NO_SKIP=1 a skipped test fails with its reason.

    An expected failure did run, so it passes.
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
    environ = {**os.environ, "ENBOARDER_NO_SKIP": told, "PYTEST_ADDOPTS": ""}
    done = subprocess.run(
        command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )

    assert summary in done.stdout
    assert (
        len(
            re.findall(
                r"^ENBOARDER_NO_SKIP=1 forbids to skip\. .*no such tool",
                done.stdout,
                re.MULTILINE,
            )
        )
        == reasons
    )
