"""The four verbs work in both stores as promised."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from enboarder.stores import Store, TokenKey, file, redis
from tests.conftest import LONG
from tests.stores.conftest import loaded, new_key, stored, until

NewStore = Callable[[], Store]


def test_another_process_loads_what_was_saved(
    new_store: NewStore, key: TokenKey
) -> None:
    """A token is loaded with its lifetime and the seconds that are left."""
    new_store().save(key, stored("a-token", left=3000, lifetime=3600))

    found = loaded(new_store(), key)

    assert "a-token" == found.token
    assert 3600 == found.lifetime
    assert 2990 < found.left <= 3000


def test_an_unused_key_is_a_miss(store: Store, key: TokenKey) -> None:
    """If no token is stored, none is found, and deleting it is not an error."""
    store.delete(key)

    assert store.load(key) is None


def test_keys_do_not_share_tokens(store: Store, key: TokenKey) -> None:
    """Another key does not find, replace or delete a token."""
    other = new_key()
    store.save(key, stored("mine"))
    store.save(other, stored("other"))
    store.delete(other)

    assert "mine" == loaded(store, key).token
    assert store.load(other) is None


def test_the_last_token_replaces_the_one_before(store: Store, key: TokenKey) -> None:
    """A key has only the newest token."""
    store.save(key, stored("old"))
    store.save(key, stored("new"))

    assert "new" == loaded(store, key).token


def test_an_expired_token_is_a_miss(store: Store, key: TokenKey) -> None:
    """A token with less than a second left is not returned."""
    store.save(key, stored(left=-1))

    # Redis counts in milliseconds.
    until(lambda: store.load(key) is None)


def test_a_reader_sees_one_token_or_the_other(store: Store, key: TokenKey) -> None:
    """While a token is replaced, readers get the whole old one or the whole new one."""
    tokens = ["a" * 900, "b" * 1800]
    store.save(key, stored(tokens[0]))

    def write() -> None:
        for number in range(40):
            store.save(key, stored(tokens[number % 2]))

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not writing.done():
            assert loaded(store, key).token in tokens
        writing.result(LONG)


def test_the_lock_has_one_holder(new_store: NewStore, key: TokenKey) -> None:
    """Eight threads with their own stores get the lock one after the other."""
    inside: list[int] = []
    most_inside: list[int] = []

    def enter(number: int) -> None:
        store = new_store()
        with store.lock(key):
            inside.append(number)
            most_inside.append(len(inside))
            store.load(key)
            inside.remove(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, range(8), timeout=LONG))

    assert [1] * 8 == most_inside


@pytest.mark.usefixtures("short_wait")
def test_waiting_for_the_lock_ends_with_an_error(
    new_store: NewStore, key: TokenKey
) -> None:
    """A caller that does not get the lock in time goes on, and the next one gets it."""
    with new_store().lock(key):
        waiting = new_store().lock(key)
        with pytest.raises(Exception, match=r"lock"):
            waiting.__enter__()
    with new_store().lock(key):
        pass


def test_nobody_waits_for_the_lock_for_more_than_15_seconds() -> None:
    """A call that needs a token takes no longer than documented."""
    assert max(file.LONGEST_WAIT, redis.LONGEST_WAIT) <= 15


def test_locks_of_two_keys_are_independent(store: Store, key: TokenKey) -> None:
    """A caller that requests one token does not delay one that requests another."""
    entered = threading.Event()
    with store.lock(key), store.lock(new_key()):
        entered.set()

    assert entered.is_set()


@pytest.mark.usefixtures("short_wait")
def test_the_lock_is_released_after_an_error(store: Store, key: TokenKey) -> None:
    """When a token request fails, the next caller may try."""
    with pytest.raises(ZeroDivisionError), store.lock(key):
        raise ZeroDivisionError
    with store.lock(key):
        pass
