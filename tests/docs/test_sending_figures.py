"""The figures about sending, retries and limits are those of the client."""

from __future__ import annotations

import inspect
import re

import pytest

from enboarder import (
    ApiError,
    Enboarder,
    EnboarderError,
    NoAnswer,
    OutcomeUnknown,
    RateLimited,
    RetryPolicy,
)
from enboarder.transport.client import LIMITS
from tests.conftest import FakeClock, Service, basic_launch, keyed
from tests.docs.pages import GUIDES, section, text_of
from tests.engine import httpx

WORDS = {"two": 2, "three": 3, "four": 4}


def plain(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


AT_MOST_ONCE = plain(section(GUIDES / "errors.md", "At most once"))
TIME = plain(section(GUIDES / "errors.md", "Time"))
CONNECTING = plain(text_of(GUIDES / "connecting.md"))


def figure(pattern: str, text: str) -> float:
    """Return the figure that a text gives, in digits or as a word."""
    (found,) = re.findall(pattern, text)
    return float(WORDS.get(found, found))


def statuses_that_are_sent_again() -> set[int]:
    """Return the statuses that the page names for reads."""
    (found,) = re.findall(
        r"\*\*Reads\*\* are sent again after ([\d, ]+) and", AT_MOST_ONCE
    )
    return {int(status) for status in found.split(",")}


@pytest.mark.parametrize(
    "status", [400, 401, 403, 404, 409, *range(429, 432), *range(500, 512)]
)
def test_reads_are_sent_again_after_these_statuses(
    status: int, time: FakeClock
) -> None:
    """A read is sent as often as the page says, and once after other statuses."""
    service = Service(httpx.Response(status))
    with (
        Enboarder(**keyed(service, clock=time.clock)) as client,
        pytest.raises(ApiError),
    ):
        client.reports.get_forms()
    attempts = figure(r"failed connections: (\w+) attempts", AT_MOST_ONCE)
    expected = attempts if status in statuses_that_are_sent_again() else 1
    assert expected == len(service.requests)


def test_reads_are_sent_again_after_a_failed_connection(time: FakeClock) -> None:
    """The number of attempts is that of the page."""
    service = Service(httpx.ReadError(""))
    with (
        Enboarder(**keyed(service, clock=time.clock)) as client,
        pytest.raises(NoAnswer),
    ):
        client.reports.get_forms()
    expected = figure(r"failed connections: (\w+) attempts", AT_MOST_ONCE)
    assert expected == len(service.requests)


@pytest.mark.parametrize(
    "step", [httpx.ReadTimeout(""), httpx.ReadError(""), httpx.Response(500)]
)
def test_writes_are_not_sent_again(
    step: httpx.Response | Exception, time: FakeClock
) -> None:
    """After a timeout, a reset or a 5xx the outcome is unknown at once."""
    service = Service(step)
    with (
        Enboarder(**keyed(service, clock=time.clock)) as client,
        pytest.raises(OutcomeUnknown),
    ):
        client.workflows.launch_basic(basic_launch())
    assert 1 == len(service.requests)


def test_waits_between_attempts_are_at_most_those_of_the_page(time: FakeClock) -> None:
    """No wait is longer than the page says, and the longest is that long."""
    longest = figure(r"with waits of up to (\d+) s", AT_MOST_ONCE)
    service = Service(httpx.Response(503))
    retry = RetryPolicy(attempts=12, chance=lambda: 1.0)
    with (
        Enboarder(**keyed(service, clock=time.clock, retry=retry)) as client,
        pytest.raises(ApiError),
    ):
        client.reports.get_forms()
    assert longest == max(time.slept)


@pytest.mark.parametrize(("more", "sent"), [(0, 3), (1, 1)])
def test_retry_after_is_honoured_up_to_the_figure_of_the_page(
    more: int, sent: int, time: FakeClock
) -> None:
    """A wait of that length is kept, a longer one raises at once."""
    longest = figure(r"honoured up to (\d+) s", AT_MOST_ONCE)
    headers = {"Retry-After": str(int(longest) + more)}
    service = Service(httpx.Response(429, headers=headers))
    with (
        Enboarder(**keyed(service, clock=time.clock)) as client,
        pytest.raises(RateLimited),
    ):
        client.reports.get_forms()
    assert sent == len(service.requests)
    assert [] == [wait for wait in time.slept if wait < longest]


def test_timeout_is_that_of_the_page() -> None:
    """The default of an attempt's time is the one that the page gives."""
    told = figure(r"It is (\d+) s unless", TIME)
    assert inspect.signature(Enboarder).parameters["timeout"].default == told


def test_connections_are_limited_as_the_page_says() -> None:
    """The limit and the idle time of connections are those of the client."""
    most = figure(r"keeps up to (\d+) connections", CONNECTING)
    idle = figure(r"drops one that was idle for (\d+) s", CONNECTING)
    assert (LIMITS["max_connections"], LIMITS["keepalive_expiry"]) == (most, idle)
    assert most == figure(r"for one of the (\d+) connections", TIME)


def test_plain_http_needs_loopback_and_verification_is_not_switched_off() -> None:
    """`verify=False` is refused, as the page says."""
    with pytest.raises(EnboarderError):
        Enboarder(**keyed(Service(), transport=None, verify=False))
