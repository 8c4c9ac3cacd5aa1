"""The token caches of a process: which clients share one, and how they are cleared."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from enboarder import (
    AsyncEnboarder,
    Enboarder,
    TokenUnavailable,
    Unauthorized,
    clear_token_cache,
)
from enboarder.auth.process_caches import TokenCaches
from tests.auth.fake_endpoint import FakeEndpoint
from tests.conftest import BASE_URL, Driver, FakeClock, Service, granted
from tests.engine import httpx

READ: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})
FORGET: tuple[str, tuple[Any, ...], dict[str, Any]] = ("forget", (), {})


def tokens_sent(service: Service) -> list[str]:
    return [request.headers["authorization"] for request in service.requests]


@pytest.mark.parametrize(("others", "kept"), [(63, True), (64, False)])
def test_process_keeps_64_tokens(time: FakeClock, others: int, kept: bool) -> None:
    """The token that was not used for longest makes room for the 65th."""
    caches = TokenCaches()
    first = caches.get("the first", time.clock)
    for number in range(others):
        caches.get(f"another {number}", time.clock)

    assert kept == (caches.get("the first", time.clock) is first)


def test_token_that_is_used_stays(time: FakeClock) -> None:
    """What counts is the last use, not the first."""
    caches = TokenCaches()
    first = caches.get("the first", time.clock)
    for number in range(200):
        caches.get(f"another {number}", time.clock)
        assert first is caches.get("the first", time.clock)


def test_clients_one_after_the_other_share_a_token(driver: Driver) -> None:
    """A client for each call, which closes after it, costs one token."""
    service = Service()
    settings = granted(service)

    for _ in range(5):
        driver.call(settings, *READ[:1])

    assert ["token-1"] * 5 == tokens_sent(service)
    assert 1 == len(service.token_requests)


def test_forgetting_is_for_all_clients_of_a_credential(driver: Driver) -> None:
    """After `forget` of one client, no client in this process sends the old token."""
    service = Service()
    settings = granted(service)

    driver.calls(settings, READ, FORGET, READ)
    driver.call(settings, *READ[:1])

    assert ["token-1", "token-2", "token-2"] == tokens_sent(service)


def test_forgetting_before_first_use_drops_the_token_of_other_clients(
    driver: Driver,
) -> None:
    """Also a bound credential that was never used reaches the token of its secret."""
    service = Service()
    settings = granted(service)
    driver.call(settings, *READ[:1])

    settings["credential"].auth(base_url=BASE_URL).forget()
    driver.call(settings, *READ[:1])

    assert ["token-1", "token-2"] == tokens_sent(service)


def test_forgetting_before_first_use_does_no_harm(driver: Driver) -> None:
    """Where there is no token yet, nothing is dropped and nothing is sent."""
    service = Service()

    driver.calls(granted(service), FORGET, READ)

    assert ["token-1"] == tokens_sent(service)
    assert 1 == len(service.token_requests)


def test_failure_of_one_clock_is_not_seen_by_another(driver: Driver) -> None:
    """A client with its own clock asks for a token, whatever another one remembers."""
    service = Service(token=httpx.Response(503))
    settings = granted(service)
    with pytest.raises(TokenUnavailable):
        driver.call({**settings, "clock": FakeClock().clock}, *READ[:1])
    service.token = None

    driver.call({**settings, "clock": FakeClock().clock}, *READ[:1])

    assert 2 == len(service.token_requests)


def test_failure_is_seen_by_clients_with_the_same_clock(
    driver: Driver, time: FakeClock
) -> None:
    """A failure is remembered for the process, not for a client."""
    service = Service(token=httpx.Response(503))
    settings = granted(service, clock=time.clock)

    for _ in range(3):
        with pytest.raises(TokenUnavailable):
            driver.call(settings, *READ[:1])

    assert 1 == len(service.token_requests)


def test_clearing_drops_the_token_of_a_client_in_use() -> None:
    """A blocking client asks for a token again, and so does a new client."""
    service = Service()
    settings = granted(service)
    with Enboarder(**settings) as client:
        client.reports.get_forms()

        clear_token_cache()
        client.reports.get_forms()

    assert ["token-1", "token-2"] == tokens_sent(service)


def test_clearing_drops_the_token_of_an_asynchronous_client_in_use() -> None:
    """The same holds on an event loop."""
    service = Service()

    async def run() -> None:
        async with AsyncEnboarder(**granted(service)) as client:
            await client.reports.get_forms()
            clear_token_cache()
            await client.reports.get_forms()

    asyncio.run(run())

    assert ["token-1", "token-2"] == tokens_sent(service)


def test_clearing_drops_a_remembered_failure(driver: Driver, time: FakeClock) -> None:
    """The next call asks the endpoint, as if nothing had happened."""
    service = Service(token=httpx.Response(503))
    settings = granted(service, clock=time.clock)
    with pytest.raises(TokenUnavailable):
        driver.call(settings, *READ[:1])
    service.token = None

    clear_token_cache()
    driver.call(settings, *READ[:1])

    assert 1 == len(service.requests)


def test_clearing_forgets_when_a_token_was_last_replaced(time: FakeClock) -> None:
    """A replacement in one test does not keep a client in use from one in the next."""
    service = Service(httpx.Response(401))
    with Enboarder(**granted(service, clock=time.clock)) as client:
        with pytest.raises(Unauthorized):
            client.reports.get_forms()
        clear_token_cache()
        service.requests.clear()

        with pytest.raises(Unauthorized):
            client.reports.get_forms()

    assert ["token-3", "token-4"] == tokens_sent(service)


def test_clearing_forgets_how_often_the_endpoint_failed(
    time: FakeClock, endpoint: FakeEndpoint
) -> None:
    """Pauses begin with 1 s again."""
    caches = TokenCaches()
    cache = caches.get("key", time.clock)
    endpoint.error = TokenUnavailable("down")
    for _ in range(4):
        with pytest.raises(TokenUnavailable):
            cache.get(endpoint.fetch)
        time.pass_time(60)
    caches.clear()
    with pytest.raises(TokenUnavailable):
        cache.get(endpoint.fetch)
    time.pass_time(1)
    endpoint.error = None

    assert "token-6" == cache.get(endpoint.fetch).value


def test_clearing_reaches_a_client_whose_token_is_no_longer_kept(
    endpoint: FakeEndpoint, time: FakeClock
) -> None:
    """A client goes on with its cache when 64 others have taken its place."""
    caches = TokenCaches()
    in_use = caches.get("key", time.clock)
    in_use.get(endpoint.fetch)
    for number in range(64):
        caches.get(f"another {number}", time.clock)

    caches.clear()

    assert "token-2" == in_use.get(endpoint.fetch).value


def test_cleared_caches_ask_again(endpoint: FakeEndpoint, time: FakeClock) -> None:
    """A client in use and a new one go on sharing one cache, which is empty."""
    caches = TokenCaches()
    in_use = caches.get("key", time.clock)
    in_use.get(endpoint.fetch)

    caches.clear()

    assert "token-2" == in_use.get(endpoint.fetch).value
    assert in_use is caches.get("key", time.clock)
