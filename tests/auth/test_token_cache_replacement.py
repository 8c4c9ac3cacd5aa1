"""A token that the service refuses is replaced: once for all callers, once in 30 s."""

from __future__ import annotations

import asyncio

import pytest

from enboarder.auth.token import Token
from enboarder.auth.token_cache import TokenCache
from enboarder.errors import EnboarderError, TokenRefused, TokenUnavailable
from tests.auth.fake_endpoint import FakeEndpoint
from tests.conftest import LONG, FakeClock


def replaced(cache: TokenCache, refused: Token, endpoint: FakeEndpoint) -> str | None:
    """Replace a token, and return the value of the new one."""
    token = cache.replace(refused, endpoint.fetch)
    return None if token is None else token.value


def fail_to_replace(
    cache: TokenCache, refused: Token, endpoint: FakeEndpoint, error: EnboarderError
) -> None:
    """Replace a token while the endpoint answers with an error."""
    endpoint.error = error
    with pytest.raises(type(error)):
        cache.replace(refused, endpoint.fetch)
    endpoint.error = None


def test_refused_token_is_replaced_once_for_all(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """A burst of refusals of one token causes one renewal."""
    dead = cache.get(endpoint.fetch)

    values = [replaced(cache, dead, endpoint) for _ in range(5)]

    assert ["token-2"] * 5 == values
    assert 2 == endpoint.requests


def test_tasks_and_threads_share_a_replacement(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """A task gets the token that a thread fetched after the same refusal."""
    dead = cache.get(endpoint.fetch)
    cache.replace(dead, endpoint.fetch)

    token = asyncio.run(cache.replace_async(dead, endpoint.fetch_async))

    assert token is not None
    assert "token-2" == token.value


def test_early_renewal_that_failed_delays_no_replacement(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """The early one kept the old token, so a refusal may replace it at once."""
    old = cache.get(endpoint.fetch)
    time.pass_time(3_000.0)
    endpoint.error = TokenUnavailable("down")
    assert old is cache.get(endpoint.fetch)
    endpoint.error = None

    assert replaced(cache, old, endpoint) is not None


@pytest.mark.parametrize(
    ("later", "expected"),
    [(0.0, None), (29.875, None), (30.0, "token-3"), (1_005.0, "token-3")],
)
def test_replacements_are_30_s_apart(
    cache: TokenCache,
    endpoint: FakeEndpoint,
    time: FakeClock,
    later: float,
    expected: str | None,
) -> None:
    """A service that refuses every token costs one renewal in 30 s."""
    dead = cache.get(endpoint.fetch)
    also_dead = cache.replace(dead, endpoint.fetch)
    assert also_dead is not None
    time.pass_time(later)

    assert expected == replaced(cache, also_dead, endpoint)


def test_replacements_of_tasks_are_30_s_apart(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """The same holds on an event loop."""

    async def run() -> Token | None:
        dead = await cache.get_async(endpoint.fetch_async)
        also_dead = await cache.replace_async(dead, endpoint.fetch_async)
        assert also_dead is not None
        return await cache.replace_async(also_dead, endpoint.fetch_async)

    assert asyncio.run(run()) is None


def test_same_token_again_is_no_replacement(cache: TokenCache, time: FakeClock) -> None:
    """An endpoint that issues the refused token again leaves the refusal as it is."""
    endpoint = FakeEndpoint(time)
    dead = cache.get(endpoint.fetch)

    assert cache.replace(dead, lambda may_wait=True: dead) is None


def test_others_use_a_refused_token_until_there_is_another(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """The service may accept from one caller what it refuses from another."""
    dead = cache.get(endpoint.fetch)
    found: list[Token] = []

    def fetch(*, may_wait: bool = True) -> Token:
        found.append(cache.get(endpoint.fetch))
        return endpoint.fetch()

    cache.replace(dead, fetch)

    assert [dead] == found


@pytest.mark.parametrize(("asked", "pause"), [(None, 1.0), (7.0, 7.0), (600.0, 30.0)])
def test_replacement_that_failed_is_tried_again_before_long(
    cache: TokenCache,
    endpoint: FakeEndpoint,
    time: FakeClock,
    asked: float | None,
    pause: float,
) -> None:
    """One 503 after a revocation fails calls for a second, or as long as it asks."""
    dead = cache.get(endpoint.fetch)
    error = TokenUnavailable("503", retry_after=asked)
    fail_to_replace(cache, dead, endpoint, error)

    time.pass_time(pause - 0.125)
    assert replaced(cache, dead, endpoint) is None
    time.pass_time(0.125)
    assert "token-3" == replaced(cache, dead, endpoint)


def test_replacements_that_fail_become_rarer(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """While it is down, refusals ask the endpoint after 1, 2, 4, 8, 16, then 30 s."""
    dead = cache.get(endpoint.fetch)
    endpoint.error = TokenUnavailable("503")
    asked_at = []
    for second in range(70):
        try:
            cache.replace(dead, endpoint.fetch)
        except TokenUnavailable:
            asked_at.append(second)
        time.pass_time(1)

    assert [0, 1, 3, 7, 15, 31, 61] == asked_at


def test_replacement_that_was_refused_is_not_tried_again_for_30_s(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """A wrong secret does not become right in a second."""
    dead = cache.get(endpoint.fetch)
    fail_to_replace(cache, dead, endpoint, TokenRefused("invalid_client"))

    time.pass_time(29.875)
    assert replaced(cache, dead, endpoint) is None
    time.pass_time(0.125)
    assert "token-3" == replaced(cache, dead, endpoint)


def test_replacement_that_was_interrupted_is_tried_again_at_once(
    cache: TokenCache, endpoint: FakeEndpoint
) -> None:
    """An interrupt renewed nothing: the next caller gets the new token."""
    dead = cache.get(endpoint.fetch)
    endpoint.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        cache.replace(dead, endpoint.fetch)
    endpoint.error = None

    assert "token-3" == replaced(cache, dead, endpoint)


def test_newer_token_replaces_a_refused_one_while_the_endpoint_is_down(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """A token that is due for renewal is still better than none."""
    refused = cache.get(endpoint.fetch)
    cache.replace(refused, endpoint.fetch)
    time.pass_time(2_800)
    endpoint.error = TokenUnavailable("down")

    assert "token-2" == replaced(cache, refused, endpoint)


def test_renewal_that_failed_permits_no_replacement(
    cache: TokenCache, time: FakeClock
) -> None:
    """Replacements stay 30 s apart, whatever happens to other renewals."""
    endpoint = FakeEndpoint(time, lifetime=20.0)
    dead = cache.get(endpoint.fetch)
    also_dead = cache.replace(dead, endpoint.fetch)
    assert also_dead is not None
    # From here on the token is due.
    time.pass_time(15.0)
    endpoint.error = TokenUnavailable("down")
    cache.get(endpoint.fetch)
    endpoint.error = None

    assert replaced(cache, also_dead, endpoint) is None


def test_joining_a_renewal_does_not_use_up_the_replacement(
    cache: TokenCache, endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """A token that was issued just before all were revoked is replaced as well."""
    first = cache.get(endpoint.fetch)
    # From here on the token is due.
    time.pass_time(2800)

    async def run() -> list[str]:
        may_answer = asyncio.Event()

        async def fetch_slowly() -> Token:
            await may_answer.wait()
            return endpoint.fetch()

        renewing = asyncio.create_task(cache.get_async(fetch_slowly))
        await asyncio.sleep(0)
        joining = asyncio.create_task(cache.replace_async(first, endpoint.fetch_async))
        await asyncio.sleep(0)
        may_answer.set()
        renewed = await renewing
        joined = await joining
        again = await cache.replace_async(renewed, endpoint.fetch_async)
        tokens = [renewed, joined, again]
        return [token.value for token in tokens if token is not None]

    values = asyncio.run(asyncio.wait_for(run(), LONG))

    assert ["token-2", "token-2", "token-3"] == values
