"""How often one request is sent again after a refusal."""

from __future__ import annotations

import pytest

from enboarder.auth.replays import Replays
from enboarder.auth.token import Moment, Token
from tests.conftest import FakeClock

LIFETIME = 300.0


def token_at(time: FakeClock) -> Token:
    """Return a token that is requested now."""
    return Token("t0ken", Moment.now(time.clock), LIFETIME, soft=240.0)


@pytest.mark.parametrize(
    ("status", "age", "expected"),
    [(401, 0.0, True), (403, 0.0, False), (403, 59.9, False), (403, 60.0, True)],
)
def test_403_to_a_young_token_says_nothing_about_the_token(
    time: FakeClock, status: int, age: float, expected: bool
) -> None:
    """It is about the right to do something, and another token has the same."""
    token = token_at(time)
    time.pass_time(age)

    assert Replays(time.clock).may_follow(status, token) == expected


def test_valid_tokens_are_refused_twice_at_most(time: FakeClock) -> None:
    """A service that refuses every token gets the request no third time."""
    replays = Replays(time.clock)
    allowed = [replays.may_follow(401, token_at(time)) for _ in range(3)]

    assert [True, False, False] == allowed


@pytest.mark.parametrize("status", [401, 403])
def test_tokens_may_expire_five_times(time: FakeClock, status: int) -> None:
    """Tokens that live shorter than a request takes end the call as well."""
    token = token_at(time)
    time.pass_time(LIFETIME)
    replays = Replays(time.clock)

    allowed = [replays.may_follow(status, token) for _ in range(6)]

    assert [True] * 5 + [False] == allowed


def test_expiry_and_revocation_are_counted_apart(time: FakeClock) -> None:
    """After tokens that expired, the first that is revoked is replaced, too."""
    replays = Replays(time.clock)
    expired = token_at(time)
    time.pass_time(LIFETIME)
    assert replays.may_follow(401, expired)

    assert replays.may_follow(401, token_at(time))
    assert not replays.may_follow(401, token_at(time))
