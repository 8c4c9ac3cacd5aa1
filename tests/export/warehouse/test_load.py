"""A DuckDB file has the rows of a report: typed, each once, and up to date."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from enboarder import Forbidden
from enboarder.export import SchemaDrift, form
from enboarder.export.warehouse import KeyNotUnique
from tests.conftest import Service
from tests.export.warehouse.conftest import (
    ALEX,
    FIELDS,
    MORGAN,
    SAM,
    STAFF,
    Forms,
    Load,
    Query,
)

TABLE = "enboarder.form_4mkvzc9ox"
ROWS = f"SELECT name, start_date, salary, laptop FROM {TABLE} ORDER BY name"
NAMES = f"SELECT name FROM {TABLE} ORDER BY name"
KEYS = f"SELECT _content_key FROM {TABLE} ORDER BY 1"
COLUMNS = (
    "SELECT column_name, data_type, comment FROM duckdb_columns() "
    "WHERE schema_name = 'enboarder' AND table_name = 'form_4mkvzc9ox'"
)
NEW_FIELD = {"fieldName": "shoeSize", "label": "Shoe size", "datatype": "number"}


def test_second_load_adds_no_row(load: Load, query: Query) -> None:
    """The same rows are the same rows, also those that are equal to each other."""
    load()
    keys = query(KEYS)

    loaded = load()

    assert keys == query(KEYS)
    assert (3, 2, ()) == (loaded.rows, loaded.tables[0].pages, loaded.changes)


def test_columns_have_types_and_labels(load: Load, query: Query) -> None:
    """Dates are DATE, numbers numeric, and labels are comments of the columns."""
    load()

    assert {
        ("name", "VARCHAR", "What's your name?"),
        ("start_date", "DATE", "First day"),
        ("salary", "DOUBLE", "Salary"),
        ("laptop", "JSON", "Laptop?"),
        ("_content_key", "VARCHAR", None),
    } == set(query(COLUMNS))
    assert [
        ("Alex Example", date(2027, 1, 12), 50_000.0, '["small","silver"]'),
        ("Morgan Sample", date(2027, 2, 1), None, None),
        ("Sam Example", None, 700.5, None),
    ] == query(ROWS)
    comment = "SELECT comment FROM duckdb_tables() WHERE schema_name = 'enboarder'"
    assert ("form 4mkVzc9OX: Joiners' form",) in query(comment)


def test_rows_that_are_equal_are_all_kept(
    forms: Forms, load: Load, query: Query
) -> None:
    """Two people may give the same answers, and a third one later."""
    counted: list[int] = []
    for times in (2, 3, 1):
        forms.rows = [MORGAN] * times
        load()
        counted.append(len(query(NAMES)))

    assert [2, 3, 1] == counted


def test_table_follows_the_report(forms: Forms, load: Load, query: Query) -> None:
    """A changed row replaces the older one, and a deleted row is deleted."""
    load()
    forms.rows = [{**ALEX, "Salary ": 60_000}, MORGAN]

    load()

    found = [(name, salary) for name, _, salary, _ in query(ROWS)]
    assert [("Alex Example", 60_000.0), ("Morgan Sample", None)] == found


def test_row_that_did_not_change_is_not_written_again(
    forms: Forms, load: Load, query: Query
) -> None:
    """The warehouse has no work with rows that it knows."""
    when = f"SELECT name, rowid FROM {TABLE} WHERE name LIKE 'Alex%'"
    load()
    before = query(when)
    forms.rows = [SAM, ALEX]

    load()

    assert before == query(when)


def test_empty_form_has_a_typed_table(forms: Forms, load: Load, query: Query) -> None:
    """A dashboard finds its columns before the first answer."""
    forms.rows = []

    load()

    assert [] == query(ROWS)
    assert ("start_date", "DATE", "First day") in query(COLUMNS)


def test_report_that_becomes_empty_empties_its_table(
    forms: Forms, load: Load, query: Query
) -> None:
    """The answers of people who were deleted do not stay in the warehouse."""
    load()
    forms.rows = []

    load()

    assert [] == query(ROWS)


def test_filters_leave_other_rows_alone(
    forms: Forms, load: Load, query: Query, service: Service
) -> None:
    """A part of the rows says nothing about the others."""
    load()
    forms.rows = [{**MORGAN, "Salary ": 1}]

    load(filters={"status": "done"}, keys={STAFF.id: ["name"]})

    assert 3 == len(query(NAMES))
    assert "done" == service.last.url.params["status"]


def test_failed_page_loads_nothing(forms: Forms, load: Load, query: Query) -> None:
    """The table is as before, and the error is that of the client."""
    load()
    before = query(KEYS)
    forms.rows = [ALEX, ALEX, ALEX]
    forms.fails_at = 2

    with pytest.raises(Forbidden) as caught:
        load()

    assert before == query(KEYS)
    assert "2" == caught.value.cursor


# --- Keys ----------------------------------------------------------------------------


def test_row_with_a_key_is_replaced(forms: Forms, load: Load, query: Query) -> None:
    """A key may be named by the label of its column."""
    keys = {STAFF.id: ["What's your name?"]}
    load(keys=keys)
    forms.rows = [ALEX, {**SAM, "Salary ": 1}, MORGAN]

    load(keys=keys)

    assert [50_000.0, None, 1.0] == [salary for _, _, salary, _ in query(ROWS)]


@pytest.mark.parametrize(
    ("rows", "key"),
    [([ALEX, ALEX], "name"), ([ALEX, MORGAN], "Salary"), ([ALEX], "nmae")],
    ids=["shared", "empty", "misspelt"],
)
def test_key_that_tells_no_rows_apart_is_refused(
    forms: Forms, load: Load, database: Path, rows: list[Any], key: str
) -> None:
    """It would lose rows without a word."""
    forms.rows = rows

    with pytest.raises(KeyNotUnique):
        load(keys={STAFF.id: [key]})

    with duckdb.connect(str(database)) as connection:
        assert ("form_4mkvzc9ox",) not in connection.execute("SHOW TABLES").fetchall()


# --- Drift ---------------------------------------------------------------------------


def test_new_question_stops_by_default(forms: Forms, load: Load, query: Query) -> None:
    """Nothing is loaded, and the error names the column."""
    load()
    forms.fields = [*FIELDS, NEW_FIELD]
    forms.rows = [{**ALEX, "shoeSize": 42}]

    with pytest.raises(SchemaDrift, match="shoeSize"):
        load()

    assert 3 == len(query(NAMES))


def test_new_question_becomes_a_column_if_wanted(
    forms: Forms, load: Load, query: Query
) -> None:
    """Older rows have no value in it, and keep their keys."""
    load()
    before = query(KEYS)
    forms.fields = [NEW_FIELD, *FIELDS]
    forms.rows = [ALEX, SAM, MORGAN, {"name": "Robin Example", "shoeSize": 42}]

    loaded = load(on_drift="add")

    assert ["shoeSize"] == [change.column for change in loaded.changes]
    assert set(before) < set(query(KEYS))
    assert [(42.0,)] == query(f"SELECT shoe_size FROM {TABLE} WHERE shoe_size > 0")
    assert () == load().changes


def test_new_question_is_left_out_if_wanted(
    forms: Forms, load: Load, query: Query
) -> None:
    """The load says how many rows have more than is loaded."""
    load()
    forms.fields = [*FIELDS, NEW_FIELD]
    forms.rows = [{**ALEX, "shoeSize": 42}]

    loaded = load(on_drift="ignore")

    assert "shoe_size" not in {name for name, _, _ in query(COLUMNS)}
    assert ["shoeSize"] == [change.column for change in loaded.changes]
    assert any("shoeSize" in warning for warning in loaded.tables[0].warnings)


def test_member_that_no_property_lists_is_drift(forms: Forms, load: Load) -> None:
    """The first load takes it, and a later one follows the policy."""
    forms.rows = [{**ALEX, "status": "done"}]
    load()
    forms.rows = [{**ALEX, "status": "done", "city": "Berlin"}]

    with pytest.raises(SchemaDrift, match="city"):
        load()

    assert ["city"] == [change.column for change in load(on_drift="add").changes]


def test_removed_question_is_reported_once(
    forms: Forms, load: Load, query: Query
) -> None:
    """Its column stays, and is empty as far as the service says so."""
    load()
    forms.fields = FIELDS[:-1]
    forms.rows = [{"name": "Alex Example"}]

    with pytest.raises(SchemaDrift, match=r"Laptop\?"):
        load()
    loaded = load(on_drift="add")

    assert ["Laptop?"] == [change.column for change in loaded.changes]
    assert [("Alex Example", None, None, None)] == query(ROWS)
    assert () == load().changes


def test_type_of_a_column_stays(forms: Forms, load: Load, query: Query) -> None:
    """What does not fit it any more is kept beside it."""
    load()
    forms.fields = [{**FIELDS[0]}, {**FIELDS[1], "datatype": "text"}, *FIELDS[2:]]
    forms.rows = [{**ALEX, "startDate": "in spring"}]

    with pytest.raises(SchemaDrift, match="startDate"):
        load()
    loaded = load(on_drift="add")

    assert "startDate" in {change.column for change in loaded.changes}
    assert [(None, '{"startDate":"in spring"}')] == query(
        f"SELECT start_date, _unfit FROM {TABLE}"
    )


def test_value_that_does_not_fit_is_kept_or_stops(
    forms: Forms, load: Load, query: Query
) -> None:
    """The first load keeps it; a later one takes no new column by default."""
    load()
    forms.rows = [{**ALEX, "Salary ": "a lot"}, ["no object"]]

    with pytest.raises(SchemaDrift):
        load()
    load(on_drift="add")

    assert [('["no object"]',), ('{"Salary ":"a lot"}',)] == query(
        f"SELECT _unfit FROM {TABLE} ORDER BY 1"
    )
    assert 2 == load().rows


# --- Names, and files ----------------------------------------------------------------


def test_ids_that_differ_by_case_have_two_tables(load: Load, query: Query) -> None:
    """A database that ignores case would mix their rows."""
    loaded = load(form("abcDEF"), form("ABCdef"))

    names = [table.table for table in loaded.tables]
    assert 2 == len(set(names))
    for name in names:
        assert [(3,)] == query(f"SELECT count(*) FROM enboarder.{name}")


def test_table_and_dataset_have_the_wanted_names(load: Load, query: Query) -> None:
    """A form's id says little to people."""
    load(dataset="hr", tables={STAFF.id: "joiners"})

    assert [(3,)] == query("SELECT count(*) FROM hr.joiners")


def test_file_is_private(load: Load, database: Path) -> None:
    """It holds personal data."""
    load()

    assert 0o600 == stat.S_IMODE(database.stat().st_mode)


def test_no_second_copy_of_the_rows_stays(load: Load, query: Query) -> None:
    """The staging tables of dlt are empty after the load."""
    load()
    load()

    staged = "SELECT count(*) FROM enboarder_staging.form_4mkvzc9ox"
    assert [(0,)] == query(staged)
