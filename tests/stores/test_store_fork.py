"""A process that forks while it holds the lock."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")

FORKED = """
import os
import sys
import threading

from enboarder.stores import {kind}, TokenKey, StoredToken, file, redis

file.LONGEST_WAIT = 0.1
redis.LONGEST_WAIT = 0.1
# A busy machine may need long for this script.
redis.LOCKED_FOR = 300.0
store = {kind}.from_url({name!r})
key = TokenKey(os.urandom(32).hex(), os.urandom(32))
held = threading.Event()
may_end = threading.Event()


def hold():
    with store.lock(key):
        held.set()
        may_end.wait(200)


def is_free():
    try:
        with store.lock(key):
            return True
    except Exception as error:
        assert "lock" in str(error), error
        return False


holder = threading.Thread(target=hold)
holder.start()
held.wait(200)

child = os.fork()
if child == 0:
    if is_free():
        os._exit(3)
    store.save(key, StoredToken("of-the-child", 3000, 3600))
    # With everything that an interpreter does at its end.
    sys.exit(0)
assert os.waitpid(child, 0)[1] == 0, "the child got the lock, or failed"
assert not is_free(), "the child released the lock"
assert store.load(key).token == "of-the-child"

for_child, to_child = os.pipe()
second = os.fork()
if second == 0:
    os.read(for_child, 1)
    os._exit(0)
may_end.set()
holder.join()
assert is_free(), "a child that is still alive keeps the lock"
os.write(to_child, b"x")
os.waitpid(second, 0)
store.delete(key)
print("done")
"""


def test_a_fork_neither_releases_nor_keeps_the_lock(store_name: str) -> None:
    """A child that is forked under the lock cannot get it, and can use the store."""
    kind = "FileStore" if store_name.startswith("file") else "RedisStore"
    done = subprocess.run(
        [sys.executable, "-c", FORKED.format(kind=kind, name=store_name)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert "done" in done.stdout.split(), done.stderr
