"""`Store.token` as a whole, with a custom store, files and Redis."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from enboarder import TokenUnavailable
from enboarder.auth.token import Moment, Token
from enboarder.stores import FileStore, RedisStore, Store, StoredToken, TokenKey
from tests.conftest import LONG, FakeClock
from tests.stores.conftest import (
    OwnStore,
    StoreWith,
    loaded,
    new_key,
    stored,
)

NewStore = Callable[[], Store]
Warnings = Callable[[], list[str]]


class Endpoint:
    """A token endpoint: issues `token-1`, `token-2` and so on, or fails."""

    def __init__(self, time: FakeClock) -> None:
        self.time = time
        self.requests = 0
        self.failure: BaseException | None = None
        self.before_answer: Callable[[], object] = lambda: None

    def ask(self) -> Token:
        self.requests += 1
        token = new_token(f"token-{self.requests}", self.time)
        self.before_answer()
        if self.failure is not None:
            raise self.failure
        return token

    def token(self, store: Store, key: TokenKey, refused: Token | None = None) -> str:
        """Return the token that a caller gets through the store."""
        return store.token(key, self.ask, self.time.clock, refused).value


def new_token(value: str, time: FakeClock) -> Token:
    """Return a token that was issued just now."""
    return Token(value, Moment.now(time.clock), lifetime=3600.0, soft=2800.0)


@pytest.fixture(params=["own", "file", "redis"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> NewStore:
    """Return a function that builds the same store as another process would."""
    if request.param == "file":
        return lambda: FileStore(tmp_path / "tokens")
    if request.param == "redis":
        url = request.getfixturevalue("redis").url
        return lambda: RedisStore(url)
    store = OwnStore()
    return lambda: store


@pytest.fixture
def endpoint(time: FakeClock) -> Endpoint:
    """Return a token endpoint that works."""
    return Endpoint(time)


class Broken:
    """Verbs and locks that fail."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def verb(self, *_: object) -> NoReturn:
        raise self.error

    def release_of(self, store: Store) -> Store:
        """Return the store with locks that are released, but say that they failed."""

        @contextmanager
        def lock(key: TokenKey) -> Iterator[None]:
            with store.lock(key):
                yield
            raise self.error

        return StoreWith(store, lock=lock)


def is_free(store: Store, key: TokenKey) -> bool:
    """Tell whether a caller gets the lock without waiting for long."""
    try:
        with store.lock(key):
            return True
    # Each kind of lock raises its own error.
    except Exception:  # noqa: BLE001
        return False


# Where the token comes from


def test_a_new_token_is_returned_and_stored(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint
) -> None:
    """If the store is empty, a token is requested, and other processes find it."""
    assert "token-1" == endpoint.token(new_store(), key)
    assert "token-1" == endpoint.token(new_store(), key)

    assert 1 == endpoint.requests


def test_a_stored_token_is_returned_although_the_lock_is_held(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint
) -> None:
    """Only the caller that requests a token needs the lock."""
    new_store().save(key, stored("shared"))
    with new_store().lock(key), ThreadPoolExecutor(1) as pool:
        call = pool.submit(endpoint.token, new_store(), key)
        assert "shared" == call.result(LONG)

    assert 0 == endpoint.requests


def test_a_token_that_is_due_for_renewal_is_replaced(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint
) -> None:
    """A stored token with little time left is not returned."""
    new_store().save(key, stored("old", left=600))

    assert "token-1" == endpoint.token(new_store(), key)
    assert "token-1" == loaded(new_store(), key).token


def test_the_token_of_another_key_is_not_returned(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint
) -> None:
    """A token is stored under the key that it was requested for."""
    endpoint.token(new_store(), new_key())

    assert "token-2" == endpoint.token(new_store(), key)


def test_a_token_is_stored_with_the_time_that_its_request_took(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, time: FakeClock
) -> None:
    """A token ages from its request on, so a slow answer leaves less of it."""
    endpoint.before_answer = lambda: time.pass_time(500)

    endpoint.token(new_store(), key)

    found = loaded(new_store(), key)
    assert 3600 == found.lifetime
    assert 3090 < found.left <= 3100


def test_a_stored_token_keeps_its_age(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, time: FakeClock
) -> None:
    """A token from the store is as old as the store says, not new."""
    new_store().save(key, stored("half", left=1800))

    token = new_store().token(key, endpoint.ask, time.clock, None)

    assert 3600 == token.lifetime
    assert 1800 <= token.age(time.clock) < 1810


@pytest.mark.parametrize(("jump", "age"), [(-3_600.0, 1_800.0), (1_000.0, 2_800.0)])
def test_a_stored_token_ages_by_both_clocks(
    key: TokenKey, endpoint: Endpoint, time: FakeClock, jump: float, age: float
) -> None:
    """Neither a clock that is set back nor a suspend makes it younger."""
    store = OwnStore()
    store.save(key, stored("half", left=1800))
    token = store.token(key, endpoint.ask, time.clock, None)

    time.wall += jump

    assert age <= token.age(time.clock) < age + 10.0


