"""The lock of the connections is one lock, until the process forks."""

from __future__ import annotations

import os
from typing import Any

import pytest

from enboarder.transport.connections import AsyncConnections, Connections
from tests.conftest import FakeClock

each_kind = pytest.mark.parametrize("kind", [Connections, AsyncConnections])


@each_kind
def test_threads_of_a_process_share_one_lock(kind: Any) -> None:
    """With a new lock for each call, two calls would connect at once."""
    connections = kind(object, FakeClock().clock)

    assert connections._own_lock() is connections._own_lock()


@each_kind
def test_forked_process_has_a_lock_of_its_own(
    monkeypatch: pytest.MonkeyPatch, kind: Any
) -> None:
    """A thread that exists only in the parent may hold the old one."""
    connections = kind(object, FakeClock().clock)
    of_parent = connections._own_lock()
    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert connections._own_lock() is not of_parent
