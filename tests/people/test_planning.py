"""A plan says who would be launched, changed or cancelled, and asks the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
import xlsxwriter

from enboarder import InvalidInput, people
from enboarder.people import Kind, LeftOut

from .files import (
    COLUMNS,
    HEADER,
    MAPPING,
    TODAY,
    csv_text,
    person,
    places,
    plan,
    write_csv,
)


@attrs.frozen
class Refusal:
    reason: str
    message: str = "found in the ledger."
    hint: str = "Look it up."


class Ledger:
    """A ledger that knows what a test tells it."""

    account = "eu"

    def __init__(
        self,
        refusals: Mapping[str, Refusal] | None = None,
        changes: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.refusals = refusals or {}
        self.changes = changes or {}
        self.asked: list[tuple[str, str]] = []

    def check(
        self,
        operation: str,
        external_id: str,
        body: Mapping[str, Any],
        *,
        allowed: bool = False,
    ) -> Refusal | None:
        self.asked.append((operation, external_id))
        refusal = self.refusals.get(external_id)
        if refusal and allowed and refusal.reason not in ("already", "unsettled"):
            return None
        return refusal

    def changed(
        self, external_id: str, body: Mapping[str, Any]
    ) -> Collection[str] | None:
        return self.changes.get(external_id)


def test_who_was_launched_is_left_out(tmp_path: Path) -> None:
    """The number of people to launch is the number of people to message."""
    ledger = Ledger({"E-2": Refusal("already")})
    hires = write_csv(tmp_path, person(1), person(2))
    found = plan(hires, ledger=ledger)
    assert ["E-1"] == [action.external_id for action in found.actions]
    assert (LeftOut(3, "E-2", "found in the ledger."),) == found.left_out
    assert ("eu", ()) == (found.account, found.problems)
    assert "1 with nothing to do" in found.summary()


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("unsettled", Kind.UNSETTLED), ("same contact", Kind.CONFLICT)],
)
def test_what_the_ledger_refuses_is_a_problem(
    tmp_path: Path, reason: str, kind: Kind
) -> None:
    """It has its row, and what to do about it."""
    ledger = Ledger({"E-2": Refusal(reason)})
    found = plan(write_csv(tmp_path, person(1), person(2)), ledger=ledger)
    assert [(3, "Employee ID", kind)] == places(found)
    assert "E-2" == found.problems[0].external_id
    # It is the end of a sentence.
    assert str(found.problems[0]).endswith("found in the ledger; look it up")


def test_conflict_is_allowed_by_name(tmp_path: Path) -> None:
    """The yes is for one person, and the plan keeps it."""
    ledger = Ledger({"E-1": Refusal("other criteria"), "E-2": Refusal("unsettled")})
    hires = write_csv(tmp_path, person(1), person(2))
    found = plan(hires, ledger=ledger, allow=["E-1", "E-2"])
    assert [("E-1", True)] == [(one.external_id, one.allowed) for one in found.actions]
    assert [(3, "Employee ID", Kind.UNSETTLED)] == places(found)


def test_rows_with_problems_are_not_asked_about(tmp_path: Path) -> None:
    """The ledger is asked about what could be sent."""
    ledger = Ledger()
    plan(write_csv(tmp_path, person(1), person(2, name="")), ledger=ledger)
    assert [("workflows.launch_basic", "E-1")] == ledger.asked


def test_account_may_be_named(tmp_path: Path) -> None:
    """Without a ledger, nothing says whose plan it is."""
    hires = write_csv(tmp_path, person())
    assert "" == plan(hires).account
    assert "eu-test" == plan(hires, account="eu-test").account


def test_update_sends_what_the_file_has(tmp_path: Path) -> None:
    """The mapping of the launch will do; what an update lacks is said."""
    hires = write_csv(tmp_path, person(1, mobile="", channel="", office=""))
    found = people.plan_update(hires, MAPPING, today=TODAY)
    (action,) = found.actions
    assert ("update", "workflows.update") == (found.kind, action.operation)
    assert action.body == {
        "externalid": "E-1",
        "nhnm": "Alex Example 1",
        "nheml": "alex.1@example.com",
        "nhstdt": "2027-01-18",
        "customfields": [{"name": "Department", "value": "Product"}],
    }
    assert "Manager, Manager e-mail" in found.notes[0]


def test_update_sends_only_what_changed(tmp_path: Path) -> None:
    """What was accepted before is not sent again."""
    changes = {
        "E-1": {"nhstdt", "customfields/Department"},
        "E-2": set[str](),
    }
    rows = [person(1), person(2), person(3)]
    ledger = Ledger(changes=changes)
    found = people.plan_update(
        write_csv(tmp_path, *rows), MAPPING, ledger=ledger, today=TODAY
    )
    changed, unknown = found.actions
    assert changed.body == {
        "externalid": "E-1",
        "nhstdt": "2027-01-18",
        "customfields": [{"name": "Department", "value": "Product"}],
    }
    assert ("E-3", "Alex Example 3") == (unknown.external_id, unknown.body["nhnm"])
    assert ["E-2"] == [one.external_id for one in found.left_out]


def test_update_of_managers_needs_their_label(tmp_path: Path) -> None:
    """An update names managers by the label of the workflow."""
    columns = {
        "Employee ID": ("external_id",),
        "Manager": ("managers[Direct Manager].name",),
    }
    mapping = attrs.evolve(MAPPING, columns=columns, ignore=("*",))
    (action,) = people.plan_update(write_csv(tmp_path, person()), mapping).actions
    assert {
        "externalid": "E-1",
        "managers": [{"mgrlbl": "Direct Manager", "nm": "Morgan Sample"}],
    } == action.body


def test_update_accepts_a_channel_alone(tmp_path: Path) -> None:
    """The contact that it prefers may be known from the launch."""
    hires = write_csv(tmp_path, person(mobile="", channel="mob"))
    assert () == people.plan_update(hires, MAPPING, today=TODAY).problems


def test_cancellation_has_the_mode_that_was_chosen(tmp_path: Path) -> None:
    """The mapping of the launch will do, and only the id is sent."""
    hires = write_csv(tmp_path, person(1), person(2, id="", start="2020-01-01"))
    found = people.plan_cancel(hires, MAPPING, mode="ALL", comments="Withdrawn")
    (action,) = found.actions
    assert ("workflows.cancel", "E-1") == (action.operation, action.external_id)
    assert action.body == {"externalid": "E-1", "mode": "ALL", "comments": "Withdrawn"}
    assert [(3, "Employee ID", Kind.REQUIRED)] == places(found)


def test_selected_cancellation_has_the_criteria(tmp_path: Path) -> None:
    """Only then do custom fields choose the workflow."""
    hires = write_csv(tmp_path, person())
    (action,) = people.plan_cancel(hires, MAPPING, mode="SELECTED").actions
    assert [
        {"name": "location", "value": "Sydney"},
        {"name": "Department", "value": "Product"},
    ] == action.body["customfields"]


def test_selected_cancellation_needs_criteria(tmp_path: Path) -> None:
    """What it would cancel without them is not documented."""
    hires = write_csv(tmp_path, person(1), person(2, office="", department=""))
    found = people.plan_cancel(hires, MAPPING, mode="SELECTED")
    assert [(3, "Office, Department", Kind.REQUIRED)] == places(found)
    columns = {"Employee ID": ("external_id",)}
    mapping = attrs.evolve(MAPPING, columns=columns, ignore=("*",))
    found = people.plan_cancel(hires, mapping, mode="SELECTED")
    assert [(1, None, Kind.FIELD_UNMAPPED)] == places(found)


def test_mode_of_a_launch_is_not_that_of_a_cancellation(tmp_path: Path) -> None:
    """The mapping of the launch may have one, and it is a number."""
    mapping = attrs.evolve(MAPPING, constants={"mode": 0})
    hires = write_csv(tmp_path, person(1))
    (action,) = people.plan_cancel(hires, mapping, mode="CANCEL_ALL").actions
    assert {"externalid": "E-1", "mode": "CANCEL_ALL"} == action.body


def test_mode_of_a_cancellation_has_no_default(tmp_path: Path) -> None:
    """The default of the service cancels everything of the external id."""
    hires = write_csv(tmp_path, person())
    with pytest.raises(TypeError):
        people.plan_cancel(hires, MAPPING)  # type: ignore[call-arg]
    with pytest.raises(InvalidInput, match="ALL, SELECTED, CANCEL_ALL"):
        people.plan_cancel(hires, MAPPING, mode="all")


def test_id_appears_once_in_every_kind_of_plan(tmp_path: Path) -> None:
    """Two rows for one person would be carried out in an unknown order."""
    hires = write_csv(tmp_path, person(1), person(1))
    for found in (
        people.plan_update(hires, MAPPING, today=TODAY),
        people.plan_cancel(hires, MAPPING, mode="ALL"),
    ):
        assert [Kind.ID_REPEATED] * 2 == [one.kind for one in found.problems]


def test_child_account_is_sent(tmp_path: Path) -> None:
    """A workflow may run in a child account."""
    columns = COLUMNS | {"Department": ("child_account_id",)}
    mapping = attrs.evolve(MAPPING, columns=columns)
    hires = write_csv(tmp_path, person())
    (action,) = people.plan_cancel(hires, mapping, mode="ALL").actions
    assert "Product" == action.body["childAccountID"]


def failed_again(tmp_path: Path, source: Path, mapping: people.ColumnMapping) -> bool:
    """Return whether the file of failed rows has the problems of its source."""
    found = people.plan_launch(source, mapping, today=TODAY)
    people.write_failed(found, [], tmp_path / "failed.csv")
    again = people.plan_launch(tmp_path / "failed.csv", mapping, today=TODAY)
    first = [(one.column, one.kind) for one in found.problems]
    return first == [(one.column, one.kind) for one in again.problems]


def test_failed_rows_are_read_as_their_file_was(tmp_path: Path) -> None:
    """Encoding, delimiter and cells like formulas do not stand in the way."""
    rows = [person(1, name="Zoë Example", email="x"), person(2, office="=B2")]
    source = tmp_path / "hires.csv"
    source.write_bytes(csv_text(rows, ";").encode("cp1252"))
    settings = people.FileSettings(encoding="cp1252", delimiter=";")
    assert failed_again(tmp_path, source, attrs.evolve(MAPPING, file=settings))


def test_failed_rows_of_a_workbook_are_read_as_it_was(tmp_path: Path) -> None:
    """Its date cells are written in the format of the mapping."""
    book = xlsxwriter.Workbook(str(tmp_path / "hires.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, [person(name="")[column] for column in HEADER])
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_datetime(1, HEADER.index("Start date"), date(2027, 1, 18), as_date)
    book.close()
    settings = people.FileSettings(date_format="%d/%m/%Y")
    mapping = attrs.evolve(MAPPING, file=settings)
    assert failed_again(tmp_path, tmp_path / "hires.xlsx", mapping)
