"""When a request is sent again, and how long the client waits before."""

from __future__ import annotations

import random
from math import inf, nan
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from enboarder import Attempt, ConfigurationError, RetryPolicy
from enboarder.sending.retry import RetryPolicy as SendingPolicy


def attempt(**known: Any) -> Attempt:
    """Return an attempt; by default, the first one of a read that got a 503."""
    values = {
        "number": 1,
        "writes": False,
        "status": 503,
        "sent": True,
        "retry_after": None,
    }
    return Attempt(**{**values, **known})


def policy(chance: float = 0.5, **numbers: Any) -> RetryPolicy:
    """Return a policy whose jitter is known."""
    return RetryPolicy(chance=lambda: chance, **numbers)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_read_is_sent_again_after_a_passing_failure(status: int) -> None:
    """After 429, 502, 503 and 504 a read is sent again."""
    assert policy().wait(attempt(status=status)) == 0.25


@pytest.mark.parametrize(
    "status",
    [200, 206, 301, 400, 401, 403, 404, 408, 409, 422, 499, 500, 501, 520],
)
@pytest.mark.parametrize("writes", [True, False])
def test_other_statuses_are_final(status: int, writes: bool) -> None:
    """No other status leads to another attempt, even if the answer asks for a wait."""
    judged = attempt(status=status, writes=writes, retry_after=1.0)

    assert policy().wait(judged) is None


@pytest.mark.parametrize("status", [502, 503, 504])
def test_write_is_not_sent_again_after_a_gateway_error(status: int) -> None:
    """A write that a gateway answered may have been done."""
    assert policy().wait(attempt(status=status, writes=True)) is None


def test_write_is_sent_again_after_429() -> None:
    """429 means that the write was not carried out."""
    assert policy().wait(attempt(status=429, writes=True)) == 0.25


@pytest.mark.parametrize(
    ("writes", "sent", "expected"),
    [
        (False, False, 0.25),
        (False, True, 0.25),
        (True, False, 0.25),
        (True, True, None),
    ],
)
def test_only_a_write_that_may_have_left_is_not_sent_again(
    writes: bool, sent: bool, expected: float | None
) -> None:
    """Without an answer, a write is sent again only if it cannot have left."""
    judged = attempt(status=None, writes=writes, sent=sent)

    assert policy().wait(judged) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, 0.25), (2, 0.5), (3, None), (4, None)],
)
def test_third_attempt_is_the_last(number: int, expected: float | None) -> None:
    """A request is sent three times by default."""
    assert policy().wait(attempt(number=number)) == expected


@pytest.mark.parametrize(
    ("number", "chance", "expected"),
    [
        (1, 0.0, 0.0),
        (1, 1.0, 0.5),
        (2, 1.0, 1.0),
        (4, 1.0, 4.0),
        (5, 1.0, 8.0),
        (9, 1.0, 8.0),
        (9, 0.5, 4.0),
    ],
)
def test_wait_doubles_with_full_jitter(
    number: int, chance: float, expected: float
) -> None:
    """A wait is between nothing and 0.5 s, doubled each time up to 8 s."""
    assert policy(chance, attempts=10).wait(attempt(number=number)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (0.0, 0.5),
        (0.2, 0.5),
        (61.0, 61.0),
        (120.0, 120.0),
        (120.1, None),
        (3600.0, None),
    ],
)
def test_wait_that_the_service_asks_for_is_never_shortened(
    asked: float, expected: float | None
) -> None:
    """The client waits as long as the service asks, or gives up beyond 120 s."""
    judged = attempt(status=429, writes=True, retry_after=asked)

    assert policy(chance=1.0).wait(judged) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [(None, 0.25), (0.0, 0.25), (0.5, None)],
)
def test_policy_without_patience_rules_out_only_waits_that_are_asked_for(
    asked: float | None, expected: float | None
) -> None:
    """With `longest_retry_after=0`, only the policy's own waits remain."""
    impatient = policy(longest_retry_after=0)

    assert impatient.wait(attempt(retry_after=asked)) == expected


def test_smallest_policy_never_sends_again() -> None:
    """A policy may have one attempt, and waits of 0 seconds."""
    once = policy(attempts=1, first_wait=0, longest_wait=0, longest_retry_after=0)

    assert once.wait(attempt()) is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [(30, 2.0**29), (31, 2.0**30), (9_999, 2.0**30)],
)
def test_wait_without_a_limit_doubles_thirty_times(
    number: int, expected: float
) -> None:
    """The wait stays a number after any number of attempts."""
    patient = policy(1.0, attempts=10_000, first_wait=1.0, longest_wait=inf)

    assert patient.wait(attempt(number=number)) == expected


def test_each_wait_has_a_chance_of_its_own() -> None:
    """Two clients that fail together do not try again together."""
    chances = iter([0.2, 0.8])
    uneven = RetryPolicy(first_wait=1.0, chance=lambda: next(chances))

    assert [uneven.wait(attempt()), uneven.wait(attempt())] == [0.2, 0.8]


def test_usual_chance_is_that_of_the_standard_library() -> None:
    """Without a `chance` of the user's, jitter is random."""
    assert RetryPolicy().chance is random.random


def test_policy_is_not_changed() -> None:
    """A policy can be shared, because nobody can change it."""
    name = "attempts"

    with pytest.raises(FrozenInstanceError):
        setattr(RetryPolicy(), name, 9)


def test_attempt_is_not_changed() -> None:
    """A policy judges an attempt, and does not alter it."""
    name = "sent"

    with pytest.raises(FrozenInstanceError):
        setattr(attempt(), name, False)


def test_policies_with_the_same_numbers_are_equal() -> None:
    """`chance` does not count when policies are compared, and is not shown."""
    assert policy(0.1) == policy(0.9)
    assert "chance" not in repr(policy())


@pytest.mark.parametrize(
    "numbers",
    [
        {"attempts": 0},
        {"attempts": "3"},
        {"attempts": nan},
        {"first_wait": -1.0},
        {"first_wait": nan},
        {"longest_wait": None},
        {"longest_wait": nan},
        {"longest_retry_after": -0.1},
        {"longest_retry_after": nan},
    ],
)
def test_policy_that_cannot_work_is_refused(numbers: dict[str, Any]) -> None:
    """A policy sends at least once, and waits no negative time."""
    with pytest.raises(ConfigurationError, match="RetryPolicy"):
        RetryPolicy(**numbers)


def test_subclass_decides_for_itself() -> None:
    """The user's own policy overrides one method, which gets one value."""

    class Once(SendingPolicy):
        def wait(self, attempt: Attempt) -> float | None:
            return 3.0 if attempt.number == 1 else None

    assert Once().wait(attempt()) == 3.0
