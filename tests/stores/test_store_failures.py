"""A store that fails never fails a call: memory serves, and that is logged once."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest

from enboarder.stores import FileStore, Kept, RedisStore, Slot, Store, redis
from tests.conftest import BASE_URL, Driver, Service, credentials
from tests.stores.conftest import Server, free_port, redis_server

Warnings = Callable[[], list[str]]
CALL: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})


def settings_of(service: Service, store: Store) -> dict[str, Any]:
    """Settings of clients with that store."""
    return {"credential": credentials(store=store), "base_url": BASE_URL, "transport": service.transport}


def serves_from_memory(driver: Driver, store: Store) -> None:
    """Two calls, of which the second finds the token of the first in memory."""
    service = Service()
    driver.calls(settings_of(service, store), CALL, CALL)
    assert (2, 1) == (len(service.requests), len(service.token_requests))


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[Server]:
    """A server that the test may stop."""
    with redis_server(tmp_path) as server:
        yield server


class Failing(Store):
    """A store of which every verb fails."""

    def load(self, slot: Slot) -> NoReturn:
        raise ZeroDivisionError("canary-in-a-message")

    def save(self, slot: Slot, kept: Kept) -> NoReturn:
        self.load(slot)

    def delete(self, slot: Slot) -> NoReturn:
        self.load(slot)

    def lock(self, slot: Slot) -> NoReturn:
        self.load(slot)


def test_a_store_that_fails_throughout(driver: Driver, warnings: Warnings) -> None:
    """Whatever a store raises: calls are served, and one line is logged, which names the store and the kind of error."""
    serves_from_memory(driver, Failing())

    (warning,) = warnings()
    assert "Failing: ZeroDivisionError" in warning
    assert "canary" not in warning


def test_a_folder_that_cannot_be_made(driver: Driver, warnings: Warnings, tmp_path: Path) -> None:
    """A folder below a file: calls are served, and that is logged once."""
    (tmp_path / "file").touch()

    serves_from_memory(driver, FileStore(tmp_path / "file" / "tokens"))

    assert 1 == len(warnings())


def test_a_folder_that_others_may_use(driver: Driver, warnings: Warnings, tmp_path: Path) -> None:
    """S11: calls are served, no token is written there, and that is logged once."""
    tmp_path.chmod(0o755)

    serves_from_memory(driver, FileStore(tmp_path))

    assert [] == list(tmp_path.iterdir())
    assert 1 == len(warnings())


def test_a_redis_that_is_down(driver: Driver, warnings: Warnings) -> None:
    """Nobody listens: calls are served, and that is logged once."""
    serves_from_memory(driver, RedisStore(f"redis://127.0.0.1:{free_port()}"))

    assert 1 == len(warnings())


def test_a_redis_that_never_answers(driver: Driver, warnings: Warnings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who listens and says nothing holds a call up for a few times 2 s at most, once for each token."""
    assert redis.ANSWER_WITHIN <= 3
    monkeypatch.setattr(redis, "ANSWER_WITHIN", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        serves_from_memory(driver, RedisStore(f"redis://127.0.0.1:{silent.getsockname()[1]}"))

    assert 1 == len(warnings())


def test_a_redis_that_dies_between_calls(driver: Driver, own_redis: Server, warnings: Warnings) -> None:
    """The store worked once, then its server goes: the next token comes all the same."""
    service, store = Service(), RedisStore(own_redis.url)
    settings = settings_of(service, store)
    driver.call(settings, "reports.get_forms")
    assert [] == warnings()

    own_redis.stop()
    settings["credential"].auth(base_url=BASE_URL).forget()
    driver.calls(settings, CALL, CALL)

    assert (3, 2) == (len(service.requests), len(service.token_requests))
    assert 1 == len(warnings())


def test_a_redis_that_dies_under_the_lock(driver: Driver, own_redis: Server, warnings: Warnings) -> None:
    """The server goes while the token is asked for: the token is used, though it can be neither kept nor unlocked."""

    def answer(request: httpx.Request) -> httpx.Response:
        own_redis.stop()
        return httpx.Response(200, json={"access_token": "token-1", "expires_in": 3600})

    service = Service(token=answer)
    driver.calls(settings_of(service, RedisStore(own_redis.url)), CALL, CALL)

    assert (2, 1) == (len(service.requests), len(service.token_requests))
    assert 1 == len(warnings())


def test_forgetting_goes_on_without_the_store(driver: Driver, warnings: Warnings) -> None:
    """`forget(shared=True)` empties the memory when the store fails."""
    service = Service()
    driver.calls(settings_of(service, Failing()), CALL, ("forget", (), {"shared": True}), CALL)

    assert 2 == len(service.token_requests)
    assert 1 == len(warnings())


def test_nothing_secret_is_logged_or_shown(
    driver: Driver, redis: Server, warnings: Warnings, caplog: pytest.LogCaptureFixture
) -> None:
    """S1: A password in the URL that Redis refuses is in no log, `repr` or `vars`; nor is a token."""
    caplog.set_level(logging.DEBUG)
    store = RedisStore(f"redis://someone:canary-password@127.0.0.1:{redis.port}/0")
    service = Service(token=httpx.Response(200, json={"access_token": "canary-token", "expires_in": 3600}))

    settings = settings_of(service, store)

    driver.call(settings, "reports.get_forms")

    assert 1 == len(service.requests)
    text = caplog.text + repr(store) + str(vars(store)) + repr(Kept("canary", 1, 1)) + repr(settings["credential"])
    assert "AuthenticationError" in text
    assert "canary" not in text
    assert settings["credential"].client_secret.reveal() not in text


def test_a_store_that_works_warns_of_nothing(driver: Driver, store: Store, warnings: Warnings) -> None:
    """When all goes well there is nothing to tell."""
    driver.call(settings_of(Service(), store), "reports.get_forms")

    assert [] == warnings()
