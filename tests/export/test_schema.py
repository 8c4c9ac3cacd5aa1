"""The schema: names, types and labels from the properties of a report."""

from __future__ import annotations

import json

import pytest

from enboarder import ApiKey, Enboarder, InvalidInput
from enboarder.export import (
    Column,
    ColumnType,
    Schema,
    list_reports,
    read_schema,
    workflow,
)
from enboarder.export.columns import bind
from enboarder.mock import MockServer

from .reports import FORM, ReportService, field


def schema_of(*fields: object) -> Schema:
    """Return the schema of a form with these fields."""
    with ReportService(fields=fields).client() as enboarder:
        return read_schema(enboarder, FORM)


def test_reports_are_forms_and_workflows(shared_mock: MockServer) -> None:
    """All of them have an id, by which they can be exported."""
    key = ApiKey(shared_mock.api_key)
    with Enboarder(key, base_url=shared_mock.base_url) as enboarder:
        reports = list_reports(enboarder)

    assert {str(report) for report in reports} >= {
        "form 4mkVzc9OX",
        "workflow O0lMYAwSv",
    }


@pytest.mark.parametrize(
    ("data_type", "expected"),
    [
        ("text", ColumnType.TEXT),
        ("email", ColumnType.EMAIL),
        ("dropdown", ColumnType.CHOICE),
        ("Date", ColumnType.DATE),
        ("number", ColumnType.NUMBER),
        ("multi-select", ColumnType.CHOICES),
        ("file", ColumnType.FILE),
    ],
)
def test_types_are_read(data_type: str, expected: ColumnType) -> None:
    """The service's word decides, whatever its case."""
    (column,) = schema_of(field("a", data_type)).columns

    assert (column.type, column.data_type) == (expected, data_type)


def test_unknown_type_is_text_with_a_warning() -> None:
    """Nothing is guessed, and the column is named."""
    schema = schema_of(field("Signature", "drawing"))

    assert schema.columns[0].type is ColumnType.TEXT
    (warning,) = schema.warnings
    assert "drawing" in warning
    assert "Signature" in warning


@pytest.mark.parametrize(
    ("described", "name"),
    [
        ({"fieldName": "a", "id": "f1", "label": "A"}, "a"),
        ({"id": "f1", "label": "A"}, "f1"),
        ({"label": "A"}, "A"),
        ({"id": 7}, "7"),
    ],
)
def test_name_comes_from_the_field(described: dict[str, object], name: str) -> None:
    """The order of the questions never decides what a column is called."""
    assert schema_of(described).names == (name,)


def test_field_without_any_name_is_reported() -> None:
    """It cannot be a column."""
    schema = schema_of({"datatype": "text"})

    assert schema.columns == ()
    assert len(schema.warnings) == 1


def test_equal_labels_are_told_apart() -> None:
    """The published sample has such labels."""
    schema = schema_of(field("a", label="Name:"), field("b", label="Name:"))

    described = [schema.description(column) for column in schema.columns]
    assert described == ["Name: (a)", "Name: (b)"]


def test_repeated_name_is_one_column() -> None:
    """Rows have one member of that name."""
    assert schema_of(field("a", label="A"), field("a", label="B")).names == ("a",)


def test_workflow_columns_have_ids(shared_mock: MockServer) -> None:
    """The columns of a workflow are called by their ids."""
    key = ApiKey(shared_mock.api_key)
    with Enboarder(key, base_url=shared_mock.base_url) as enboarder:
        schema = read_schema(enboarder, workflow("O0lMYAwSv"))

    (column,) = schema.columns
    assert (column.name, column.label) == ("a1B2c3D4e", "Employee Number")
    assert schema.report.name == "Rest API Testing"


def test_version_changes_with_the_table_only() -> None:
    """Order and labels may change; a name or a type may not."""
    before = schema_of(field("a"), field("b"))

    assert schema_of(field("b"), field("a", label="A?")).version == before.version
    assert schema_of(field("a"), field("b", "date")).version != before.version
    assert schema_of(field("a"), field("c")).version != before.version


def test_schema_survives_its_file() -> None:
    """What is written as JSON is read again."""
    schema = schema_of(field("a", "date", "A\ud83d"), {"id": "f", "label": "é"})

    text = json.dumps(schema.to_json())
    assert Schema.from_json(json.loads(text)) == schema


@pytest.mark.parametrize("source", [{}, {"report": 1}, {"report": {}, "columns": []}])
def test_foreign_file_is_no_schema(source: dict[str, object]) -> None:
    """A file that somebody changed is refused, not guessed."""
    with pytest.raises(InvalidInput, match="not a schema"):
        Schema.from_json(source)


def test_members_find_their_columns() -> None:
    """A member is a name, an id or a single label; others are columns of their own."""
    columns = [
        Column("a", "Label A", field_id="1"),
        Column("b", "Same"),
        Column("c", "Same"),
        Column("d", "Label D"),
    ]

    found, bound = bind(columns, ["1", "Same", "Label D", "d", "new"])

    assert bound == {"a": "1", "d": "d", "Same": "Same", "Label D": "Label D"} | {
        "new": "new"
    }
    added = [column.name for column in found[4:]]
    assert added == ["Same", "Label D", "new"]


def test_names_of_members_never_collide() -> None:
    """A member that looks like another one, or like our column, gets a name."""
    found, bound = bind([Column("a")], ["_unfit", "\ud83d", "\\ud83d"])

    names = [column.name for column in found]
    assert len(set(names)) == 4
    assert "_unfit" not in names
    assert sorted(bound.values()) == sorted(["_unfit", "\ud83d", "\\ud83d"])
