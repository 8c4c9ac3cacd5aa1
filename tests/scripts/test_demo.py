"""The demonstration does the main job."""

from __future__ import annotations

import subprocess
import sys

import pytest

from scripts.layout import ROOT

pytestmark = pytest.mark.untraced


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """What `make demo` prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "scripts.demo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, "") == (done.returncode, done.stderr)
    return done.stdout.splitlines()


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_demo_does_the_main_job(lines: list[str], version: str) -> None:
    """Each credential launches, moves, cancels and keeps a profile on its paths."""
    base = f"/restapi/{version}"
    requests = [line.split()[-2:] for line in lines if f"{base}/" in line]

    assert [
        ["POST", f"{base}/startwf/basic"],
        ["POST", f"{base}/startwf/advance"],
        ["PUT", f"{base}/updatewf"],
        ["POST", f"{base}/cancelwf"],
        ["POST", f"{base}/profile"],
    ] == requests[:5]


def test_demo_costs_one_token_request(lines: list[str]) -> None:
    """All calls of the OAuth2 client share a token."""
    assert "token requests: 1" in lines


def test_demo_reads_a_report_to_its_end(lines: list[str]) -> None:
    """Both credentials get every row, page after page."""
    assert 2 == sum("1,203 form rows" in line for line in lines)
