"""Starts are compared with those of the same round."""

from __future__ import annotations

import pytest

from scripts.lab.start import BARE, HTTPX, IMPORT, READY, median_more, median_ready

pytestmark = pytest.mark.untraced

CALM = {BARE: 1.0, IMPORT: 3.0, HTTPX: 4.0, READY: 6.0}
BUSY = {name: 10 * seconds for name, seconds in CALM.items()}


def test_a_busy_round_does_not_change_what_is_compared() -> None:
    """The machine slows all programs of a round down, so their ratio stays."""
    assert 1.5 == median_ready([CALM, BUSY, CALM])
    assert 2.0 == median_more([CALM, BUSY, CALM], IMPORT)
