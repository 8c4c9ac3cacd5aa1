"""What both stores promise: a token comes back as it was kept, and one caller at a time asks for the next."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from enboarder.stores import Slot, Store, file, redis
from tests.conftest import LONG
from tests.stores.conftest import kept, new_slot, until

NewStore = Callable[[], Store]


def test_a_token_comes_back_in_another_process(new_store: NewStore, slot: Slot) -> None:
    """What one store object keeps, another one finds, with the seconds that are left."""
    new_store().save(slot, kept("a-token", left=3000, lifetime=3600))

    found = new_store().load(slot)

    assert found is not None
    assert ("a-token", 3600) == (found.token, found.lifetime)
    assert 2990 < found.left <= 3000


def test_an_empty_slot_is_a_miss(store: Store, slot: Slot) -> None:
    """Where nothing is kept, nothing is found, and deleting that is no error."""
    store.delete(slot)

    assert store.load(slot) is None


def test_slots_are_apart(store: Store, slot: Slot) -> None:
    """A token in one slot is neither seen, nor replaced, nor deleted through another."""
    other = new_slot()
    store.save(slot, kept("mine"))
    store.save(other, kept("other"))
    store.delete(other)

    found = store.load(slot)

    assert found is not None
    assert "mine" == found.token
    assert store.load(other) is None


def test_the_last_token_replaces_the_one_before(store: Store, slot: Slot) -> None:
    """There is one token in a slot: the newest."""
    store.save(slot, kept("old"))
    store.save(slot, kept("new"))

    found = store.load(slot)

    assert found is not None
    assert "new" == found.token


def test_a_token_that_is_over_is_a_miss(store: Store, slot: Slot) -> None:
    """A token without a second left is not given to anybody."""
    store.save(slot, kept(left=-1))

    until(lambda: store.load(slot) is None)  # Redis counts in milliseconds


def test_a_reader_sees_one_token_or_the_other(store: Store, slot: Slot) -> None:
    """While a token is replaced, readers see the old one or the new one, whole."""
    tokens = ["a" * 900, "b" * 1800]
    store.save(slot, kept(tokens[0]))
    done = threading.Event()

    def write() -> None:
        for number in range(40):
            store.save(slot, kept(tokens[number % 2]))
        done.set()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not done.is_set() and not writing.done():
            found = store.load(slot)
            assert found is not None
            assert found.token in tokens
        writing.result(LONG)


def test_the_lock_is_held_by_one(new_store: NewStore, slot: Slot) -> None:
    """Of 8 threads with stores of their own, one at a time is inside, and all come in."""
    inside, most, entered = 0, 0, 0

    def enter(_: int) -> None:
        nonlocal inside, most, entered
        with new_store().lock(slot):
            inside += 1
            most, entered = max(most, inside), entered + 1
            new_store().load(slot)
            inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, range(8), timeout=LONG))

    assert (1, 8) == (most, entered)


def test_waiting_for_the_lock_has_an_end(
    store: Store, new_store: NewStore, slot: Slot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who cannot have the lock in time gets an error, not a hang; the time is at most 15 s."""
    assert file.LONGEST_WAIT <= 15
    assert redis.LONGEST_WAIT <= 15
    monkeypatch.setattr(file, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(redis, "LONGEST_WAIT", 0.05)

    with store.lock(slot), pytest.raises(Exception, match=r"lock"), new_store().lock(slot):
        pytest.fail("two hold the lock")
    with new_store().lock(slot):
        pass


def test_locks_of_two_slots_are_apart(store: Store, slot: Slot) -> None:
    """Who asks for one token holds up nobody who asks for another."""
    with store.lock(slot), store.lock(new_slot()):
        pass


def test_the_lock_is_given_back_after_an_error(store: Store, slot: Slot) -> None:
    """When the token request fails, the next one may try."""
    with pytest.raises(ZeroDivisionError), store.lock(slot):
        raise ZeroDivisionError
    with store.lock(slot):
        pass
