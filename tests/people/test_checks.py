"""Every problem of every row is reported in one pass, with its place and its fix."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

from enboarder import InvalidInput, people
from enboarder.people import Kind

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
    write_json_lines,
)

FAULTS: Mapping[str, tuple[dict[str, Any], str, Kind]] = {
    "no name": ({"name": "  "}, "Name", Kind.REQUIRED),
    "no id": ({"id": ""}, "Employee ID", Kind.REQUIRED),
    "no manager": ({"manager": ""}, "Manager", Kind.REQUIRED),
    "no channel": (
        {"email": "", "mobile": "", "channel": ""},
        "E-mail, Mobile",
        Kind.ONE_REQUIRED,
    ),
    "empty channel": (
        {"mobile": "", "channel": "mob"},
        "Mobile",
        Kind.CHANNEL_EMPTY,
    ),
    "unknown channel": ({"channel": "pigeon"}, "Channel", Kind.CHANNEL_UNKNOWN),
    "no date": ({"start": ""}, "Start date", Kind.REQUIRED),
    "date of Excel": ({"start": "18/01/2027"}, "Start date", Kind.DATE_INVALID),
    "serial number": ({"start": "46405"}, "Start date", Kind.DATE_SERIAL),
    "compact date": ({"start": "20270118"}, "Start date", Kind.DATE_INVALID),
    "no such day": ({"start": "2027-02-30"}, "Start date", Kind.DATE_INVALID),
    "time of day": (
        {"start": "2027-01-18T09:00:00"},
        "Start date",
        Kind.DATE_INVALID,
    ),
    "past date": ({"start": "2026-12-31"}, "Start date", Kind.DATE_PAST),
    "no at sign": ({"email": "alex.example.com"}, "E-mail", Kind.EMAIL_INVALID),
    "two addresses": (
        {"email": "a@example.com; b@example.com"},
        "E-mail",
        Kind.EMAIL_INVALID,
    ),
    "no dot": ({"manager_email": "m@example"}, "Manager e-mail", Kind.EMAIL_INVALID),
    "local mobile": ({"mobile": "0400 000 001"}, "Mobile", Kind.PHONE_LOCAL),
    "shortened mobile": ({"mobile": "6.14E+10"}, "Mobile", Kind.PHONE_ROUNDED),
    "short mobile": ({"mobile": "+61"}, "Mobile", Kind.PHONE_INVALID),
    "zero in brackets": (
        {"mobile": "+61 (0)400 000 001"},
        "Mobile",
        Kind.PHONE_INVALID,
    ),
    "shortened id": ({"id": "1.23457E+11"}, "Employee ID", Kind.NUMBER_ROUNDED),
    "hidden character": ({"id": "E-2\u200b"}, "Employee ID", Kind.TEXT_INVISIBLE),
    "two lines": ({"name": "Alex\nExample"}, "Name", Kind.TEXT_LINES),
    "wrong encoding": ({"name": "ZoÃ« Example"}, "Name", Kind.TEXT_BROKEN),
    "placeholder": ({"manager": "TBC"}, "Manager", Kind.TEXT_PLACEHOLDER),
    "error of Excel": ({"office": "#N/A"}, "Office", Kind.CELL_ERROR),
    "formula": ({"department": "=B2"}, "Department", Kind.CELL_FORMULA),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_reported_with_its_place(tmp_path: Path, fault: str) -> None:
    """One fault is one problem, and the other rows are planned."""
    changes, column, kind = FAULTS[fault]
    found = plan(write_csv(tmp_path, person(1), person(2, **changes), person(3)))
    assert [(3, column, kind)] == places(found)
    assert ["E-1", "E-3"] == [action.external_id for action in found.actions]
    (problem,) = found.problems
    assert str(problem).startswith(f"hires.csv:3:{column}: ")
    assert problem.fix


@pytest.mark.parametrize("name", ["\u200c", "\u200d\u200c"])
def test_name_that_shows_nothing_is_found_after_sound_rows(
    tmp_path: Path, name: str
) -> None:
    """That a row has the same cells as the one before it does not make it sound."""
    found = plan(write_csv(tmp_path, person(1), person(2, name=name), person(3)))
    assert [(3, "Name", Kind.REQUIRED)] == places(found)


def test_row_without_problem_becomes_a_body(tmp_path: Path) -> None:
    """The body has wire names and JSON values."""
    (action,) = plan(write_csv(tmp_path, person(7, channel="E-mail"))).actions
    assert action == people.Action(
        row=2,
        operation="workflows.launch_basic",
        external_id="E-7",
        body={
            "externalid": "E-7",
            "nhnm": "Alex Example 7",
            "nheml": "alex.7@example.com",
            "nhmob": "+61400000007",
            "chnl": "eml",
            "nhstdt": "2027-01-18",
            "mgrnm": "Morgan Sample",
            "mgreml": "morgan@example.com",
            "customfields": [
                {"name": "location", "value": "Sydney"},
                {"name": "Department", "value": "Product"},
            ],
        },
    )


def test_empty_cells_are_left_out(tmp_path: Path) -> None:
    """A contact that is empty and not preferred is no problem."""
    (action,) = plan(write_csv(tmp_path, person(mobile="", office=" "))).actions
    assert "nhmob" not in action.body
    assert [{"name": "Department", "value": "Product"}] == action.body["customfields"]


@pytest.mark.parametrize(
    ("changes", "column", "kind"),
    [
        ({"id": "E-1"}, "Employee ID", Kind.ID_REPEATED),
        ({"id": "e-1"}, "Employee ID", Kind.ID_SIMILAR),
        ({"email": "ALEX.1@example.com"}, "E-mail", Kind.EMAIL_REPEATED),
        ({"mobile": "+61 400 000 001"}, "Mobile", Kind.MOBILE_REPEATED),
    ],
    ids=["id", "similar id", "email", "mobile"],
)
def test_repeated_people_are_all_reported(
    tmp_path: Path, changes: dict[str, Any], column: str, kind: Kind
) -> None:
    """Which row is right is not known, so neither is planned."""
    found = plan(write_csv(tmp_path, person(1), person(2), person(3, **changes)))
    assert [(2, column, kind), (4, column, kind)] == places(found)
    assert ["E-2"] == [action.external_id for action in found.actions]


def test_shared_contact_needs_a_yes(tmp_path: Path) -> None:
    """The people who share one are named, and an id that appears twice never passes."""
    path = write_csv(tmp_path, person(1), person(2, email="alex.1@example.com"))
    assert len(plan(path).problems) == 2
    allowed = plan(path, allow=["E-1", "E-2"])
    assert [True, True] == [action.allowed for action in allowed.actions]
    path = write_csv(tmp_path, person(1), person(1))
    assert len(plan(path, allow=["E-1"]).problems) == 2


def test_ids_that_excel_shortened_do_not_repeat_each_other(tmp_path: Path) -> None:
    """They are equal because digits are lost, not because people are the same."""
    rows = [person(number, id="1.23457E+11") for number in (1, 2)]
    found = plan(write_csv(tmp_path, *rows))
    assert [Kind.NUMBER_ROUNDED] * 2 == [problem.kind for problem in found.problems]


def test_rows_without_ids_do_not_repeat_each_other(tmp_path: Path) -> None:
    """Each is reported for its empty cell alone."""
    found = plan(write_csv(tmp_path, person(1, id=""), person(2, id="")))
    assert [Kind.REQUIRED] * 2 == [problem.kind for problem in found.problems]


def test_past_dates_can_be_allowed(tmp_path: Path) -> None:
    """The day itself is not past, and a person may want a past one."""
    path = write_csv(
        tmp_path, person(1, start="2027-01-04"), person(2, start="2027-01-03")
    )
    assert [3] == [problem.row for problem in plan(path).problems]
    assert not plan(path, allow_past_dates=True).problems


def test_nothing_is_planned_if_asked_to_stop(tmp_path: Path) -> None:
    """One bad row stops the others only if the user says so."""
    path = write_csv(tmp_path, person(1), person(2, name=""))
    assert 1 == len(plan(path).actions)
    stopped = plan(path, all_or_nothing=True)
    assert ((), 1) == (stopped.actions, len(stopped.problems))


def test_dates_have_the_format_that_is_named(tmp_path: Path) -> None:
    """Day and month are never swapped: another spelling is a problem."""
    rows = [person(1, start="3/2/2027"), person(2, start="2027-02-03")]
    found = plan(write_csv(tmp_path, *rows), date_format="%d/%m/%Y")
    assert ["2027-02-03"] == [action.body["nhstdt"] for action in found.actions]
    assert [(3, "Start date", Kind.DATE_INVALID)] == places(found)


def test_date_that_does_not_fit_the_format_has_an_example(tmp_path: Path) -> None:
    """The example is a fixed day, which nobody takes for the right one of the row."""
    hires = write_csv(tmp_path, person(start="2027-01-18"))
    (problem,) = plan(hires, date_format="%d/%m/%Y").problems
    assert "23 January 2027 as 23/01/2027" in problem.fix


@pytest.mark.parametrize("date_format", ["DD/MM/YYYY", "%d/%m", "%Q"])
def test_format_without_day_month_and_year_is_refused(
    tmp_path: Path, date_format: str
) -> None:
    """A format of Excel is not one of Python."""
    with pytest.raises(InvalidInput, match="date_format"):
        plan(write_csv(tmp_path, person()), date_format=date_format)


def test_today_is_a_date(tmp_path: Path) -> None:
    """A date-time would compare with no date."""
    with pytest.raises(InvalidInput, match="today must be a date"):
        plan(write_csv(tmp_path, person()), today=datetime(2027, 1, 4))


def test_local_mobiles_need_their_country(tmp_path: Path) -> None:
    """With it, numbers are looked up in the country's numbering plan."""
    rows = [person(1, mobile="0412 345 678"), person(2, mobile="0412 345")]
    rows.append(person(3, mobile="+64 21 123 4567"))
    found = plan(write_csv(tmp_path, *rows), default_country="AU")
    assert ["+61412345678", "+64211234567"] == [
        action.body["nhmob"] for action in found.actions
    ]
    assert [(3, "Mobile", Kind.PHONE_INVALID)] == places(found)


