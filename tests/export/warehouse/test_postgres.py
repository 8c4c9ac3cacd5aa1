"""The same load into PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from enboarder.export import SchemaDrift
from scripts.lab.kills.postgres import postgres_server, server_programs
from tests.export.warehouse.conftest import ALEX, FIELDS, MORGAN, Forms, Load

COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, NULL), col_description(c.oid, a.attnum)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'hr' AND c.relname = 'form_4mkvzc9ox' AND a.attnum > 0
"""
ROWS = "SELECT name, start_date, salary, laptop FROM hr.form_4mkvzc9ox ORDER BY name"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    programs = server_programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL server (initdb)")
    with postgres_server(programs) as url:
        # dlt wants a password, which the server does not ask for.
        yield url.replace("enboarder@", "enboarder:unused@")


def rows(server: str, sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(server) as connection:
        return connection.execute(sql.encode()).fetchall()


def test_postgres_has_the_rows_once(
    server: str, forms: Forms, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With types and labels; it follows the report, and drift stops the load."""
    monkeypatch.setenv("DESTINATION__POSTGRES__CREDENTIALS", server)
    into = {"destination": "postgres", "database": None, "dataset": "hr"}
    load(**into)
    load(**into)
    assert {
        ("name", "character varying", "What's your name?"),
        ("start_date", "date", "First day"),
        ("salary", "double precision", "Salary"),
        ("laptop", "jsonb", "Laptop?"),
        ("_content_key", "character varying", None),
    } == set(rows(server, COLUMNS))
    assert [
        ("Alex Example", date(2027, 1, 12), 50_000.0, ["small", "silver"]),
        ("Morgan Sample", date(2027, 2, 1), None, None),
        ("Sam Example", None, 700.5, None),
    ] == rows(server, ROWS)

    forms.rows = [{**ALEX, "Salary ": 60_000}, MORGAN]
    load(**into)
    assert [60_000.0, None] == [salary for _, _, salary, _ in rows(server, ROWS)]

    forms.fields = [*FIELDS, {"fieldName": "shoeSize", "datatype": "number"}]
    with pytest.raises(SchemaDrift):
        load(**into)
    load(**into, on_drift="add")
    assert "shoe_size" in {name for name, _, _ in rows(server, COLUMNS)}
