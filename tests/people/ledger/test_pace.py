"""How fast requests are sent."""

from __future__ import annotations

import math

import pytest

from enboarder import ConfigurationError
from enboarder.people import Pace
from enboarder.people.pace import Pacer
from tests.conftest import FakeClock


def seconds_for(pacer: Pacer, time: FakeClock, requests: int) -> float:
    """Return how long so many requests take to begin."""
    begun = time.monotonic
    for _ in range(requests):
        time.pass_time(pacer.pause())
        pacer.begin()
        pacer.speed_up()
    return time.monotonic - begun


def test_a_pace_is_kept(time: FakeClock) -> None:
    """Five a second: the eleventh begins after two seconds."""
    assert seconds_for(Pacer(Pace(), time.clock), time, 11) == pytest.approx(2.0)


def test_a_lifted_pace_never_waits(time: FakeClock) -> None:
    """Whoever lifts it wants that."""
    assert 0.0 == seconds_for(Pacer(Pace(2, math.inf), time.clock), time, 100)


@pytest.mark.parametrize("per_second", [5.0, math.inf])
def test_an_overloaded_service_is_given_time(
    time: FakeClock, per_second: float
) -> None:
    """It gets the pause that it asks for, then half the pace, then more again."""
    pacer = Pacer(Pace(2, per_second), time.clock)
    seconds_for(pacer, time, 3)
    pacer.slow_down(30.0)
    assert seconds_for(pacer, time, 1) >= 30.0
    slow = seconds_for(pacer, time, 2)
    assert slow > 0.3
    seconds_for(pacer, time, 100)
    assert seconds_for(pacer, time, 2) < slow / 1.8


def test_a_pace_never_falls_to_nothing(time: FakeClock) -> None:
    """After any number of refusals, a request begins every ten seconds."""
    pacer = Pacer(Pace(), time.clock)
    for _ in range(50):
        pacer.slow_down(0.0)
    pacer.begin()
    assert pacer.pause() <= 10.0


@pytest.mark.parametrize(
    "settings",
    [
        {"in_flight": 0},
        {"in_flight": 1.5},
        {"in_flight": 1000},
        {"per_second": 0},
        {"per_second": -1},
        {"per_second": math.nan},
    ],
)
def test_an_impossible_pace_is_refused(settings: dict[str, float]) -> None:
    """Before anything is sent."""
    with pytest.raises(ConfigurationError):
        Pace(**settings)  # type: ignore[arg-type]
