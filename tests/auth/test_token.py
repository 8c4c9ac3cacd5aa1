"""The age of a token, the time of its renewal, and its `repr`."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from enboarder import Clock
from enboarder.auth.token import Moment, Token, TokenKey, issued_token
from tests.conftest import FakeClock

ISSUED_AT = Moment(1_000.0, 1_800_000_000.0)


def token_of(lifetime: Any, *, chance: float = 0.5, value: Any = "t0ken") -> Token:
    """Return a token with this lifetime."""
    time = FakeClock()
    time.chance = chance
    token = issued_token(value, lifetime, ISSUED_AT, time.clock)
    assert token is not None
    return token


@pytest.mark.parametrize(
    ("chance", "soft"), [(0.0, 2700.0), (0.5, 2826.0), (1.0, 2952.0)]
)
def test_renewal_is_due_between_75_and_82_percent_of_the_life(
    chance: float, soft: float
) -> None:
    """The moment of renewal is spread, so that a fleet does not renew at once."""
    assert soft == pytest.approx(token_of(3600, chance=chance).soft)


@pytest.mark.parametrize(
    ("lifetime", "hard"), [(3600, 3570.0), (300, 270.0), (20, 18.0), (1, 0.9)]
)
def test_last_seconds_of_a_life_are_not_used(lifetime: int, hard: float) -> None:
    """The last 30 s, or the last tenth of a short life, are left."""
    token = token_of(lifetime)

    assert hard == pytest.approx(token.hard)
    assert token.soft < token.hard


@pytest.mark.parametrize("lifetime", [3600, 3600.0, "3600"])
def test_lifetime_is_a_number_or_its_digits(lifetime: object) -> None:
    """A lifetime that is sent as a string is read."""
    assert 3600.0 == token_of(lifetime).lifetime


def test_missing_lifetime_is_taken_as_five_minutes() -> None:
    """A token without a lifetime is used for 300 s, less the last tenth."""
    assert 300.0 == token_of(None).lifetime


@pytest.mark.parametrize("lifetime", [0.001, 315_359_999])
def test_lifetime_may_be_short_or_nearly_ten_years(lifetime: float) -> None:
    """The shortest and longest sensible lifetimes are accepted."""
    assert lifetime == token_of(lifetime).lifetime


@pytest.mark.parametrize(
    "lifetime",
    [0, -0.5, 315_360_000, 1e12, 10**400, float("nan"), "soon", [], {}, b"3600"],
)
def test_lifetime_that_makes_no_sense_is_not_believed(lifetime: Any) -> None:
    """There is no token then."""
    assert issued_token("t0ken", lifetime, ISSUED_AT, FakeClock().clock) is None


@pytest.mark.parametrize("value", ["", None, 7, "t0 ken", "t0ken\r\nX: y", "tökén"])
def test_value_that_cannot_be_sent_in_a_header_is_no_token(value: Any) -> None:
    """A token must be visible ASCII."""
    assert issued_token(value, 3600, ISSUED_AT, FakeClock().clock) is None


@pytest.mark.parametrize(
    ("monotonic", "wall", "age"),
    [
        (5.0, 5.0, 5.0),
        pytest.param(5.0, -7200.0, 5.0, id="the wall clock was set back"),
        pytest.param(5.0, 28_800.0, 28_800.0, id="the machine slept"),
    ],
)
def test_age_is_that_of_the_clock_that_says_more(
    monotonic: float, wall: float, age: float
) -> None:
    """A token does not become younger if the wall clock is set back, or after a
    suspend.
    """
    clock = Clock(lambda: 1_000.0 + monotonic, lambda: 1_800_000_000.0 + wall)

    assert age == token_of(3600).age(clock)


def test_age_counts_from_the_start_of_the_machine() -> None:
    """A token that was requested soon after a start has its full age later."""
    token = evolve(token_of(3600), requested_at=Moment(10.0, 1_800_000_000.0))
    clock = Clock(lambda: 3_600.0, lambda: 1_800_003_590.0)

    assert 3590.0 == token.age(clock)


@pytest.mark.parametrize(
    ("monotonic", "wall", "fresh"),
    [
        (100.0, 200.0, True),
        (109.5, 209.5, True),
        pytest.param(110.0, 200.0, False, id="the wall clock was set back"),
        (111.0, 200.0, False),
        pytest.param(100.0, 210.0, False, id="the machine slept"),
        (100.0, 211.0, False),
        (109.5, 150.0, True),
    ],
)
def test_token_is_fresh_until_one_clock_says_otherwise(
    monotonic: float, wall: float, fresh: bool
) -> None:
    """Each clock alone can make a token due."""
    token = Token("token", Moment(100.0, 200.0), lifetime=20.0, soft=10.0)

    assert fresh == token.is_fresh(Clock(lambda: monotonic, lambda: wall))


def test_token_is_the_same_by_its_value() -> None:
    """A token that the endpoint issues again is the same token."""
    token = token_of(3600)

    assert token.is_same(evolve(token, requested_at=Moment(2.0, 2.0)))
    assert not token.is_same(evolve(token, value="x"))
    assert not token.is_same(None)


@pytest.mark.parametrize("shown", ["{0!r}", "{0!s}", "{0}"])
def test_token_shows_its_times_alone(shown: str) -> None:
    """No text form of a token has its value."""
    text = shown.format(token_of(3600))

    assert "t0ken" not in text
    assert "2826" in text
    assert "3570" in text


@pytest.mark.parametrize("shown", ["{0!r}", "{0!s}", "{0}"])
def test_token_key_shows_the_start_of_its_name_alone(shown: str) -> None:
    """Keys in a log are distinguishable, but do not show the whole name or the seal."""
    text = shown.format(TokenKey("0123456789abcdef" * 4, b"k" * 32))

    assert "01234567" in text
    assert "012345678" not in text
    assert "kk" not in text
