"""Make this machine look newly booted: `pytest -p tests.young_machine`.

Monotonic clocks begin when a machine starts. A test that compares one with a fixed
number passes on a machine that has been up for days, and fails on a hosted runner.
"""

from __future__ import annotations

import time

UPTIME = 60.0  # seconds
_monotonic = time.monotonic
_loaded_at = _monotonic()


def _young_monotonic() -> float:
    return _monotonic() - _loaded_at + UPTIME


time.monotonic = _young_monotonic
