"""Reports that a test brings along: typed fields, nulls and missing cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from enboarder import Enboarder, models
from enboarder.mock import MockServer

ROWS: list[dict[str, Any]] = [
    {"start": date(2027, 1, 12), "desk": 7, "remote": True, "buddy": None},
    {"start": None, "desk": 7.5},
    {},
]
SENT: list[dict[str, Any]] = [
    {"start": "2027-01-12", "desk": 7, "remote": True, "buddy": None},
    {"start": None, "desk": 7.5},
    {},
]


@pytest.fixture
def client(mock: MockServer) -> Iterator[Enboarder]:
    """A client of the mock."""
    with Enboarder.from_env(mock.environ("apikey")) as enboarder:
        yield enboarder


def test_rows_of_a_form_are_sent_unchanged(mock: MockServer, client: Enboarder) -> None:
    """A value may be null, and a row may lack a field."""
    mock.add_form("F-1", ROWS, name="Desks")
    rows = [row.to_dict() for row in client.reports.iter_form_data("F-1")]

    assert SENT == rows
    forms = client.reports.get_forms().items or []
    assert ("F-1", "Desks") == (forms[-1].id, forms[-1].name)


def test_rows_of_a_workflow_may_have_nulls(mock: MockServer, client: Enboarder) -> None:
    """A null in a column of the user's own reaches the client, which keeps it."""
    mock.add_workflow_report("W-1", [{"laptop": None, "externalid": "A-1"}])
    (row,) = client.reports.iter_workflow_data("W-1")

    assert "A-1" == row.external_id
    assert {"externalid": "A-1", "laptop": None} == row.to_dict()
    fields = client.reports.get_workflow_properties("W-1").fields or []
    assert ["laptop", "externalid"] == [field.label for field in fields]


def test_fields_have_the_types_that_are_given(
    mock: MockServer, client: Enboarder
) -> None:
    """As models or as mappings with wire names."""
    fields = [
        models.FormField(field_name="start", data_type="date", is_required=True),
        {"fieldName": "desk", "datatype": "number"},
    ]
    mock.add_form("F-1", ROWS, fields=fields)
    found = client.reports.get_form_properties("F-1").fields or []

    types = [(field.field_name, field.data_type) for field in found]
    assert [("start", "date"), ("desk", "number")] == types


def test_fields_are_those_of_the_rows_by_default(
    mock: MockServer, client: Enboarder
) -> None:
    """Each name once, in the order of its first appearance."""
    mock.add_form("F-1", [{"b": 1}, {"a": 1, "b": 2}])
    found = client.reports.get_form_properties("F-1").fields or []

    assert [("b", "text"), ("a", "text")] == [
        (field.field_name, field.data_type) for field in found
    ]


def test_rows_are_made_up_for_fields_with_types(
    mock: MockServer, client: Enboarder
) -> None:
    """A number and a date are what their type says; anything else is a text."""
    fields = [
        {"fieldName": "n", "datatype": "number"},
        {"fieldName": "d", "datatype": "date"},
        {"fieldName": "c", "datatype": "dropdown", "options": ["x", "y"]},
        {"fieldName": "t"},
    ]
    mock.add_form("F-1", 600, fields=fields)
    rows = list(client.reports.iter_form_data("F-1"))

    assert 600 == len(rows)
    first = {"n": 1, "d": "2027-01-01", "c": "x", "t": "Alex Example"}
    assert first == rows[0].to_dict()


def test_form_of_the_examples_can_be_replaced(
    mock: MockServer, client: Enboarder
) -> None:
    """It is listed once."""
    mock.add_form("4mkVzc9OX", [{"n": 1}])
    mock.add_form("4mkVzc9OX", [{"n": 2}])

    assert [2] == [row["n"] for row in client.reports.iter_form_data("4mkVzc9OX")]
    ids = [form.id for form in client.reports.get_forms().items or []]
    assert 4 == len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"form_id": ""}, "form_id"),
        ({"form_id": 7}, "form_id"),
        ({"name": ""}, "name"),
        ({"rows": -1}, "rows"),
        ({"rows": True}, "rows"),
        ({"rows": ["a"]}, "rows"),
        ({"rows": [{"a": float("nan")}]}, "rows"),
        ({"rows": [{"a": object()}]}, "rows"),
        ({"fields": [{"fieldName": 3}]}, "fields"),
        ({"fields": [{"label": "a"}]}, "fields"),
        ({"fields": ["a"]}, "fields"),
    ],
)
def test_report_that_cannot_be_sent_is_refused(
    settings: dict[str, Any], name: str
) -> None:
    """When it is given, not at the request that would have shown it."""
    with pytest.raises(ValueError, match=f"^{name} "):
        MockServer().add_form(**{"form_id": "F-1", "rows": [], **settings})
