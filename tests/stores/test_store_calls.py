"""Clients that share a token through a store, blocking and awaited."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest

from enboarder import AsyncEnboarder, ClientCredentials, Enboarder
from enboarder.stores import Kept, Slot, Store, file, redis
from tests.conftest import BASE_URL, LONG, TOKEN_URL, Driver, FakeClock, Service, credentials
from tests.stores.conftest import kept, new_slot

NewStore = Callable[[], Store]
CALL: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})


class DictStore(Store):
    """A store of one's own: the four verbs, here on a mapping."""

    def __init__(self) -> None:
        self.tokens: dict[str, Kept] = {}
        self._lock = threading.Lock()

    def load(self, slot: Slot) -> Kept | None:
        return self.tokens.get(slot.name)

    def save(self, slot: Slot, kept: Kept) -> None:
        self.tokens[slot.name] = kept

    def delete(self, slot: Slot) -> None:
        self.tokens.pop(slot.name, None)

    def lock(self, slot: Slot) -> AbstractContextManager[object]:
        return self._lock


class Watched(Store):
    """A store that tells when somebody is about to wait for its lock."""

    def __init__(self, store: Store, waits: Callable[[], object]) -> None:
        self._store, self._waits = store, waits

    def load(self, slot: Slot) -> Kept | None:
        return self._store.load(slot)

    def save(self, slot: Slot, kept: Kept) -> None:
        self._store.save(slot, kept)

    def delete(self, slot: Slot) -> None:
        self._store.delete(slot)

    def lock(self, slot: Slot) -> AbstractContextManager[object]:
        self._waits()
        return self._store.lock(slot)


def settings_of(service: Service, store: Store, **options: Any) -> dict[str, Any]:
    """Settings of clients that nobody gave a token yet."""
    return {"credential": credentials(store=store), "base_url": BASE_URL, "transport": service.transport, **options}


def slot_of(settings: dict[str, Any]) -> Slot:
    """Where the token of these settings is kept."""
    credential: ClientCredentials = settings["credential"]
    return credential.slot(TOKEN_URL)


def begin_anew(settings: dict[str, Any]) -> None:
    """Empty the memory, as in a process that begins."""
    settings["credential"].auth(base_url=BASE_URL).forget()


def sent_tokens(service: Service) -> list[str]:
    """The tokens of all calls so far."""
    return [request.headers["Authorization"] for request in service.requests]


def test_a_process_that_begins_takes_the_token_of_another(driver: Driver, store: Store) -> None:
    """What one process asked for, the next one uses: one token request."""
    service = Service()
    settings = settings_of(service, store)

    driver.call(settings, "reports.get_forms")
    begin_anew(settings)
    driver.call(settings, "reports.get_forms")

    assert (1, ["token-1", "token-1"]) == (len(service.token_requests), sent_tokens(service))


def test_a_token_of_which_little_is_left_is_not_taken(driver: Driver, store: Store) -> None:
    """A kept token that is due for renewal is renewed by whoever begins with it."""
    service = Service()
    settings = settings_of(service, store)
    store.save(slot_of(settings), kept("old", left=600, lifetime=3600))

    driver.call(settings, "reports.get_forms")

    assert ["token-1"] == sent_tokens(service)


def test_a_refused_token_is_not_taken_again(driver: Driver, store: Store) -> None:
    """A token that the service refuses is not adopted from the store once more: it is replaced there, and the call is served."""
    ok, refused = httpx.Response(200, json={"items": []}), httpx.Response(401)
    service = Service(refused, ok)
    settings = settings_of(service, store)
    store.save(slot_of(settings), kept("dead"))

    driver.call(settings, "reports.get_forms")

    assert (["dead", "token-1"], 1) == (sent_tokens(service), len(service.token_requests))
    found = store.load(slot_of(settings))
    assert found is not None
    assert "token-1" == found.token


def test_a_token_that_another_process_renewed_is_taken(driver: Driver, store: Store) -> None:
    """When a token is refused and the store has a newer one by then, no token is asked for."""
    service = Service()
    settings = settings_of(service, store)
    slot = slot_of(settings)

    def refuse(request: httpx.Request) -> httpx.Response:
        store.save(slot, kept("newer"))
        return httpx.Response(401)

    service.steps = [refuse, httpx.Response(200, json={"items": []})]
    store.save(slot, kept("dead"))

    driver.call(settings, "reports.get_forms")

    assert (["dead", "newer"], 0) == (sent_tokens(service), len(service.token_requests))


def test_a_token_kept_for_long_keeps_its_age(driver: Driver, store: Store, time: FakeClock) -> None:
    """A token taken from the store at half its life is renewed at its own time, not half a life later."""
    service = Service()
    settings = settings_of(service, store, clock=time.clock)
    store.save(slot_of(settings), kept("half", left=1800, lifetime=3600))

    def call_later(seconds: float) -> None:
        time.pass_time(seconds)
        driver.call(settings, "reports.get_forms")

    call_later(0)
    call_later(600)  # at two thirds
    store.delete(slot_of(settings))  # its own clocks did not move
    call_later(600)  # at five sixths

    assert ["half", "half", "token-1"] == sent_tokens(service)


def test_forgetting_leaves_the_store_alone_unless_asked(store: Store) -> None:
    """S15: `forget()` is of this process, `forget(shared=True)` of all."""
    service = Service()
    settings = settings_of(service, store)
    with Enboarder(**settings) as client:
        client.reports.get_forms()
        client.forget()
        assert store.load(slot_of(settings)) is not None
        client.forget(shared=True)
        assert store.load(slot_of(settings)) is None
        client.reports.get_forms()

    assert 2 == len(service.token_requests)