# A token that the service refused


def test_the_refused_token_is_not_returned_again(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, time: FakeClock
) -> None:
    """A stored token that the service refused is replaced, in the store, too."""
    new_store().save(key, stored("dead"))

    found = endpoint.token(new_store(), key, refused=new_token("dead", time))

    assert "token-1" == found
    assert "token-1" == loaded(new_store(), key).token
    assert 1 == endpoint.requests


def test_a_newer_token_than_the_refused_one_is_returned(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, time: FakeClock
) -> None:
    """If another process has renewed the token in the meantime, it is not requested
    again.
    """
    new_store().save(key, stored("newer"))

    assert "newer" == endpoint.token(new_store(), key, refused=new_token("dead", time))
    assert 0 == endpoint.requests


@pytest.mark.parametrize(
    ("found_under_the_lock", "expected", "requests"),
    [("theirs", "theirs", 0), ("dead", "token-1", 1)],
)
def test_the_store_is_read_again_under_the_lock(
    new_store: NewStore,
    key: TokenKey,
    endpoint: Endpoint,
    time: FakeClock,
    found_under_the_lock: str,
    expected: str,
    requests: int,
) -> None:
    """After the wait for the lock, a token of another process is used.

    The token that the service refused is not.
    """
    store = new_store()

    def lock(key: TokenKey) -> AbstractContextManager[object]:
        store.save(key, stored(found_under_the_lock))
        return store.lock(key)

    waiting = StoreWith(store, lock=lock)
    found = endpoint.token(waiting, key, refused=new_token("dead", time))

    assert expected == found
    assert requests == endpoint.requests


# The lock


def test_callers_at_the_same_time_cost_one_request(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint
) -> None:
    """With an empty store, one of eight callers requests a token, and all get it."""
    start = threading.Barrier(8)

    def call(_: int) -> str:
        start.wait(LONG)
        return endpoint.token(new_store(), key)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(call, range(8), timeout=LONG))

    assert ["token-1"] * 8 == found
    assert 1 == endpoint.requests


@pytest.mark.usefixtures("short_wait")
def test_the_lock_is_held_until_the_token_is_stored(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint
) -> None:
    """No other caller gets the lock before the token is stored."""
    free: list[bool] = []
    store = new_store()

    def look() -> None:
        free.append(is_free(new_store(), key))

    def save(key: TokenKey, token: StoredToken) -> None:
        look()
        store.save(key, token)

    endpoint.before_answer = look
    endpoint.token(StoreWith(store, save=save), key)
    look()

    assert [False, False, True] == free


@pytest.mark.parametrize("kind", [TokenUnavailable, KeyboardInterrupt])
@pytest.mark.usefixtures("short_wait")
def test_the_lock_is_free_at_once_after_a_failed_request(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, kind: type[BaseException]
) -> None:
    """After a failed token request, another process does not have to wait."""
    endpoint.failure = kind("no")

    with pytest.raises(kind) as caught:
        endpoint.token(new_store(), key)

    assert endpoint.failure is caught.value
    assert is_free(new_store(), key)
    assert new_store().load(key) is None


@pytest.mark.usefixtures("short_wait")
def test_a_request_that_takes_too_long_is_a_documented_error(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint
) -> None:
    """A blocked event loop raises TokenUnavailable and frees the lock."""
    endpoint.failure = TimeoutError()

    with pytest.raises(TokenUnavailable):
        endpoint.token(new_store(), key)

    assert is_free(new_store(), key)


@pytest.mark.usefixtures("short_wait")
def test_a_token_is_stored_although_another_caller_holds_the_lock(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, warnings: Warnings
) -> None:
    """After the wait, the caller requests a token without the lock and stores it."""
    with new_store().lock(key):
        assert "token-1" == endpoint.token(new_store(), key)
        assert "token-1" == loaded(new_store(), key).token
        assert not is_free(new_store(), key)

    assert 1 == len(warnings())


@pytest.mark.parametrize("part", ["lock", "enter"])
def test_a_token_is_stored_although_there_is_no_lock(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, part: str
) -> None:
    """If a lock cannot be created or entered, the caller still gets a token."""
    broken = Broken(RuntimeError())

    @contextmanager
    def entered(_: TokenKey) -> Iterator[None]:
        broken.verb()
        yield

    locks: dict[str, Callable[..., Any]] = {"lock": broken.verb, "enter": entered}
    store = StoreWith(new_store(), lock=locks[part])

    assert "token-1" == endpoint.token(store, key)
    assert "token-1" == loaded(new_store(), key).token


def test_a_lock_whose_release_fails_loses_no_token(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, warnings: Warnings
) -> None:
    """The token is returned and stored, and the failure is logged."""
    store = Broken(RuntimeError()).release_of(new_store())

    assert "token-1" == endpoint.token(store, key)
    assert "token-1" == loaded(new_store(), key).token
    assert 1 == len(warnings())


