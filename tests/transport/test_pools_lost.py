"""Which cancelled calls leave a connection behind that no call will give back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from enboarder.transport.client import build_async
from enboarder.transport.hooks import EXTENSION, Progress
from enboarder.transport.pools import has_lost_connection
from tests.conftest import BASE_URL


class Connection:
    """A connection in a pool."""

    def __init__(self, state: str) -> None:
        self._state = state

    def is_idle(self) -> bool:
        return self._state == "idle"

    def is_closed(self) -> bool:
        return self._state == "closed"


def request_of(progress: Progress | None, connection: Connection | None) -> Any:
    """Return a request that a pool has not finished."""
    extensions = {} if progress is None else {EXTENSION: progress}
    request = SimpleNamespace(extensions=extensions)
    return SimpleNamespace(request=request, connection=connection)


def has_lost(progress: Progress, requests: list[Any], *states: Connection) -> bool:
    """Ask about a client whose pool has these requests and connections."""
    client: Any = build_async(None, {}, BASE_URL)
    pool = SimpleNamespace(_requests=requests, connections=list(states))
    client._transport._pool = pool
    return has_lost_connection(client, progress)


@pytest.mark.parametrize(
    ("state", "expected"), [("idle", False), ("closed", False), ("active", True)]
)
def test_connection_that_no_call_has_is_lost_if_it_is_in_use(
    state: str, expected: bool
) -> None:
    """An idle connection serves the next call, and a closed one counts no more."""
    assert has_lost(Progress(), [], Connection(state)) == expected


@pytest.mark.parametrize("other", [None, Progress()])
def test_connection_of_another_call_is_not_lost(other: Progress | None) -> None:
    """That call gives it back itself."""
    used = Connection("active")

    assert not has_lost(Progress(), [request_of(other, used)], used)


def test_cancelled_call_that_still_waits_would_wait_forever() -> None:
    """The pool would give it a connection, and nobody would give that back."""
    progress = Progress()

    assert has_lost(progress, [request_of(progress, None)])