def test_forgetting_can_be_awaited(store: Store) -> None:
    """S15: The awaited client empties the store, too."""
    settings = settings_of(Service(), store)

    async def run() -> None:
        async with AsyncEnboarder(**settings) as client:
            await client.reports.get_forms()
            await client.forget(shared=True)

    asyncio.run(run())

    assert store.load(slot_of(settings)) is None


def test_a_wait_for_the_lock_does_not_hold_up_the_loop(store: Store) -> None:
    """While another process asks for the token, the event loop runs on; then its token is taken."""
    service = Service()

    async def run() -> None:
        loop, waits = asyncio.get_running_loop(), asyncio.Event()
        watched = Watched(store, lambda: loop.call_soon_threadsafe(waits.set))
        settings = settings_of(service, watched)
        async with AsyncEnboarder(**settings) as client:
            with store.lock(slot_of(settings)):  # the other process
                call = asyncio.create_task(client.reports.get_forms())
                await asyncio.wait_for(waits.wait(), LONG)
                store.save(slot_of(settings), kept("theirs"))
            await asyncio.wait_for(call, LONG)

    asyncio.run(run())

    assert (["theirs"], 0) == (sent_tokens(service), len(service.token_requests))


def test_a_cancelled_wait_leaves_the_lock_free(store: Store) -> None:
    """When the task that waits for the lock is cancelled, the next call is served, and still by one token request."""
    service = Service()

    async def run() -> None:
        loop, waits = asyncio.get_running_loop(), asyncio.Event()
        watched = Watched(store, lambda: loop.call_soon_threadsafe(waits.set))
        settings = settings_of(service, watched)
        async with AsyncEnboarder(**settings) as client:
            with store.lock(slot_of(settings)):
                call = asyncio.create_task(client.reports.get_forms())
                await asyncio.wait_for(waits.wait(), LONG)
                call.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await call
            await asyncio.wait_for(client.reports.get_forms(), LONG)

    asyncio.run(run())

    assert (1, ["token-1"]) == (len(service.token_requests), sent_tokens(service))


def test_a_lock_that_is_not_given_back_is_waited_for_in_vain_once(
    driver: Driver, store: Store, warnings: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Availability before thrift: after the wait, the call asks for a token of its own, and that is logged once."""
    monkeypatch.setattr(file, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(redis, "LONGEST_WAIT", 0.05)
    service = Service()
    settings = settings_of(service, store)

    with store.lock(slot_of(settings)):
        driver.calls(settings, CALL, CALL)

    assert 1 == len(service.token_requests)
    assert 1 == len(warnings())


def test_threads_and_loops_share_one_token(store: Store) -> None:
    """8 threads, half of them with an event loop, with a cold memory and a cold store: one token request."""
    service = Service()
    settings = settings_of(service, store)
    drivers = [Driver(awaited=bool(number % 2)) for number in range(8)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: one.call(settings, "reports.get_forms"), drivers, timeout=LONG))

    assert 1 == len(service.token_requests)


def test_a_rotated_secret_is_another_slot(driver: Driver, store: Store) -> None:
    """S13: after the client secret is rotated, what the old one kept is a miss, not an error."""
    secrets = [new_slot().name]
    service = Service()
    credential = ClientCredentials("client-id", lambda: secrets[-1], token_url=TOKEN_URL, store=store)
    settings = {"credential": credential, "base_url": BASE_URL, "transport": service.transport}

    driver.call(settings, "reports.get_forms")
    before = slot_of(settings)
    secrets.append(new_slot().name)
    driver.call(settings, "reports.get_forms")

    assert ["token-1", "token-2"] == sent_tokens(service)
    assert [True, True] == [store.load(slot) is not None for slot in (before, slot_of(settings))]


def test_a_store_of_ones_own_takes_four_verbs(driver: Driver) -> None:
    """Any class with load, save, delete and lock shares tokens."""
    service, store = Service(), DictStore()
    settings = settings_of(service, store)

    driver.call(settings, "reports.get_forms")
    begin_anew(settings)
    driver.call(settings, "reports.get_forms")

    assert (1, ["token-1"]) == (len(service.token_requests), [one.token for one in store.tokens.values()])


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "other"},
        {"client_secret": "other"},
        {"scopes": ("a",)},
        {"token_url": "https://other.example.com/"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_slots_differ_by_what_makes_the_token(change: dict[str, Any]) -> None:
    """S12: another client, secret, scope set or endpoint has another slot, whose name tells none of them."""
    given: dict[str, Any] = {
        "client_id": "id-1",
        "client_secret": "a-secret",
        "scopes": ("a", "b"),
        "token_url": TOKEN_URL,
    }

    slots = [
        ClientCredentials(one["client_id"], one["client_secret"], scopes=one["scopes"]).slot(one["token_url"])
        for one in (given, {**given, **change})
    ]

    assert slots[0].name != slots[1].name
    assert not [part for part in ("id-1", "a-secret", "example") if part in slots[0].name + repr(slots[0])]


def test_the_order_of_scopes_makes_no_slot() -> None:
    """S12: the same scopes in another order are the same token."""
    names = [
        ClientCredentials("id", "secret", scopes=scopes).slot(TOKEN_URL).name for scopes in (("a", "b"), ("b", "a"))
    ]

    assert names[0] == names[1]
