"""A failed token request is remembered for a while, and reaches every caller."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from enboarder import EnboarderError, TokenRefused, TokenUnavailable
from enboarder.auth.token import Token
from enboarder.auth.token_cache import TokenCache
from tests.auth.fake_endpoint import FakeEndpoint, issued, present
from tests.conftest import LONG, FakeClock


@pytest.mark.parametrize(
    ("error", "pauses"),
    [
        (TokenUnavailable("down"), [1, 2, 4, 8, 16, 30, 30]),
        (TokenUnavailable("busy", retry_after=0.5), [1, 2]),
        (TokenUnavailable("busy", retry_after=40.0), [40, 40]),
        (TokenUnavailable("busy", retry_after=900.0), [60, 60]),
        (TokenRefused("no"), [30, 30, 30]),
    ],
    ids=["unavailable", "asks for less", "asks for 40 s", "asks for 900 s", "refused"],
)
def test_failure_is_repeated_without_asking_for_a_while(
    cache: TokenCache,
    endpoint: FakeEndpoint,
    time: FakeClock,
    error: EnboarderError,
    pauses: list[int],
) -> None:
    """1 s, doubling to 30 s; up to 60 s if the endpoint asks; 30 s if it refuses."""
    endpoint.error = error
    for number, pause in enumerate(pauses, start=1):
        with pytest.raises(type(error), match=str(error)):
            cache.get(endpoint.fetch)
        assert number == endpoint.requests
        time.pass_time(pause - 0.25)
        with pytest.raises(type(error), match=str(error)):
            cache.get(endpoint.fetch)
        assert number == endpoint.requests
        time.pass_time(0.25)


def test_pauses_begin_again_after_a_success(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """The first failure after a success is followed by a pause of 1 s."""
    endpoint.error = TokenUnavailable("down")
    for _ in range(3):
        with pytest.raises(TokenUnavailable):
            cache.get(endpoint.fetch)
        time.pass_time(31)
    endpoint.error = None
    assert "token-4" == cache.get(endpoint.fetch).value
    time.pass_time(3600)
    endpoint.error = TokenUnavailable("down")

    requests = []
    for seconds in (0.0, 0.75, 0.25):
        time.pass_time(seconds)
        with pytest.raises(TokenUnavailable):
            cache.get(endpoint.fetch)
        requests.append(endpoint.requests)

    assert [5, 5, 6] == requests


def test_endpoint_that_was_down_for_a_day_is_asked_again(
    cache: TokenCache, time: FakeClock
) -> None:
    """After a thousand failures a success is a success."""

    def fail(*, may_wait: bool = True) -> Token:
        raise TokenUnavailable("down")

    for _ in range(1100):
        with pytest.raises(TokenUnavailable):
            cache.get(fail)
        time.pass_time(31.0)
    token = issued("t0ken", present(time))

    assert token is cache.get(lambda may_wait=True: token)


def test_old_token_is_used_while_the_endpoint_is_down(
    cache: TokenCache,
    endpoint: FakeEndpoint,
    time: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A renewal that fails ahead of expiry is logged once, and no call fails."""
    cache.get(endpoint.fetch)
    time.pass_time(2800)
    endpoint.error = TokenUnavailable("down")

    with caplog.at_level(logging.WARNING, "enboarder"):
        values = [cache.get(endpoint.fetch).value for _ in range(20)]

    assert ["token-1"] * 20 == values
    assert 2 == endpoint.requests
    assert 1 == len(caplog.messages)
    assert "down" in caplog.text


@pytest.mark.parametrize(("chance", "pause"), [(0.0, 30.0), (0.5, 45.0), (1.0, 60.0)])
def test_renewal_that_failed_is_tried_again_after_30_to_60_s(
    cache: TokenCache,
    endpoint: FakeEndpoint,
    time: FakeClock,
    chance: float,
    pause: float,
) -> None:
    """The next attempts are spread, so that a fleet does not ask at once."""
    time.chance = chance
    cache.get(endpoint.fetch)
    time.pass_time(2800)
    endpoint.error = TokenUnavailable("down")

    requests = []
    for seconds in (0.0, pause - 0.25, 0.25):
        time.pass_time(seconds)
        cache.get(endpoint.fetch)
        requests.append(endpoint.requests)

    assert [2, 2, 3] == requests


def test_pause_ends_with_the_old_token(cache: TokenCache, time: FakeClock) -> None:
    """Once nothing valid is left, the endpoint is asked again."""
    endpoint = FakeEndpoint(time, lifetime=20.0)
    cache.get(endpoint.fetch)
    time.pass_time(16)
    endpoint.error = TokenUnavailable("down")
    assert "token-1" == cache.get(endpoint.fetch).value
    endpoint.error = None
    time.pass_time(2.125)

    assert "token-3" == cache.get(endpoint.fetch).value


def test_failure_reaches_every_caller_that_waits(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """Callers that wait for a request that fails all get its error."""
    endpoint.error = TokenUnavailable("down")
    endpoint.may_answer.clear()
    barrier = threading.Barrier(9)

    def call() -> Token:
        barrier.wait(LONG)
        return cache.get(endpoint.fetch)

    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(call) for _ in range(8)]
        barrier.wait(LONG)
        assert endpoint.requested.wait(LONG)
        endpoint.may_answer.set()
        errors = [future.exception(LONG) for future in futures]

    assert {TokenUnavailable} == {type(error) for error in errors}
    assert 8 == len({id(error) for error in errors})
    assert 1 == endpoint.requests


def test_each_caller_gets_its_own_copy_of_the_error(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """No two callers raise the same error object, so no traceback grows."""
    endpoint.error = TokenUnavailable("down", status=503, retry_after=7.0)
    errors = []
    for _ in range(3):
        with pytest.raises(TokenUnavailable) as caught:
            cache.get(endpoint.fetch)
        errors.append(caught.value)

    assert 3 == len({id(error) for error in errors})
    assert [503] * 3 == [error.status for error in errors]
    assert [7.0] * 3 == [error.retry_after for error in errors]


def test_remembered_error_holds_no_frame_of_the_token_request(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """Frames of the request hold the secret; a later caller's traceback has none."""
    endpoint.error = TokenUnavailable("down")
    with pytest.raises(TokenUnavailable):
        cache.get(endpoint.fetch)

    with pytest.raises(TokenUnavailable) as caught:
        cache.get(endpoint.fetch)

    names = [entry.name for entry in caught.traceback]
    assert "fetch" not in names
