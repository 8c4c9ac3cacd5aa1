"""Forks and deaths of processes that hold the lock."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")

FORKED = """
import os, sys, threading
from enboarder.credentials import ClientCredentials
from enboarder.stores import Kept, file, redis
{setup}

file.LONGEST_WAIT = redis.LONGEST_WAIT = 0.1
store, slot = {store}, ClientCredentials("id", f"secret-{{os.getpid()}}").slot("https://auth.example.com/")
held, may_end = threading.Event(), threading.Event()

def hold():
    with store.lock(slot):
        held.set()
        may_end.wait(20)

def is_free():
    try:
        with store.lock(slot):
            return True
    except Exception as error:
        assert "lock" in str(error), error
        return False

holder = threading.Thread(target=hold)
holder.start()
held.wait(20)
child = os.fork()
if child == 0:
    if is_free():
        os._exit(3)
    store.save(slot, Kept("of-the-child", 3000, 3600))
    sys.exit(0)  # with all that an interpreter does at its end
assert os.waitpid(child, 0)[1] == 0, "the child entered, or failed"
assert not is_free(), "the child gave the lock away"
assert store.load(slot).token == "of-the-child"
second = os.fork()
if second == 0:
    signal = os.read(to_child[0], 1)
    os._exit(0)
may_end.set()
holder.join()
assert is_free(), "a child that lives on keeps the lock"
os.write(to_child[1], b"x")
os.waitpid(second, 0)
store.delete(slot)
print("done")
"""


def test_a_fork_neither_frees_nor_keeps_the_lock(store_name: str) -> None:
    """A child forked under the lock cannot enter, can use the store, and neither gives the lock away nor keeps it."""
    kind = "FileStore" if store_name.startswith("file") else "RedisStore"
    script = FORKED.format(
        setup=f"from enboarder.stores import {kind}\nto_child = os.pipe()", store=f"{kind}.from_url({store_name!r})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False)

    assert "done" in done.stdout.split(), done.stderr
