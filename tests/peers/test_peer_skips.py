"""Nothing is skipped in silence where everything has to run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SKIPPING = {
    "in a test": 'def test_one() -> None: pytest.skip("no such tool")',
    "by a mark": '@pytest.mark.skip(reason="no such tool")\ndef test_one() -> None: pass',
    "in a fixture": '@pytest.fixture\ndef tool(): pytest.skip("no such tool")\ndef test_one(tool) -> None: pass',
    "a whole module": 'pytest.skip("no such tool", allow_module_level=True)',
}


def ran(folder: Path, text: str, allowed: str) -> str:
    """What pytest reports of a test file, with the hook of this repository."""
    (folder / "conftest.py").write_text((ROOT / "conftest.py").read_text("utf-8"), "utf-8")
    (folder / "test_skipping.py").write_text(f"import pytest\n{text}\n", "utf-8")
    environ = {**os.environ, "ENBOARDER_NO_SKIP": allowed, "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:enboarder_mock", str(folder)]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.parametrize("where", SKIPPING)
def test_skip_is_a_failure_on_demand(tmp_path: Path, where: str) -> None:
    """With ENBOARDER_NO_SKIP=1 a skip fails and tells its reason; without, it is a skip."""
    strict, usual = (ran(tmp_path, SKIPPING[where], allowed) for allowed in ("1", ""))

    assert re.search(r"forbids to skip\. .*no such tool", strict)
    assert re.search(r"^1 (failed|error)", strict, re.MULTILINE)
    assert re.search(r"^1 skipped", usual, re.MULTILINE)


def test_expected_failure_is_no_skip(tmp_path: Path) -> None:
    """A test that is marked as an expected failure did run."""
    text = "@pytest.mark.xfail\ndef test_one() -> None: assert False"

    assert re.search(r"^1 xfailed", ran(tmp_path, text, "1"), re.MULTILINE)
