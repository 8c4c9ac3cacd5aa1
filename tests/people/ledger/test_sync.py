"""An extract compared with the ledger: who is new, changed or gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from enboarder import InvalidInput
from enboarder.people import Ledger, Plan, SyncPlan, apply, plan_sync
from tests.conftest import FakeClock, Service, launched
from tests.engine import httpx
from tests.people.ledger.conftest import client_of

NAMES = [
    "external_id",
    "employee_name",
    "employee_email",
    "manager_name",
    "manager_email",
    "start_date",
]
HEADER = ",".join(NAMES)
UPDATED = {"message": "Workflow updated successfully for externalid [x]"}
Sync = Callable[..., SyncPlan]


def line(number: int, start: str = "2027-01-12") -> str:
    person = f"A-{number},Alex Example,a{number}@example.com"
    return f"{person},Morgan Sample,morgan@example.com,{start}"


def external_ids(plan: Plan) -> list[str]:
    return [action.external_id for action in plan.actions]


@pytest.fixture
def sync(file_ledger: Ledger, tmp_path: Path) -> Sync:
    """Compare some lines with the ledger."""
    mapping = "[columns]\n" + "\n".join(f'{name} = "{name}"' for name in NAMES)
    (tmp_path / "mapping.toml").write_text(mapping)

    def compare(lines: Iterable[str], **options: Any) -> SyncPlan:
        extract = tmp_path / "extract.csv"
        extract.write_text("\n".join([HEADER, *lines]))
        options = {"today": date(2026, 11, 28), **options}
        mapped = tmp_path / "mapping.toml"
        return plan_sync(extract, mapped, ledger=file_ledger, **options)

    return compare


@pytest.fixture
def running(sync: Sync, file_ledger: Ledger, time: FakeClock) -> None:
    """Launch eight people."""
    plan = sync(map(line, range(8))).launch
    with client_of(Service(launched()), time) as enboarder:
        assert apply(enboarder, plan, file_ledger, clock=time.clock).is_good


@pytest.mark.usefixtures("running")
def test_an_unchanged_extract_asks_for_nothing(sync: Sync) -> None:
    """Also once people have started: their dates are past then."""
    found = sync(map(line, range(8)), today=date(2028, 1, 1))
    assert [] == [*found.launch.actions, *found.update.actions, *found.cancel.actions]
    assert () == (*found.launch.problems, *found.gone)


@pytest.mark.usefixtures("running")
def test_new_and_changed_people_are_told_apart(
    sync: Sync, file_ledger: Ledger, time: FakeClock
) -> None:
    """An update has only what changed, and the next extract asks for nothing."""
    lines = [*map(line, range(7)), line(7, "2027-02-01"), line(8)]
    found = sync(lines)
    assert ["A-8"] == external_ids(found.launch)
    assert ["A-7"] == external_ids(found.update)
    assert {"externalid": "A-7", "nhstdt": "2027-02-01"} == found.update.actions[0].body
    with client_of(Service(httpx.Response(200, json=UPDATED)), time) as enboarder:
        assert apply(enboarder, found.update, file_ledger, clock=time.clock).is_good
    assert [] == external_ids(sync(lines).update)


@pytest.mark.usefixtures("running")
def test_nobody_is_cancelled_unless_asked_for(
    sync: Sync, file_ledger: Ledger, time: FakeClock
) -> None:
    """Who is gone is reported; with a mode, they are cancelled, once."""
    found = sync(map(line, range(6)))
    assert ("A-6", "A-7") == found.gone
    assert () == found.cancel.actions
    assert "A-7" in found.summary()
    found = sync(map(line, range(6)), cancel_mode="ALL")
    assert ["A-6", "A-7"] == external_ids(found.cancel)
    with client_of(Service(httpx.Response(200, json=UPDATED)), time) as enboarder:
        assert apply(enboarder, found.cancel, file_ledger, clock=time.clock).is_good
    assert () == sync(map(line, range(6)), cancel_mode="ALL").gone


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    ("lines", "options"),
    [
        ([], {}),
        ([line(0)], {}),
        ([line(0), line(1), line(2), line(3)], {"cancel_mode": "ALL", "max_cancel": 3}),
        ([*map(line, range(6)), line(6, "soon")], {"cancel_mode": "ALL"}),
        ([*map(line, range(8))], {"cancel_mode": "SELECTED"}),
    ],
    ids=["empty", "half", "too many gone", "a row with a problem", "a mode"],
)
def test_a_suspicious_extract_plans_nothing(
    sync: Sync, lines: list[str], options: dict[str, Any]
) -> None:
    """Half a file must not cancel the other half."""
    with pytest.raises(InvalidInput):
        sync(lines, **options)
