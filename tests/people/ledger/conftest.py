"""Ledgers in a file and in PostgreSQL, plans, and clients of a service in memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from enboarder import Enboarder
from enboarder.people import Action, Ledger, Plan, open_ledger
from scripts.lab.kills.postgres import postgres_server, server_programs
from tests.conftest import FakeClock, Service, keyed

LAUNCH = "workflows.launch_basic"
UPDATE = "workflows.update"
CANCEL = "workflows.cancel"
_numbers = itertools.count()

OpenLedger = Callable[[], Ledger]


def body(external_id: str = "A-1", **members: Any) -> dict[str, Any]:
    """Return a launch that passes all checks; its address fits the external id."""
    return {
        "nhnm": "Alex Example",
        "nheml": f"{external_id.strip().lower()}@example.com",
        "mgrnm": "Morgan Sample",
        "mgreml": "morgan@example.com",
        "nhstdt": "2027-01-12",
        "externalid": external_id,
        **members,
    }


def branded(brand: str) -> list[dict[str, str]]:
    """Return custom fields that choose a workflow."""
    return [{"name": "brand", "value": brand}]


def plan_of(*external_ids: str, account: str = "test", **members: Any) -> Plan:
    """Return a plan to launch people."""
    actions = tuple(
        Action(row, LAUNCH, external_id, body(external_id, **members))
        for row, external_id in enumerate(external_ids, 2)
    )
    header = ("id", "name")
    cells = {action.row: (action.external_id, "Alex Example") for action in actions}
    return Plan("launch", account, "hires.csv", header, actions, cells=cells)


def client_of(service: Service, time: FakeClock) -> Enboarder:
    """Return a client of a service in memory, which waits by a clock set by hand."""
    return Enboarder(**keyed(service, **time.settings))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run a PostgreSQL server for all tests; each uses an account of its own."""
    programs = server_programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL server (initdb)")
    with postgres_server(programs) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Run the test with each kind of ledger."""
    if request.param == "sqlite":
        return str(tmp_path / "data" / "ledger.sqlite")
    url: str = request.getfixturevalue("postgres")
    return url


@pytest.fixture
def account() -> str:
    """Return an account that no other test uses."""
    return f"account-{next(_numbers)}"


@pytest.fixture
def opened(location: str, account: str, time: FakeClock) -> Iterator[OpenLedger]:
    """Return a function that opens the same ledger again, as another process does."""
    ledgers: list[Ledger] = []

    def open_another() -> Ledger:
        ledger = open_ledger(account=account, location=location, clock=time.clock)
        ledgers.append(ledger)
        return ledger

    yield open_another
    for ledger in ledgers:
        ledger.close()


@pytest.fixture
def ledger(opened: OpenLedger) -> Ledger:
    """Return a ledger that knows nobody."""
    return opened()


@pytest.fixture
def file_ledger(tmp_path: Path, time: FakeClock) -> Iterator[Ledger]:
    """Return a ledger in a file, for tests of what does not depend on the kind."""
    path = tmp_path / "ledger.sqlite"
    with open_ledger(account="test", location=path, clock=time.clock) as ledger:
        yield ledger
