"""A fleet shares its token through expiry, revocation and an outage of its store."""

from __future__ import annotations

import asyncio

import pytest

from scripts.lab.scale import report
from scripts.lab.scale.capacity import Capacity, Speed
from scripts.lab.scale.fleet import Outcome, Size, told
from scripts.lab.scale.report import Told
from scripts.lab.scale.service import TokenRequest
from scripts.lab.scale.stories import ALONE, PROMISES, REVOCATION, Promise
from scripts.lab.scale.virtual_time import VirtualLoop

pytestmark = pytest.mark.untraced

TINY = Size(processes=4, workers=2, pause=600.0)
SEED = 1


def name_of(promise: Promise) -> str:
    return promise.story.name


@pytest.mark.parametrize("promise", PROMISES, ids=name_of)
def test_no_call_fails_and_no_token_is_requested_in_vain(promise: Promise) -> None:
    """One token serves the fleet for its lifetime, or one a process without a store."""
    outcome = told(promise.story, TINY, SEED)

    assert 0 == outcome.failed
    assert 1 == promise.most_of(outcome)
    assert promise.is_kept(outcome)


def test_a_fleet_without_a_store_requests_a_token_for_each_process() -> None:
    """The count shows it when processes do not share their token."""
    outcome = told(ALONE, TINY, SEED)

    assert TINY.processes == outcome.most_per_lifetime


def test_the_same_seed_gives_the_same_figures() -> None:
    """A figure of the page can be repeated."""
    assert told(REVOCATION, TINY, SEED) == told(REVOCATION, TINY, SEED)


@pytest.mark.parametrize(
    ("second", "revoked_at", "expected"),
    [(2699.0, [], 2), (2700.0, [], 1), (900.0, [800.0], 1), (900.0, [950.0], 2)],
)
def test_a_lifetime_ends_when_the_token_is_due_or_revoked(
    second: float, revoked_at: list[float], expected: int
) -> None:
    """Two requests within one lifetime are one too many."""
    requests = [TokenRequest(0.0, "a"), TokenRequest(second, "a")]
    outcome = Outcome(token_requests=requests, revoked_at=revoked_at)

    assert expected == outcome.most_per_lifetime
    assert expected == outcome.most_per_process


def test_a_year_passes_at_once() -> None:
    """Time is virtual, so nobody sleeps."""
    year = 365 * 86_400.0
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(asyncio.sleep(year))

        assert pytest.approx(year) == runner.get_loop().time()


@pytest.mark.parametrize(("failed", "verdict"), [(0, report.KEPT), (1, report.BROKEN)])
def test_the_page_says_whether_promises_are_kept(failed: int, verdict: str) -> None:
    """A run in which a call fails is reported as such."""
    outcome = Outcome(calls=9, failed=failed, token_requests=[TokenRequest(0.0, "a")])
    stories = [Told(promise, outcome) for promise in PROMISES]
    capacity = Capacity([Speed("reads", 1234.0)], rows_per_second=400.0, memory=None)
    page = report.text("a command", capacity, TINY, stories)

    assert verdict in page
    assert "| reads | 1,234 |" in page
    assert (failed == 0) == report.is_kept(stories)
