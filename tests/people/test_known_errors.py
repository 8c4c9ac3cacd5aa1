"""What people see of the errors that are known from files, before anything is sent.

Each is a row of the table of errors that people meet with this API. The service is the
mock, and the ledger is a real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from enboarder import Enboarder, people
from enboarder.mock import MockServer
from enboarder.people import Kind, Ledger, Pace, Status, Vocabulary

from .files import COLUMNS, MAPPING, TODAY, person, places, write_csv

FAST = Pace(per_second=1000.0)


@pytest.fixture
def enboarder(enboarder_mock: MockServer) -> Iterator[Enboarder]:
    with Enboarder.from_env(enboarder_mock.environ("apikey")) as client:
        yield client


@pytest.fixture
def ledger(enboarder: Enboarder, tmp_path: Path) -> Iterator[Ledger]:
    with people.open_ledger(enboarder, location=tmp_path / "ledger.sqlite") as opened:
        yield opened


def seen(tmp_path: Path, **changes: Any) -> str:
    """Return what a person sees of one row."""
    return people.plan_launch(
        write_csv(tmp_path, person(**changes)), MAPPING, today=TODAY
    ).summary()


def test_person_without_a_contact(tmp_path: Path) -> None:
    """The service would say: Atleast one of the fields is required."""
    shown = seen(tmp_path, email="", mobile="", channel="")
    assert "hires.csv:2:E-mail, Mobile: at least one of" in shown
    assert "0 to launch" in shown


def test_channel_whose_contact_is_missing(tmp_path: Path) -> None:
    """The service would say: preferred channel is mobile while mobile not provided."""
    shown = seen(tmp_path, mobile="", channel="mob")
    assert "hires.csv:2:Mobile: the preferred channel is mob" in shown
    assert "nothing" not in seen(tmp_path, mobile="", channel="eml")


def test_date_of_excel(tmp_path: Path) -> None:
    """Day and month would be swapped; the fix names both formats."""
    shown = seen(tmp_path, start="03/02/2027")
    assert "hires.csv:2:Start date: '03/02/2027'" in shown
    assert "%d/%m/%Y or %m/%d/%Y" in shown


@pytest.mark.parametrize(
    ("mobile", "words"),
    [("6.14E+10", "Excel shortened"), ("0400 000 001", "default_country")],
)
def test_mobile_of_excel(tmp_path: Path, mobile: str, words: str) -> None:
    """Nobody would be reached under it."""
    shown = seen(tmp_path, mobile=mobile)
    assert "hires.csv:2:Mobile: " in shown
    assert words in shown


def test_value_that_chooses_the_wrong_workflow(tmp_path: Path) -> None:
    """No launch names a workflow: a misspelt value chooses another one, or none."""
    found = people.plan_launch(
        write_csv(tmp_path, person(office="Sydny")),
        MAPPING,
        today=TODAY,
        vocabulary=Vocabulary(locations=("Sydney",), source="vocabulary.toml"),
    )
    assert "'Sydny' is not a location in vocabulary.toml" in found.summary()
    assert "did you mean 'Sydney'?" in found.summary()


def test_start_date_in_the_past(tmp_path: Path) -> None:
    """The service launches all the same, with a warning."""
    shown = seen(tmp_path, start="2026-12-01")
    assert "hires.csv:2:Start date: 2026-12-01 is in the past" in shown


def test_person_who_was_launched_before(
    tmp_path: Path, enboarder: Enboarder, ledger: Ledger, enboarder_mock: MockServer
) -> None:
    """The service would start a second journey for the same person."""
    hires = write_csv(tmp_path, person(1))
    first = people.plan_launch(hires, MAPPING, ledger=ledger, today=TODAY)
    assert [Status.LAUNCHED] == [
        result.status for result in people.apply(enboarder, first, ledger, pace=FAST)
    ]
    again = people.plan_launch(hires, MAPPING, ledger=ledger, today=TODAY)
    assert "0 to launch, 1 with nothing to do" in again.summary()
    assert 1 == len(enboarder_mock.requests)


@pytest.mark.parametrize(
    "again",
    [{"office": "Perth"}, {"id": "E-2"}, {"id": "e-1"}],
    ids=["other criteria", "other id", "similar id"],
)
def test_person_who_comes_again_in_another_way(
    tmp_path: Path, enboarder: Enboarder, ledger: Ledger, again: dict[str, Any]
) -> None:
    """A corrected label or another id would start a second journey, too."""
    hires = write_csv(tmp_path, person(1))
    first = people.plan_launch(hires, MAPPING, ledger=ledger, today=TODAY)
    people.apply(enboarder, first, ledger, pace=FAST)
    hires = write_csv(tmp_path, person(1, **again))
    found = people.plan_launch(hires, MAPPING, ledger=ledger, today=TODAY)
    assert [(2, "Employee ID", Kind.CONFLICT)] == places(found)
    assert "launched on" in found.problems[0].message


def test_person_whom_the_service_does_not_know(
    tmp_path: Path, enboarder: Enboarder, ledger: Ledger
) -> None:
    """The hint says that it may be complete, cancelled or in a child account."""
    plan = people.plan_cancel(
        write_csv(tmp_path, person(1)), MAPPING, mode="ALL", ledger=ledger
    )
    (result,) = people.apply(enboarder, plan, ledger, pace=FAST)
    assert Status.REFUSED == result.status
    assert "not found" in result.message
    for words in ("complete", "cancelled", "childAccountID"):
        assert words in result.hint


def test_cancellation_says_what_it_cancels(tmp_path: Path) -> None:
    """Without a mode, the service cancels everything of the external id."""
    hires = write_csv(tmp_path, person(1))
    plan = people.plan_cancel(hires, MAPPING, mode="SELECTED")
    assert "1 to cancel" in plan.summary()
    assert any("SELECTED" in note for note in plan.notes)


def test_shared_profile_needs_no_contact(tmp_path: Path) -> None:
    """A person with a profile has a contact there."""
    columns = COLUMNS | {
        "Department": ("employee_external_id",),
        "Manager": ("managers[Direct Manager].external_id",),
        "Manager e-mail": ("managers[Direct Manager].channel",),
    }
    mapping = attrs.evolve(MAPPING, columns=columns)
    row = person(email="", mobile="", channel="mob", manager_email="mob")
    found = people.plan_launch(write_csv(tmp_path, row), mapping, today=TODAY)
    assert () == found.problems
