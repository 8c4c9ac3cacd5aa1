"""The HTTP client of a process, and a new one in a forked process."""

from __future__ import annotations

import os

import pytest

from enboarder import ConfigurationError
from enboarder.transport.connections import Connections
from tests.conftest import FakeClock, Service
from tests.engine import httpx


def counted_connections(
    time: FakeClock | None = None, *, replaceable: bool = True
) -> tuple[Connections, list[httpx.Client]]:
    """Return connections, and the list of clients that they make."""
    made: list[httpx.Client] = []

    def connect() -> httpx.Client:
        made.append(httpx.Client(transport=Service().transport))
        return made[-1]

    clock = (time or FakeClock()).clock
    return Connections(connect, clock, replaceable=replaceable), made


def test_process_connects_once() -> None:
    """One HTTP client serves all calls of a client."""
    connections, made = counted_connections()

    assert connections.client is connections.client
    assert len(made) == 1


@pytest.mark.parametrize("step", [-1, 1])
def test_forked_process_has_connections_of_its_own(
    monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """A child process never reads its parent's answers, and connects only once."""
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
    """If a program closes its client and then forks, the child has no client."""
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


# Machines that slept, and interrupts.


@pytest.mark.parametrize("jump", [-3_600.0, 6.0, 3_600.0])
def test_connections_are_new_after_the_wall_clock_jumped(
    time: FakeClock, jump: float
) -> None:
    """After a suspend, a launch does not use a connection that is dead."""
    connections, made = counted_connections(time)
    before = connections.client
    time.pass_time(100.0)
    assert connections.client is before

    time.wall += jump

    assert connections.client is not before
    assert connections.client is made[1]
    assert before.is_closed


def test_small_drift_of_the_clock_keeps_the_connections(time: FakeClock) -> None:
    """A correction of the wall clock by a second is not a suspend."""
    connections, made = counted_connections(time)
    for _ in range(10):
        time.wall += 1.0
        assert connections.client is made[0]


def test_replaced_client_is_closed_when_its_last_call_ends() -> None:
    """Calls of other threads go on, and afterwards no connection stays open."""
    connections, made = counted_connections()

    with connections.lent() as of_another_thread:
        with connections.lent() as client:
            connections.replace(client)
        assert connections.client is made[1]
        assert not of_another_thread.is_closed

    assert made[0].is_closed
    assert not made[1].is_closed


def test_client_is_replaced_once(time: FakeClock) -> None:
    """Two threads that were interrupted do not replace each other's new client."""
    connections, made = counted_connections(time)
    client = connections.client

    connections.replace(client)
    connections.replace(client)

    assert connections.client is made[1]
    assert len(made) == 2


def test_transport_of_the_user_is_never_closed_by_a_replacement(
    time: FakeClock,
) -> None:
    """The client is not replaced, because another one would have the same transport."""
    connections, made = counted_connections(time, replaceable=False)

    connections.replace(connections.client)
    time.wall += 3_600.0

    assert connections.client is made[0]
    assert not made[0].is_closed


def test_closing_closes_replaced_clients_too() -> None:
    """After `close()`, no client sends anything."""
    connections, made = counted_connections()

    with connections.lent() as client:
        connections.replace(client)
        connections.close()
        assert [each.is_closed for each in made] == [True, True]

    assert connections.is_closed()


def test_child_that_closes_leaves_the_client_of_its_parent_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Otherwise the child would break the parent's connections."""
    connections, made = counted_connections()
    monkeypatch.setattr(os, "getpid", lambda: -1)

    connections.close()

    assert not made[0].is_closed
    with pytest.raises(ConfigurationError, match="closed"):
        _ = connections.client
