"""How long a caller waits for a token, and what its error says about that."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from enboarder import Clock, TokenUnavailable
from enboarder.auth.caller import LATE_AFTER, LONGEST_WAIT, Caller, Patience
from enboarder.auth.pending_token import PendingToken
from enboarder.auth.token_cache import TokenCache
from tests.auth.fake_endpoint import FakeEndpoint
from tests.conftest import BASE_URL, LONG, FakeClock, credentials
from tests.engine import httpx


def patience_of(time: FakeClock, timeout: float | None) -> Patience:
    """Return the patience of a caller that asks now."""
    return Patience(time.clock, timeout, LONGEST_WAIT, LATE_AFTER)


def refresh_of(time: FakeClock) -> PendingToken:
    """Return a refresh that begins now."""
    return PendingToken("a cause", time.monotonic)


@pytest.mark.parametrize(
    ("timeout", "expected"), [(None, 45.0), (3600.0, 45.0), (7.0, 7.0)]
)
def test_timeout_shortens_the_wait_and_never_prolongs_it(
    time: FakeClock, timeout: float | None, expected: float
) -> None:
    """A call that may take an hour waits for its token no longer than others."""
    own = refresh_of(time)

    assert expected == patience_of(time, timeout).seconds_for(own, own)


def test_leader_that_gives_up_leaves_its_refresh_to_others(time: FakeClock) -> None:
    """Only the refresh of another caller can be late; the own one goes on."""
    patience = patience_of(time, None)
    own = refresh_of(time)
    time.pass_time(LONGEST_WAIT)

    with pytest.raises(TokenUnavailable):
        patience.check_late(own, own)


def test_caller_that_gave_up_joins_the_refresh_that_it_began(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """Its next call waits for the same token, and requests no second one."""
    endpoint.may_answer.clear()
    with pytest.raises(TokenUnavailable):
        cache.get(endpoint.fetch, Caller(timeout=0.01))
    assert endpoint.requested.wait(LONG)
    time.when_read = endpoint.may_answer.set

    assert "token-1" == cache.get(endpoint.fetch).value
    assert 1 == endpoint.requests


def test_token_counts_as_part_of_the_answer(
    endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """The caller's own client waits for it by its timeout for reading."""

    def answer(_: httpx.Request) -> httpx.Response:
        assert endpoint.may_answer.wait(LONG)
        return httpx.Response(503)

    endpoint.may_answer.clear()
    auth = credentials().auth(
        base_url=BASE_URL, transport=httpx.MockTransport(answer), clock=time.clock
    )
    timeouts = httpx.Timeout(LONG, read=0.01).as_dict()
    request = httpx.Request("GET", BASE_URL, extensions={"timeout": timeouts})
    try:
        with pytest.raises(TokenUnavailable, match=r"0\.01 s"):
            next(auth.sync_auth_flow(request))
    finally:
        endpoint.may_answer.set()


@pytest.mark.parametrize(
    ("timeout", "longest_wait", "is_of_the_call"),
    [(0.03, LONG, True), (LONG, 0.03, False)],
)
def test_error_tells_the_timeout_of_a_call_from_a_blocked_loop(
    endpoint: FakeEndpoint, timeout: float, longest_wait: float, is_of_the_call: bool
) -> None:
    """Only a longer timeout helps in one case, and it does not in the other."""
    # The wait takes real time, so the clock has to be a real one.
    cache = TokenCache(Clock(), late_after=LONG, longest_wait=longest_wait)
    endpoint.may_answer.clear()
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(cache.get, endpoint.fetch)
        assert endpoint.requested.wait(LONG)
        try:
            with pytest.raises(TokenUnavailable) as caught:
                cache.get(endpoint.fetch, Caller(timeout=timeout))
        finally:
            endpoint.may_answer.set()
        leader.exception(LONG)

    assert is_of_the_call == ("Raise timeout" in str(caught.value))
