"""What is left out or hashed never reaches the warehouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from enboarder import InvalidInput
from tests.conftest import Service
from tests.export.warehouse.conftest import ALEX, FIELDS, Forms, Load, Query

TABLE = "enboarder.form_4mkvzc9ox"
HASH_KEY = "0123456789abcdef"


def test_left_out_and_hashed_values_are_in_no_file(
    forms: Forms, load: Load, query: Query, database: Path
) -> None:
    """Neither as a value, nor among those that fit no column."""
    forms.rows = [ALEX, {**ALEX, "Salary ": "more than enough"}]

    load(exclude=["Salary"], hash_fields=["name"], hash_key=HASH_KEY)

    content = database.read_bytes()
    assert b"Alex Example" not in content
    assert b"more than enough" not in content
    columns = [row[0] for row in query(f"DESCRIBE {TABLE}")]
    assert {"name", "start_date", "laptop", "_content_key"} == set(columns)
    hashes = {name for (name,) in query(f"SELECT name FROM {TABLE}")}
    assert {64} == {len(text) for text in hashes}


def test_misspelt_field_is_refused(load: Load, service: Service) -> None:
    """Otherwise it would be loaded."""
    with pytest.raises(InvalidInput, match="Salry"):
        load(exclude=["Salry"])


def test_field_that_is_hashed_later_does_not_change_its_column(
    forms: Forms, load: Load
) -> None:
    """A column of numbers takes no hashes, and the error says so."""
    forms.fields = FIELDS[:3]
    forms.rows = [{"name": "Alex Example", "Salary ": ALEX["Salary "]}]
    load()

    with pytest.raises(InvalidInput, match="Salary"):
        load(hash_fields=["Salary"], hash_key=HASH_KEY)