def test_country_is_two_letters(tmp_path: Path) -> None:
    """A country that the numbering plans do not know is refused."""
    with pytest.raises(ValueError, match="default_country='Australia'"):
        plan(write_csv(tmp_path, person()), default_country="Australia")


def test_slipped_rows_are_reported(tmp_path: Path) -> None:
    """A row with more cells than the header has values in the wrong columns."""
    path = write_csv(tmp_path, person())
    path.write_text(csv_text([person()]).rstrip() + ",Sydney\r\n", "utf-8")
    assert [(2, None, Kind.CELL_EXTRA)] == places(plan(path))


def test_numbers_of_json_are_texts(tmp_path: Path) -> None:
    """An id that is a number is sent as the text that a spreadsheet shows."""
    (action,) = plan(write_json_lines(tmp_path, person(id=42))).actions
    assert ("42", 1) == (action.body["externalid"], action.row)


def test_managers_are_gathered_by_label(tmp_path: Path) -> None:
    """Such a mapping is for an advanced launch; managers without cells are left out."""
    columns = COLUMNS | {
        "Manager": ("managers[Direct Manager].name",),
        "Manager e-mail": ("managers[Direct Manager].email",),
        "Department": ("managers[Recruiter].name",),
        "Office": ("managers[Recruiter].email",),
    }
    mapping = attrs.evolve(MAPPING, columns=columns)
    rows = [
        person(1, department="Kim Sample", office="kim@example.com"),
        person(2, department="", office=""),
        person(3, department="Kim Sample", office=""),
    ]
    found = plan(write_csv(tmp_path, *rows), mapping=mapping)
    direct = {
        "mgrlbl": "Direct Manager",
        "nm": "Morgan Sample",
        "eml": "morgan@example.com",
    }
    recruiter = {"mgrlbl": "Recruiter", "nm": "Kim Sample", "eml": "kim@example.com"}
    assert [[direct, recruiter], [direct]] == [
        action.body["managers"] for action in found.actions
    ]
    assert {"workflows.launch_advanced"} == {one.operation for one in found.actions}
    assert [(4, "Office", Kind.ONE_REQUIRED)] == places(found)


