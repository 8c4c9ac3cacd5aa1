"""Runs that are killed with SIGKILL: nobody is launched twice, and nobody is lost.

`nox -s kill` does it with a hundred kills and a thousand rows.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.lab.kills.trial import Settings, try_out

pytestmark = [
    pytest.mark.untraced,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL"),
]


def test_killed_runs_launch_nobody_twice(tmp_path: Path, location: str) -> None:
    """Two runs at once, with faults, each killed and started again."""
    settings = Settings(
        "test", rows=40, kills=5, at_once=2, with_faults=True, seed=20_261_128
    )
    figures = try_out(settings, tmp_path, location)
    assert figures.is_right, figures
    assert figures.statuses["done"] > 0
