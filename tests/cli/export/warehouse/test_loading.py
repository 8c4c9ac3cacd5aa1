"""`enboarder export warehouse` against the mock, into a DuckDB file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from enboarder.mock import MockServer
from tests.cli.conftest import Run
from tests.cli.export.conftest import FIELDS, ROWS

WORDS = ("export", "warehouse", "--to", "people.duckdb", "--json")


def rows_in(folder: Path, table: str) -> list[Any]:
    """Return the rows of a table."""
    with duckdb.connect(str(folder / "people.duckdb")) as connection:
        found = connection.sql(f"SELECT * FROM enboarder.{table}")
        rows: list[Any] = found.fetchall()
        return rows


def test_every_report_gets_a_table_and_a_second_run_adds_no_row(
    run: Run, home: Path, reports: MockServer
) -> None:
    """The document says which table has which report."""
    first = run(*WORDS)
    second = run(*WORDS)
    tables = {one["id"]: one for one in json.loads(second.output)["tables"]}

    assert (0, 0) == (first.code, second.code)
    assert {"form-1": 3, "flow-1": 2} == {one: tables[one]["rows"] for one in tables}
    assert 3 == len(rows_in(home, tables["form-1"]["table"]))


def test_changed_columns_end_a_load_with_code_6(
    run: Run, home: Path, reports: MockServer
) -> None:
    """Unless the policy is to add them."""
    loaded = run(*WORDS, "form-1")
    table = json.loads(loaded.output)["tables"][0]["table"]
    laptop = {"fieldName": "laptop", "label": "Laptop", "datatype": "text"}
    rows = [{**row, "laptop": "Small"} for row in ROWS]
    reports.add_form("form-1", rows, fields=[*FIELDS, laptop])
    refused = run(*WORDS, "form-1")
    added = run(*WORDS, "form-1", "--on-drift", "add")

    assert (6, 0) == (refused.code, added.code)
    assert "laptop" in refused.errors
    assert all("Small" in row for row in rows_in(home, table))


def test_a_key_and_a_selection_are_passed_on(
    run: Run, home: Path, reports: MockServer
) -> None:
    """Rows are told apart by the field that is named."""
    ended = run(*WORDS, "form-1", "--key", "form-1=externalId", "--exclude", "salary")
    table = json.loads(ended.output)["tables"][0]["table"]

    assert 0 == ended.code
    assert 5000 not in [cell for row in rows_in(home, table) for cell in row]