def test_problems_are_in_the_order_of_the_file(tmp_path: Path) -> None:
    """By row, then by column, as somebody corrects them."""
    rows = [person(1, office="#REF!", email="x"), person(2, id="")]
    found = plan(write_csv(tmp_path, *rows))
    assert [(2, "E-mail"), (2, "Office"), (3, "Employee ID")] == [
        (one.row, one.column) for one in found.problems
    ]


def test_problem_quotes_long_cells_in_part(tmp_path: Path) -> None:
    """A cell of any length, on any number of lines, makes one short line."""
    found = plan(write_csv(tmp_path, person(email="x\n" * 500)))
    assert all(len(str(problem)) < 300 for problem in found.problems)
    assert "\n" not in str(found.problems[0])


def seeded_faults(chance: random.Random) -> list[tuple[dict[str, Any], str, Kind]]:
    """Return two faults of each of 18 kinds, and two pairs of people who clash."""
    by_kind: dict[Kind, list[str]] = {}
    for name, (_, _, kind) in FAULTS.items():
        by_kind.setdefault(kind, []).append(name)
    names = [chance.choice(names) for names in by_kind.values() for _ in range(2)]
    faults = [FAULTS[name] for name in names]
    faults += [({"id": "E-7000"}, "Employee ID", Kind.ID_REPEATED)] * 2
    faults += [({"email": "sam@example.com"}, "E-mail", Kind.EMAIL_REPEATED)] * 2
    chance.shuffle(faults)
    return faults


def test_forty_faults_in_a_thousand_rows_are_reported_in_one_pass(
    tmp_path: Path,
) -> None:
    """Each of 20 kinds has its row, column and fix, and no other row is refused.

    Planning has no client, so nothing can be sent.
    """
    chance = random.Random(20270104)
    faults = seeded_faults(chance)
    rows = [person(number) for number in range(1, 1001)]
    expected: list[tuple[int, str, Kind]] = []
    indexes = chance.sample(range(len(rows)), len(faults))
    for index, (changes, column, kind) in zip(indexes, faults, strict=True):
        rows[index] = person(index + 1, **changes)
        expected.append((index + 2, column, kind))
    found = plan(write_csv(tmp_path, *rows))
    assert (40, 20) == (len(expected), len({kind for _, _, kind in expected}))
    assert sorted(expected) == sorted(places(found))
    assert all(problem.message and problem.fix for problem in found.problems)
    assert 960 == found.counts().people


def test_day_is_that_of_the_machine_by_default(tmp_path: Path) -> None:
    """Without `today`, a date of long ago is past."""
    path = write_csv(tmp_path, person(start="1999-01-04"))
    found = people.plan_launch(path, MAPPING)
    assert [(2, "Start date", Kind.DATE_PAST)] == places(found)
    assert date(1999, 1, 4) < TODAY
    assert HEADER == found.header
