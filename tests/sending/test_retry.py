"""When to send again, and how long to wait before."""

import asyncio
import os
import random
import subprocess
import sys
import time
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from enboarder import Clock, RetryPolicy
from enboarder.transport.messages import retry_after

NOW = datetime(2027, 1, 12, 9, 0, 0, tzinfo=UTC)
POLICY = RetryPolicy()


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_read_is_sent_again_after_a_passing_failure(status: int) -> None:
    """After 429, 502, 503 and 504 a read is sent again."""
    assert (
        POLICY.wait(1, writes=False, status=status, sent=True, asked=None, chance=0.5)
        == 0.25
    )


@pytest.mark.parametrize(
    "status", [200, 206, 301, 400, 401, 403, 404, 408, 409, 422, 499, 500, 501, 520]
)
@pytest.mark.parametrize("writes", [True, False])
def test_other_statuses_are_final(status: int, writes: bool) -> None:
    """Nothing else is sent again by its status."""
    assert None is POLICY.wait(
        1, writes=writes, status=status, sent=True, asked=1.0, chance=0.5
    )


@pytest.mark.parametrize("status", [502, 503, 504])
def test_write_is_not_sent_again_after_a_gateway_error(status: int) -> None:
    """A write that a gateway answered may have been done."""
    assert None is POLICY.wait(
        1, writes=True, status=status, sent=True, asked=None, chance=0.5
    )


def test_write_is_sent_again_after_429() -> None:
    """429 means that the write was not carried out."""
    assert (
        POLICY.wait(1, writes=True, status=429, sent=True, asked=None, chance=0.5)
        == 0.25
    )


@pytest.mark.parametrize(
    ("writes", "sent", "again"),
    [
        (False, False, True),
        (False, True, True),
        (True, False, True),
        (True, True, False),
    ],
)
def test_failure_is_sent_again_unless_a_write_may_have_left(
    writes: bool, sent: bool, again: bool
) -> None:
    """Only a write that may have left stays unsent."""
    assert again == (
        POLICY.wait(1, writes=writes, status=None, sent=sent, asked=None, chance=0.5)
        is not None
    )


@pytest.mark.parametrize("attempt", [3, 4])
def test_last_attempt_is_the_third(attempt: int) -> None:
    """Three attempts are made by default."""
    assert None is POLICY.wait(
        attempt, writes=False, status=503, sent=True, asked=None, chance=0.5
    )
    assert None is POLICY.wait(
        attempt, writes=False, status=None, sent=False, asked=None, chance=0.5
    )


@pytest.mark.parametrize(
    ("attempt", "chance", "expected"),
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
    attempt: int, chance: float, expected: float
) -> None:
    """The wait lies between nothing and 0.5 s doubled each time, 8 s at most."""
    assert expected == RetryPolicy(attempts=10).wait(
        attempt, writes=False, status=None, sent=True, asked=None, chance=chance
    )


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
def test_asked_wait_is_never_shortened(asked: float, expected: float | None) -> None:
    """Retry-After is waited in full, or not at all beyond 120 s."""
    assert expected == POLICY.wait(
        1, writes=True, status=429, sent=True, asked=asked, chance=1.0
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("61", 61.0),
        (" 61 ", 61.0),
        ("0", 0.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        ("Tue, 12 Jan 2027 10:01:00 +0100", 60.0),
        ("Tue, 12 Jan 2027 09:01:00 -0000", 60.0),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("\uff16\uff11", None),
        ("Tue, 99 Jan 2027 10:01:00 GMT", None),
        ("Tue, 12 Jan 99999999999999999999 10:01:00 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(
    value: str, expected: float | None
) -> None:
    """Both forms of the header are read; anything else counts as absent."""
    assert expected == retry_after({"retry-after": value}, NOW.timestamp())


def test_retry_after_without_a_zone_is_utc_everywhere() -> None:
    """A date without a time zone is UTC, wherever the program runs."""
    script = (
        "import time; time.tzset(); from enboarder.transport.messages import retry_after; "
        f"print(retry_after({{'retry-after': 'Tue Jan 12 09:01:00 2027'}}, {NOW.timestamp()}))"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == "60.0"


def test_retry_after_is_absent() -> None:
    """Without the header nothing is asked for."""
    assert None is retry_after({}, NOW.timestamp())


async def _nothing(clock: Clock) -> None:
    await clock.sleep_async(0)


def test_system_clock_sleeps_in_the_loop() -> None:
    """The clock of every day yields to the event loop."""
    import asyncio

    assert None is asyncio.run(_nothing(Clock()))


def test_second_attempt_is_followed_by_a_third() -> None:
    """Two failures do not end a call."""
    assert (
        POLICY.wait(2, writes=False, status=503, sent=True, asked=None, chance=0.5)
        == 0.5
    )


def test_smallest_policy_sends_once_and_waits_for_nothing() -> None:
    """One attempt is a policy, and so are waits of 0 seconds."""
    once = RetryPolicy(attempts=1, first_wait=0, longest_wait=0, longest_retry_after=0)

    assert None is once.wait(
        1, writes=False, status=503, sent=True, asked=None, chance=0.5
    )


@pytest.mark.parametrize(
    ("asked", "expected"), [(None, 0.25), (0.0, 0.25), (0.5, None)]
)
def test_policy_without_patience_still_sends_again_when_no_wait_was_asked_for(
    asked: float | None, expected: float | None
) -> None:
    """`longest_retry_after=0` rules out the waits that the service asks for, and no other."""
    policy = RetryPolicy(longest_retry_after=0)

    assert expected == policy.wait(
        1, writes=False, status=503, sent=True, asked=asked, chance=0.5
    )


def test_wait_without_a_limit_doubles_30_times() -> None:
    """However many attempts are made, the wait stays a number."""
    policy = RetryPolicy(attempts=10_000, first_wait=1.0, longest_wait=float("inf"))

    waits = [
        policy.wait(
            attempt, writes=False, status=503, sent=True, asked=None, chance=1.0
        )
        for attempt in (30, 31, 9_999)
    ]

    assert waits == [2.0**29, 2.0**30, 2.0**30]


def test_policy_is_not_changed() -> None:
    """A policy can be shared: nobody changes it for the others."""
    name = "attempts"

    with pytest.raises(FrozenInstanceError):
        setattr(RetryPolicy(), name, 9)


def test_numbers_of_a_policy_are_named() -> None:
    """What a policy is asked about is told by name, the attempt by its place or its name."""
    wait: Any = POLICY.wait

    assert (
        wait(attempt=1, writes=False, status=503, sent=True, asked=None, chance=0.5)
        == 0.25
    )
    with pytest.raises(TypeError):
        wait(1, False, 503, True, None, 0.5)


def test_system_clock_is_that_of_the_standard_library() -> None:
    """The clock of every day is the machine's."""
    clock = Clock()

    assert (clock.monotonic, clock.wall, clock.sleep) == (
        time.monotonic,
        time.time,
        time.sleep,
    )
    assert clock.chance == random.random


def test_system_clock_lets_other_tasks_run() -> None:
    """While one task waits by the clock of every day, another goes on."""

    async def run() -> list[str]:
        done: list[str] = []

        async def other() -> None:
            done.append("other")

        task = asyncio.create_task(other())
        await Clock().sleep_async(0)
        done.append("waited")
        await task
        return done

    assert asyncio.run(run()) == ["other", "waited"]
