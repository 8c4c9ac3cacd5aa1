"""A caller that waits for a token says what ended its wait."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from enboarder import Clock, TokenUnavailable
from enboarder.auth.caller import Caller
from enboarder.auth.token_cache import TokenCache
from tests.auth.fake_endpoint import FakeEndpoint
from tests.conftest import LONG


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
