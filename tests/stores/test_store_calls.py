"""Blocking and asynchronous clients share a token through a store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import pytest

from enboarder import AsyncEnboarder, ClientCredentials, Enboarder
from enboarder.stores import Store, TokenKey
from tests.conftest import BASE_URL, LONG, TOKEN_URL, Driver, FakeClock, Service
from tests.engine import httpx
from tests.stores.conftest import (
    OwnStore,
    StoreWith,
    key_of,
    loaded,
    new_key,
    settings_of,
    start_again,
    stored,
)

CALL: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})


def sent_tokens(service: Service) -> list[str]:
    """Return the tokens of all calls so far."""
    return [request.headers["Authorization"] for request in service.requests]


def test_a_process_that_starts_uses_the_token_of_another(
    driver: Driver, store: Store
) -> None:
    """The next process uses the stored token, so there is one token request."""
    service = Service()
    settings = settings_of(service, store)

    driver.call(settings, "reports.get_forms")
    start_again(settings)
    driver.call(settings, "reports.get_forms")

    assert 1 == len(service.token_requests)
    assert ["token-1", "token-1"] == sent_tokens(service)


def test_a_token_with_little_time_left_is_not_used(
    driver: Driver, store: Store
) -> None:
    """If the stored token is due for renewal, a new process renews it."""
    service = Service()
    settings = settings_of(service, store)
    store.save(key_of(settings), stored("old", left=600, lifetime=3600))

    driver.call(settings, "reports.get_forms")

    assert ["token-1"] == sent_tokens(service)


def test_a_refused_token_is_not_used_again(driver: Driver, store: Store) -> None:
    """A stored token that the service refuses is replaced, and the call succeeds."""
    refused = httpx.Response(401)
    done = httpx.Response(200, json={"items": []})
    service = Service(refused, done)
    settings = settings_of(service, store)
    store.save(key_of(settings), stored("dead"))

    driver.call(settings, "reports.get_forms")

    assert ["dead", "token-1"] == sent_tokens(service)
    assert 1 == len(service.token_requests)
    assert "token-1" == loaded(store, key_of(settings)).token


def test_a_token_that_another_process_renewed_is_used(
    driver: Driver, store: Store
) -> None:
    """When a token is refused and the store has a newer one, none is requested."""
    service = Service()
    settings = settings_of(service, store)
    key = key_of(settings)

    def refuse(_: httpx.Request) -> httpx.Response:
        store.save(key, stored("newer"))
        return httpx.Response(401)

    service.steps = [refuse, httpx.Response(200, json={"items": []})]
    store.save(key, stored("dead"))

    driver.call(settings, "reports.get_forms")

    assert ["dead", "newer"] == sent_tokens(service)
    assert [] == service.token_requests


def test_a_stored_token_is_renewed_at_its_own_time(
    driver: Driver, store: Store, time: FakeClock
) -> None:
    """A token that is found after half its life is still renewed in time."""
    service = Service()
    settings = settings_of(service, store, clock=time.clock)
    store.save(key_of(settings), stored("half", left=1800, lifetime=3600))

    driver.call(settings, "reports.get_forms")
    # At two thirds of its life.
    time.pass_time(600)
    driver.call(settings, "reports.get_forms")
    # At five sixths. The clock of the store stands still, so the token is deleted.
    store.delete(key_of(settings))
    time.pass_time(600)
    driver.call(settings, "reports.get_forms")

    assert ["half", "half", "token-1"] == sent_tokens(service)


def test_forgetting_leaves_the_store_alone_unless_it_is_asked_to(store: Store) -> None:
    """`forget()` affects this process only, `forget(shared=True)` all processes."""
    service = Service()
    settings = settings_of(service, store)
    with Enboarder(**settings) as client:
        client.reports.get_forms()
        client.forget()
        assert store.load(key_of(settings)) is not None
        client.forget(shared=True)
        assert store.load(key_of(settings)) is None
        client.reports.get_forms()

    assert 2 == len(service.token_requests)


def test_forgetting_can_be_awaited(store: Store) -> None:
    """The asynchronous client empties the store, too."""
    settings = settings_of(Service(), store)

    async def run() -> None:
        async with AsyncEnboarder(**settings) as client:
            await client.reports.get_forms()
            await client.forget(shared=True)

    asyncio.run(run())

    assert store.load(key_of(settings)) is None


def announcing(store: Store, waits: asyncio.Event) -> Store:
    """Return the store; the event is set when a caller is about to wait for a lock."""
    loop = asyncio.get_running_loop()

    def lock(key: TokenKey) -> AbstractContextManager[object]:
        loop.call_soon_threadsafe(waits.set)
        return store.lock(key)

    return StoreWith(store, lock=lock)


def test_a_wait_for_the_lock_does_not_block_the_loop(store: Store) -> None:
    """While another process requests the token, the event loop keeps running."""
    service = Service()

    async def run() -> None:
        waits = asyncio.Event()
        settings = settings_of(service, announcing(store, waits))
        key = key_of(settings)
        async with AsyncEnboarder(**settings) as client:
            with store.lock(key):
                call = asyncio.create_task(client.reports.get_forms())
                # A callback of the loop sets it, which shows that the loop runs.
                await asyncio.wait_for(waits.wait(), LONG)
                store.save(key, stored("theirs"))
            await asyncio.wait_for(call, LONG)

    asyncio.run(run())

    assert ["theirs"] == sent_tokens(service)
    assert [] == service.token_requests


def test_a_cancelled_wait_leaves_the_lock_free(store: Store) -> None:
    """After a task that waits for the lock is cancelled, the next call succeeds."""
    service = Service()

    async def run() -> None:
        waits = asyncio.Event()
        settings = settings_of(service, announcing(store, waits))
        async with AsyncEnboarder(**settings) as client:
            with store.lock(key_of(settings)):
                call = asyncio.create_task(client.reports.get_forms())
                await asyncio.wait_for(waits.wait(), LONG)
                call.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await call
            await asyncio.wait_for(client.reports.get_forms(), LONG)

    asyncio.run(run())

    assert ["token-1"] == sent_tokens(service)
    assert 1 == len(service.token_requests)


@pytest.mark.usefixtures("short_wait")
def test_a_lock_that_nobody_releases_is_waited_for_once(
    driver: Driver, store: Store, warnings: Callable[[], list[str]]
) -> None:
    """After the wait, the call requests a token without the lock, and logs that."""
    service = Service()
    settings = settings_of(service, store)

    with store.lock(key_of(settings)):
        driver.calls(settings, CALL, CALL)

    assert 1 == len(service.token_requests)
    assert 1 == len(warnings())


def test_threads_and_loops_share_one_token(store: Store) -> None:
    """Eight threads, half of them with an event loop, make one token request."""
    service = Service()
    settings = settings_of(service, store)
    drivers = [Driver(awaited=number % 2 == 1) for number in range(8)]

    def call(driver: Driver) -> None:
        driver.call(settings, "reports.get_forms")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(call, drivers, timeout=LONG))

    assert 1 == len(service.token_requests)


def test_a_rotated_secret_leads_to_another_key(driver: Driver, store: Store) -> None:
    """After the secret is rotated, a new token is requested and stored beside it."""
    secrets = [new_key().name]
    service = Service()
    credential = ClientCredentials(
        "client-id",
        lambda: secrets[-1],
        token_url=TOKEN_URL,
        store=store,
    )
    settings = {
        "credential": credential,
        "base_url": BASE_URL,
        "transport": service.transport,
    }

    driver.call(settings, "reports.get_forms")
    before = key_of(settings)
    secrets.append(new_key().name)
    driver.call(settings, "reports.get_forms")

    assert ["token-1", "token-2"] == sent_tokens(service)
    assert "token-1" == loaded(store, before).token
    assert "token-2" == loaded(store, key_of(settings)).token


def test_a_custom_store_needs_four_verbs(driver: Driver) -> None:
    """Any class with load, save, delete and lock shares tokens."""
    service = Service()
    store = OwnStore()
    settings = settings_of(service, store)

    driver.call(settings, "reports.get_forms")
    start_again(settings)
    driver.call(settings, "reports.get_forms")

    assert 1 == len(service.token_requests)
    assert ["token-1"] == [one.token for one in store.tokens.values()]
