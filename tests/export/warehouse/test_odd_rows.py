"""Odd rows end in data or in a named error; none is lost."""

from __future__ import annotations

from typing import Any

import pytest

from enboarder.export import BrokenPages
from tests.export.warehouse.conftest import ALEX, Forms, Load, Query

TABLE = "enboarder.form_4mkvzc9ox"
ODD_ROWS: list[Any] = [
    {},
    {"name": None, "startDate": None, "Salary ": None, "Laptop?": None},
    {"name": "half a \ud83d", "Laptop?": "one"},
    {"name": {"first": "Alex"}, "Salary ": True, "startDate": "tomorrow"},
    {"name": "\x1e\x1f\x1b\0", "Salary ": 10**30, "Laptop?": [None, ["a"], {"b": 1}]},
    {"": "no name", "_unfit": "taken", "_content_key": "taken", "_dlt_id": "taken"},
    {"select": 1, "NAME": 2, "Größe": 3, "名前": 4},
    [],
    "text",
    None,
]


def test_no_odd_row_is_lost(forms: Forms, load: Load, query: Query) -> None:
    """Nor is any of them twice after the second load."""
    forms.rows = ODD_ROWS

    loaded = [load().rows for _ in range(2)]

    assert [len(ODD_ROWS)] * 2 == loaded
    assert [(len(ODD_ROWS),)] == query(f"SELECT count(*) FROM {TABLE}")
    names = [name for (name,) in query(f"SELECT name FROM {TABLE}")]
    assert {"half a \\ud83d", '{"first":"Alex"}'} <= set(names)


def test_form_without_properties_has_the_columns_of_its_rows(
    forms: Forms, load: Load, query: Query
) -> None:
    """They are text, because nothing says what they are."""
    forms.fields = []
    forms.rows = [ALEX]

    load()

    found = f"SELECT start_date, salary FROM {TABLE}"
    assert [("2027-01-12", "50000")] == query(found)


def test_rows_without_columns_are_counted(
    forms: Forms, load: Load, query: Query
) -> None:
    """Somebody sent a form without an answer."""
    forms.fields = []
    forms.rows = [{}, {}]

    load()

    assert [(2,)] == query(f"SELECT count(*) FROM {TABLE}")


def test_pages_that_never_end_are_an_error(forms: Forms, load: Load) -> None:
    """Nothing is loaded then."""
    forms.cursor_comes_back = True

    with pytest.raises(BrokenPages):
        load()
