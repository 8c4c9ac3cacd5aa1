"""Reads that settle launches without a known outcome."""

from __future__ import annotations

from enboarder import Enboarder
from enboarder.mock import MockServer
from enboarder.mock.state import Status, Workflow
from enboarder.people import Ledger, Outcome, settle
from enboarder.people.ledger import Claim
from tests.conftest import FakeClock
from tests.people.ledger.conftest import LAUNCH, body


def unknown(ledger: Ledger, external_id: str) -> None:
    """Record a launch without a known outcome."""
    claim = ledger.claim(LAUNCH, external_id, body(external_id), run="run")
    assert isinstance(claim, Claim)
    ledger.finish(claim, Outcome.UNKNOWN)


def test_whom_a_report_names_is_launched(mock: MockServer, file_ledger: Ledger) -> None:
    """Whom no report names stays unknown: a report may be late."""
    unknown(file_ledger, "ENB-000003")
    unknown(file_ledger, "somebody-else")
    with Enboarder.from_env(mock.environ("apikey")) as enboarder:
        found = settle(enboarder, file_ledger)
    assert ("ENB-000003",) == found.settled
    assert ["somebody-else"] == [record.external_id for record in found.left]
    assert all(request.method == "GET" for request in mock.requests)


def test_whom_a_profile_names_is_launched(
    mock: MockServer, file_ledger: Ledger
) -> None:
    """The profile that a launch was linked to shows its workflows."""
    mock.state.profiles["p-1"] = {"id": "p-1", "firstName": "Alex"}
    details = {"nhexternalid": "p-1", "externalid": "hire-1"}
    workflow = Workflow("hire-1", details, "2026-12-01", Status.IN_PROCESS)
    mock.state.workflows.append(workflow)
    unknown(file_ledger, "hire-1")
    with Enboarder.from_env(mock.environ("apikey")) as enboarder:
        profiles = {"hire-1": "p-1"}
        found = settle(enboarder, file_ledger, workflows=[], profiles=profiles)
    assert ("hire-1",) == found.settled
    assert () == found.left


def test_a_launch_in_flight_is_left_to_its_run(
    mock: MockServer, file_ledger: Ledger, time: FakeClock
) -> None:
    """Its answer is recorded when it comes; after a crash, a later read settles it."""
    file_ledger.claim(LAUNCH, "ENB-000003", body("ENB-000003"), run="run")
    with Enboarder.from_env(mock.environ("apikey")) as enboarder:
        assert () == settle(enboarder, file_ledger).settled
        time.pass_time(3600)
        assert ("ENB-000003",) == settle(enboarder, file_ledger).settled


def test_nobody_unknown_needs_no_read(mock: MockServer, file_ledger: Ledger) -> None:
    """No report is read for nothing."""
    with Enboarder.from_env(mock.environ("apikey")) as enboarder:
        settle(enboarder, file_ledger)
    assert [] == mock.requests
