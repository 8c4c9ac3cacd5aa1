"""The HTTP client of a process, and a new one in a forked process."""

from __future__ import annotations

import os

import httpx
import pytest

from enboarder import ConfigurationError
from enboarder.transport.connections import Connections
from tests.conftest import FakeClock, Service


def counted_connections(
    time: FakeClock | None = None,
) -> tuple[Connections, list[httpx.Client]]:
    """Return connections, and the clients that they make."""
    made: list[httpx.Client] = []

    def connect() -> httpx.Client:
        made.append(httpx.Client(transport=Service().transport))
        return made[-1]

    return Connections(connect, (time or FakeClock()).clock), made


def test_process_connects_once() -> None:
    """One HTTP client serves all calls of a client."""
    connections, made = counted_connections()

    assert connections.client is connections.client
    assert len(made) == 1


@pytest.mark.parametrize("step", [-1, 1])
def test_forked_process_has_connections_of_its_own(
    monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """A child never reads its parent's answers, and connects once as well."""
    connections, made = counted_connections()
    of_parent = connections.client
    child = os.getpid() + step
    monkeypatch.setattr(os, "getpid", lambda: child)

    assert connections.client is not of_parent
    assert connections.client is connections.client
    assert len(made) == 2


def test_closed_client_stays_closed_in_a_forked_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A program that closed its client before it forked has none in the child."""
    connections, made = counted_connections()
    connections.close()
    monkeypatch.setattr(os, "getpid", lambda: -1)

    with pytest.raises(ConfigurationError, match="closed"):
        _ = connections.client
    assert len(made) == 1


@pytest.mark.parametrize(("asleep", "clients"), [(1.0, 1), (60.0, 2), (-60.0, 2)])
def test_machine_that_slept_connects_again(
    time: FakeClock, asleep: float, clients: int
) -> None:
    """After a suspend, when only the wall clock went on, no old connection is used."""
    connections, made = counted_connections(time)
    assert connections.client is made[0]

    time.wall += asleep

    assert connections.client is made[-1]
    assert len(made) == clients