def test_a_lock_whose_release_fails_hides_no_error(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint
) -> None:
    """When the token request fails as well, its error is the one that is raised."""
    endpoint.failure = TokenUnavailable("no")
    store = Broken(RuntimeError()).release_of(new_store())

    with pytest.raises(TokenUnavailable) as caught:
        endpoint.token(store, key)

    assert endpoint.failure is caught.value


def test_a_lock_that_swallows_errors_hides_no_error(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint
) -> None:
    """A lock that suppresses exceptions does not hide that of the token request."""
    endpoint.failure = TokenUnavailable("no")

    @contextmanager
    def lock(_: TokenKey) -> Iterator[None]:
        with suppress(TokenUnavailable):
            yield

    with pytest.raises(TokenUnavailable):
        endpoint.token(StoreWith(new_store(), lock=lock), key)


# Verbs that fail


class StrangeError(Exception):
    """An error of an unknown library."""


ERRORS = [ZeroDivisionError, OSError, TimeoutError, StopIteration, StrangeError]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("verb", ["load", "save", "lock"])
def test_a_verb_that_fails_fails_no_call(
    new_store: NewStore,
    key: TokenKey,
    endpoint: Endpoint,
    verb: str,
    error: type[Exception],
) -> None:
    """If a verb raises anything, the caller gets a token, and the lock is free."""
    store = StoreWith(new_store(), **{verb: Broken(error()).verb})

    assert "token-1" == endpoint.token(store, key)
    assert is_free(new_store(), key)


@pytest.mark.parametrize("error", ERRORS)
def test_forgetting_survives_a_store_that_fails(
    new_store: NewStore, key: TokenKey, error: type[Exception]
) -> None:
    """If `delete` raises anything, `forget` still returns."""
    StoreWith(new_store(), delete=Broken(error()).verb).forget(key)


def test_forgetting_deletes_the_token(new_store: NewStore, key: TokenKey) -> None:
    """After `forget`, no process finds the token."""
    new_store().save(key, stored())

    new_store().forget(key)

    assert new_store().load(key) is None


@pytest.mark.parametrize(
    ("verb", "result"),
    [
        ("load", "a text"),
        ("load", stored(token="two words")),
        ("load", StoredToken("a-token", "soon", 3600.0)),  # type: ignore[arg-type]
        ("load", stored(left=float("nan"))),
        ("load", stored(left=-1.0)),
        ("lock", None),
        ("lock", threading.Event()),
    ],
)
def test_a_verb_that_returns_nonsense_fails_no_call(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, verb: str, result: Any
) -> None:
    """A value that cannot be a token is not sent, and an object that is not a lock is
    not used.
    """
    store = StoreWith(new_store(), **{verb: lambda _: result})

    assert "token-1" == endpoint.token(store, key)


def test_a_store_cannot_prolong_a_token(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, time: FakeClock
) -> None:
    """A token is not used beyond its lifetime, even if more seconds are left."""
    store = StoreWith(new_store(), load=lambda _: stored(left=99_000))

    token = store.token(key, endpoint.ask, time.clock, None)
    time.pass_time(3600)

    assert not token.is_fresh(time.clock)


@pytest.mark.usefixtures("short_wait")
@pytest.mark.parametrize("verb", ["load", "save"])
def test_an_interrupt_in_a_verb_passes_and_leaves_the_lock_free(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, verb: str
) -> None:
    """Ctrl-C does not count as a failure of the store."""
    store = StoreWith(new_store(), **{verb: Broken(KeyboardInterrupt()).verb})

    with pytest.raises(KeyboardInterrupt):
        endpoint.token(store, key)

    assert is_free(new_store(), key)


# What is logged


def test_a_store_logs_each_kind_of_failure_once(
    new_store: NewStore, key: TokenKey, endpoint: Endpoint, warnings: Warnings
) -> None:
    """The second failure of a kind is not logged; one of another kind is."""
    store = StoreWith(
        new_store(),
        load=Broken(ZeroDivisionError()).verb,
        save=Broken(ZeroDivisionError()).verb,
        delete=Broken(RuntimeError()).verb,
    )

    for _ in range(3):
        endpoint.token(store, key)
        store.forget(key)

    kinds = ("ZeroDivisionError", "RuntimeError")
    messages = warnings()
    assert [1, 1] == [sum(kind in one for one in messages) for kind in kinds]
    assert 2 == len(messages)


def test_each_store_logs_its_own_failures(
    new_store: NewStore, key: TokenKey, warnings: Warnings
) -> None:
    """After a failure of one store, a failure of another store is still logged."""
    for _ in range(2):
        broken = StoreWith(new_store(), delete=Broken(ZeroDivisionError()).verb)
        broken.forget(key)

    assert 2 == len(warnings())


def test_a_custom_store_need_not_call_the_constructor_of_its_base(
    key: TokenKey, warnings: Warnings
) -> None:
    """A store with its own `__init__` reports failures like any other."""

    class WithoutSuper(OwnStore):
        def __init__(self) -> None:
            self.tokens = {}

        def delete(self, key: TokenKey) -> None:
            raise ZeroDivisionError

    store = WithoutSuper()
    store.forget(key)
    store.forget(key)

    assert 1 == len(warnings())
