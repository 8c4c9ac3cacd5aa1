"""A mapping says which column becomes which field; nothing is guessed silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest

from enboarder import InvalidInput, people
from enboarder.people import ColumnMapping, FileSettings, Kind

from .files import COLUMNS, MAPPING, person, places, plan, write_csv

FULL = ColumnMapping(
    columns={
        "Employee ID": ("external_id", "custom_fields[Employee Number]"),
        'A "quoted" column': ("nhmob",),
        "Zoë's column": ("managers[Direct Manager].email",),
    },
    joined={"employee_name": ("First name", "Last name")},
    constants={"custom_fields[brand]": "Example", "mode": 0},
    ignore=("Notes", "Payroll *"),
    operation="workflows.launch_advanced",
    file=FileSettings(encoding="cp1252", date_format="%d/%m/%Y", default_country="AU"),
    name="mapping.toml",
)


def mapped(**changes: Any) -> ColumnMapping:
    return attrs.evolve(MAPPING, **changes)


def test_mapping_survives_its_file(tmp_path: Path) -> None:
    """What is saved is what is loaded, whatever the columns are called."""
    path = tmp_path / "mapping.toml"
    FULL.save(path)
    assert FULL == people.load_mapping(path)


def test_reviewed_file_is_not_replaced(tmp_path: Path) -> None:
    """Saving a proposal again does not lose what somebody corrected."""
    path = tmp_path / "mapping.toml"
    FULL.save(path)
    with pytest.raises(InvalidInput, match="exists"):
        MAPPING.save(path)
    assert FULL == people.load_mapping(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("columns = 3", r"\[columns\]"),
        ("[columns]\nName = 3", "columns.Name"),
        ("[constants]\nmode = true", "constants.mode"),
        ("[file]\nencodng = 'utf-8'", "encodng"),
        ("[colums]\nName = 'employee_name'", "colums"),
        ("operation = 3", "operation"),
        ("[columns", "TOML"),
    ],
)
def test_file_that_is_no_mapping_is_refused(
    tmp_path: Path, text: str, words: str
) -> None:
    """A misspelt setting would be lost without a word."""
    path = tmp_path / "mapping.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidInput, match=words):
        people.load_mapping(path)


@pytest.mark.parametrize("given", [None, "mapping.toml"])
def test_missing_mapping_is_proposed(tmp_path: Path, given: str | None) -> None:
    """Nothing is planned until a person has seen and saved the mapping."""
    mapping = tmp_path / given if given else None
    with pytest.raises(InvalidInput, match='"Start date" = "start_date"'):
        people.plan_launch(write_csv(tmp_path, person()), mapping)


def test_usual_names_are_recognised(tmp_path: Path) -> None:
    """Readable names, wire names and what HR systems call them; the rest is asked."""
    path = tmp_path / "hires.csv"
    header = "Worker ID,First Name,surname,nheml,Start Date,Manager,Cost Centre,Office"
    path.write_text(f"{header}\n", "utf-8")
    proposal = people.propose_mapping(path)
    assert proposal.columns == {
        "Worker ID": ("external_id",),
        "First Name": ("employee_first_name",),
        "surname": ("employee_last_name",),
        "nheml": ("employee_email",),
        "Start Date": ("start_date",),
        "Manager": ("manager_name",),
        "Office": ("custom_fields[location]",),
    }
    assert {"employee_name": ("First Name", "surname")} == proposal.joined
    assert ("Cost Centre",) == proposal.undecided


def test_undecided_columns_stay_problems(tmp_path: Path) -> None:
    """A column that was not recognised is neither sent nor left out by itself."""
    hires = write_csv(tmp_path, person())
    proposal = people.propose_mapping(hires)
    assert ("Channel" in proposal.columns, proposal.undecided) == (
        True,
        ("Department",),
    )
    saved = tmp_path / "mapping.toml"
    proposal.save(saved)
    found = plan(hires, mapping=saved)
    assert [(1, "Department", Kind.COLUMN_UNMAPPED)] == places(found)
    assert () == found.actions


HEADER_FAULTS: dict[str, tuple[dict[str, Any], str | None, Kind]] = {
    "column that is missing": (
        {"columns": COLUMNS | {"Start Date ": ("start_date",)}},
        "Start Date ",
        Kind.COLUMN_MISSING,
    ),
    "field that is unknown": (
        {"columns": COLUMNS | {"Mobile": ("employee_mobil",)}},
        "Mobile",
        Kind.FIELD_UNKNOWN,
    ),
    "field of another launch": (
        {"operation": "workflows.launch_advanced"},
        "Manager",
        Kind.FIELD_UNKNOWN,
    ),
    "constant that is unknown": (
        {"constants": {"colour": "red"}},
        "constants.colour",
        Kind.FIELD_UNKNOWN,
    ),
    "field that is filled twice": (
        {"columns": COLUMNS | {"Office": ("custom_fields[Department]",)}},
        "Department",
        Kind.FIELD_REPEATED,
    ),
    "required field that nothing fills": (
        {"columns": COLUMNS | {"Name": ("employee_first_name",)}},
        None,
        Kind.FIELD_UNMAPPED,
    ),
    "external id that nothing fills": (
        {"columns": COLUMNS | {"Employee ID": ("custom_fields[Employee Number]",)}},
        None,
        Kind.FIELD_UNMAPPED,
    ),
}


@pytest.mark.parametrize("fault", HEADER_FAULTS)
def test_fault_of_the_mapping_is_one_problem(tmp_path: Path, fault: str) -> None:
    """It is reported once, in the header, and stops every row."""
    changes, column, kind = HEADER_FAULTS[fault]
    rows = [person(number) for number in range(1, 4)]
    found = plan(write_csv(tmp_path, *rows), mapping=mapped(**changes))
    assert (1, column, kind) in places(found)
    assert {1} == {problem.row for problem in found.problems}
    assert () == found.actions


def test_column_that_was_meant_is_named(tmp_path: Path) -> None:
    """A header that changed its spelling is found by the fix."""
    columns = {"E-Mail": ("employee_email",)}
    found = plan(write_csv(tmp_path, person()), mapping=mapped(columns=columns))
    (problem,) = [one for one in found.problems if one.column == "E-Mail"]
    assert "did you mean 'E-mail'?" == problem.fix


def test_columns_are_ignored_on_purpose(tmp_path: Path) -> None:
    """By name, or by a pattern."""
    columns = {name: texts for name, texts in COLUMNS.items() if name[0] not in "CD"}
    hires = write_csv(tmp_path, person())
    found = plan(hires, mapping=mapped(columns=columns))
    assert ["Channel", "Department"] == [one.column for one in found.problems]
    ignoring = mapped(columns=columns, ignore=("Channel", "Dep*"))
    assert () == plan(hires, mapping=ignoring).problems


def test_columns_that_share_a_name_are_refused(tmp_path: Path) -> None:
    """Which of them is meant is not known."""
    path = tmp_path / "hires.csv"
    path.write_text("Name,Name\nAlex Example,Sam Example\n", "utf-8")
    found = plan(path, mapping=mapped(columns={"Name": ("employee_name",)}))
    assert (1, "Name", Kind.COLUMN_REPEATED) in places(found)


def test_column_without_a_name_is_refused_if_it_has_values(tmp_path: Path) -> None:
    """Blank columns are common, and harmless."""
    path = tmp_path / "hires.csv"
    path.write_text("Name,,E-mail,,\nAlex Example,x,a@example.com,,\n", "utf-8")
    mapping = mapped(columns={"Name": ("nhnm",), "E-mail": ("nheml",)})
    found = [one for one in places(plan(path, mapping=mapping)) if one[1]]
    assert [(1, "column B", Kind.COLUMN_UNNAMED)] == found


def test_constants_and_joined_columns_fill_fields(tmp_path: Path) -> None:
    """A field may be the same for everybody, or made of several columns."""
    columns = dict(COLUMNS) | {"Name": ("employee_first_name",)}
    mapping = mapped(
        columns=columns,
        joined={"employee_name": ("Name", "Department")},
        constants={"custom_fields[brand]": "Example", "mode": 0},
    )
    (action,) = plan(write_csv(tmp_path, person()), mapping=mapping).actions
    assert ("Alex Example 1", "Alex Example 1 Product", 0) == (
        action.body["nhfnm"],
        action.body["nhnm"],
        action.body["mode"],
    )
    assert {"name": "brand", "value": "Example"} in action.body["customfields"]


def test_wrong_constant_is_one_problem(tmp_path: Path) -> None:
    """It is wrong in the mapping, not in each row."""
    columns = {name: texts for name, texts in COLUMNS.items() if name != "Start date"}
    mapping = mapped(
        columns=columns, constants={"start_date": "18.1."}, ignore=("Start date",)
    )
    found = plan(write_csv(tmp_path, person(1), person(2)), mapping=mapping)
    assert [(1, "constants.start_date", Kind.DATE_INVALID)] == places(found)


def test_column_may_fill_several_fields(tmp_path: Path) -> None:
    """An employee number is often both the id and a custom field."""
    columns = dict(COLUMNS)
    columns["Employee ID"] = ("external_id", "custom_fields[Employee Number]")
    (action,) = plan(
        write_csv(tmp_path, person()), mapping=mapped(columns=columns)
    ).actions
    assert {"name": "Employee Number", "value": "E-1"} in action.body["customfields"]
    assert "E-1" == action.body["externalid"]


def test_settings_of_the_call_replace_those_of_the_mapping(tmp_path: Path) -> None:
    """The mapping says how the file is written, unless the call does."""
    hires = write_csv(tmp_path, person(start="18.01.2027"))
    mapping = mapped(file=FileSettings(date_format="%d.%m.%Y"))
    assert () == plan(hires, mapping=mapping).problems
    assert [Kind.DATE_INVALID] == [
        one.kind
        for one in plan(hires, mapping=mapping, date_format="%d/%m/%Y").problems
    ]


def test_unknown_setting_is_refused(tmp_path: Path) -> None:
    """A misspelt setting would be lost without a word."""
    with pytest.raises(TypeError, match="allow_past"):
        plan(write_csv(tmp_path, person()), allow_past=True)
