"""If a store fails, calls succeed, and the token is kept in memory."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from redis import exceptions

from enboarder import TokenUnavailable
from enboarder.auth.token import Moment, Token
from enboarder.stores import FileStore, RedisStore, Store, StoredToken, TokenKey, redis
from tests.conftest import Driver, FakeClock, Service, refusing_port
from tests.engine import httpx
from tests.stores.conftest import (
    Server,
    new_key,
    redis_server,
    settings_of,
    start_again,
    stored,
)

Warnings = Callable[[], list[str]]
CALL: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})


def assert_served_from_memory(driver: Driver, store: Store) -> None:
    """Make two calls; the second one uses the token of the first."""
    service = Service()
    driver.calls(settings_of(service, store), CALL, CALL)
    assert 2 == len(service.requests)
    assert 1 == len(service.token_requests)


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[Server]:
    """Run a server that the test may stop."""
    with redis_server(tmp_path) as server:
        yield server


class FailingStore(Store):
    """A store whose verbs all fail."""

    def load(self, key: TokenKey) -> NoReturn:
        raise ZeroDivisionError("canary-in-a-message")

    def save(self, key: TokenKey, stored: StoredToken) -> NoReturn:
        self.load(key)

    def delete(self, key: TokenKey) -> NoReturn:
        self.load(key)

    def lock(self, key: TokenKey) -> NoReturn:
        self.load(key)


class NotReachedStore(Store):
    """A store that cannot be reached, and writes down which verbs are called."""

    def __init__(self, *errors: Exception | None) -> None:
        self.verbs: list[str] = []
        self._errors = list(errors)

    def load(self, key: TokenKey) -> None:
        self.verbs.append("load")
        error = self._errors.pop(0)
        if error is not None:
            raise error

    def save(self, key: TokenKey, stored: StoredToken) -> None:
        self.verbs.append("save")

    def delete(self, key: TokenKey) -> None:
        self.verbs.append("delete")

    @contextmanager
    def lock(self, key: TokenKey) -> Iterator[None]:
        self.verbs.append("lock")
        yield
        self.verbs.append("release")


def test_a_store_that_always_fails(driver: Driver, warnings: Warnings) -> None:
    """Calls succeed, and one log line names the store and the kind of error."""
    assert_served_from_memory(driver, FailingStore())

    (warning,) = warnings()
    assert "FailingStore" in warning
    assert "ZeroDivisionError" in warning
    assert "canary" not in warning


def test_a_folder_that_cannot_be_created(
    driver: Driver, warnings: Warnings, tmp_path: Path
) -> None:
    """With a folder below a file, calls succeed, and that is logged once."""
    (tmp_path / "file").touch()

    assert_served_from_memory(driver, FileStore(tmp_path / "file" / "tokens"))

    assert 1 == len(warnings())


def test_a_folder_that_others_may_use(
    driver: Driver, warnings: Warnings, tmp_path: Path
) -> None:
    """Calls succeed, no token is written there, and that is logged once."""
    tmp_path.chmod(0o755)

    assert_served_from_memory(driver, FileStore(tmp_path))

    assert [] == list(tmp_path.iterdir())
    assert 1 == len(warnings())


def test_a_redis_that_is_down(driver: Driver, warnings: Warnings) -> None:
    """When nobody listens, calls succeed, and that is logged once."""
    with refusing_port() as port:
        assert_served_from_memory(driver, RedisStore(f"redis://127.0.0.1:{port}"))

    assert 1 == len(warnings())


def test_a_redis_that_never_answers(
    driver: Driver, warnings: Warnings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that accepts connections and never answers delays a call by a few
    seconds.
    """
    assert redis.ANSWER_WITHIN <= 3
    monkeypatch.setattr(redis, "ANSWER_WITHIN", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert_served_from_memory(driver, RedisStore(f"redis://127.0.0.1:{port}"))

    assert 1 == len(warnings())


def test_a_redis_that_never_answers_is_waited_for_once(
    time: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the first timeout of a token request, the store is not asked again."""
    monkeypatch.setattr(redis, "ANSWER_WITHIN", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0)
        store = RedisStore(f"redis://127.0.0.1:{silent.getsockname()[1]}")
        token = Token("own", Moment.now(time.clock), lifetime=3600.0, soft=2800.0)

        assert token is store.token(new_key(), lambda: token, time.clock, None)

        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


@pytest.mark.parametrize("error", [TimeoutError, ConnectionRefusedError])
def test_a_custom_store_that_is_not_reached_is_asked_once(
    time: FakeClock, warnings: Warnings, error: type[Exception]
) -> None:
    """If `load` says so, the caller gets a token of its own, and neither locks nor
    saves.
    """
    store = NotReachedStore(error())
    token = Token("own", Moment.now(time.clock), lifetime=3600.0, soft=2800.0)

    assert token is store.token(new_key(), lambda: token, time.clock, None)

    assert ["load"] == store.verbs
    assert 1 == len(warnings())


@pytest.mark.parametrize("error", [exceptions.TimeoutError, exceptions.ConnectionError])
def test_a_redis_that_is_not_reached_is_asked_once(
    time: FakeClock, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """The errors of redis-py mean the same as those of the standard library."""
    asked: list[str] = []

    def fail() -> NoReturn:
        asked.append("connect")
        raise error

    store = RedisStore("redis://127.0.0.1:1")
    monkeypatch.setattr(store, "_connect", fail)
    token = Token("own", Moment.now(time.clock), lifetime=3600.0, soft=2800.0)

    assert token is store.token(new_key(), lambda: token, time.clock, None)

    assert ["connect"] == asked


def test_a_store_whose_token_is_unreadable_is_repaired(time: FakeClock) -> None:
    """Other errors of `load` do not mean that the store cannot be reached."""
    store = NotReachedStore(ValueError(), ValueError())
    token = Token("own", Moment.now(time.clock), lifetime=3600.0, soft=2800.0)

    assert token is store.token(new_key(), lambda: token, time.clock, None)

    assert ["load", "lock", "load", "save", "release"] == store.verbs


def test_a_request_without_the_store_may_take_too_long(time: FakeClock) -> None:
    """The error is the same as with a store that works."""

    def ask() -> NoReturn:
        raise TimeoutError

    store = NotReachedStore(TimeoutError())

    with pytest.raises(TokenUnavailable):
        store.token(new_key(), ask, time.clock, None)


def test_a_store_that_vanishes_during_the_wait_for_its_lock_frees_it(
    time: FakeClock,
) -> None:
    """The second look does not reach it: the token is not saved, and the lock is
    free.
    """
    store = NotReachedStore(None, TimeoutError())
    token = Token("own", Moment.now(time.clock), lifetime=3600.0, soft=2800.0)

    assert token is store.token(new_key(), lambda: token, time.clock, None)

    assert ["load", "lock", "load", "release"] == store.verbs


def test_a_redis_that_dies_between_calls(
    driver: Driver, own_redis: Server, warnings: Warnings
) -> None:
    """If the server goes down after the store worked, the next token still comes."""
    service = Service()
    settings = settings_of(service, RedisStore(own_redis.url))
    driver.call(settings, "reports.get_forms")
    assert [] == warnings()

    own_redis.stop()
    start_again(settings)
    driver.calls(settings, CALL, CALL)

    assert 3 == len(service.requests)
    assert 2 == len(service.token_requests)
    assert 1 == len(warnings())


def test_a_redis_that_dies_while_the_lock_is_held(
    driver: Driver, own_redis: Server, warnings: Warnings
) -> None:
    """The token is used, even if storing it and releasing the lock fail."""

    def answer(_: httpx.Request) -> httpx.Response:
        own_redis.stop()
        members = {"access_token": "token-1", "expires_in": 3600}
        return httpx.Response(200, json=members)

    service = Service(token=answer)
    driver.calls(settings_of(service, RedisStore(own_redis.url)), CALL, CALL)

    assert 2 == len(service.requests)
    assert 1 == len(service.token_requests)
    assert 1 == len(warnings())


def test_forgetting_empties_the_memory_when_the_store_fails(
    driver: Driver, warnings: Warnings
) -> None:
    """`forget(shared=True)` drops the token from memory even if the store fails."""
    service = Service()
    settings = settings_of(service, FailingStore())
    driver.calls(settings, CALL, ("forget", (), {"shared": True}), CALL)

    assert 2 == len(service.token_requests)
    assert 1 == len(warnings())


def test_nothing_secret_is_logged_or_shown(
    driver: Driver, redis: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """No token and no Redis password is in a log, a `repr` or `vars`."""
    caplog.set_level(logging.DEBUG)
    store = RedisStore(f"redis://someone:canary-password@127.0.0.1:{redis.port}/0")
    members = {"access_token": "canary-token", "expires_in": 3600}
    service = Service(token=httpx.Response(200, json=members))
    settings = settings_of(service, store)

    driver.call(settings, "reports.get_forms")

    assert 1 == len(service.requests)
    credential = settings["credential"]
    shown = [
        caplog.text,
        repr(store),
        str(vars(store)),
        repr(stored("canary")),
        repr(credential),
    ]
    # The server refuses the password, and the log says so.
    assert "AuthenticationError" in caplog.text
    assert [] == [text for text in shown if "canary" in text]
    secret = credential.client_secret.reveal()
    assert [] == [text for text in shown if secret in text]


def test_a_store_that_works_logs_no_warning(
    driver: Driver, store: Store, warnings: Warnings
) -> None:
    """If everything works, nothing is logged."""
    driver.call(settings_of(Service(), store), "reports.get_forms")

    assert [] == warnings()
