"""An orchestrator that keeps to itself, and the mock with a database to fill."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from enboarder.mock import MockServer

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "orchestrators"
ROWS = 1203 + 12
"""The rows of all reports of the mock."""
TABLES = 7
QUIET = {
    "DO_NOT_TRACK": "1",
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "SCARF_ANALYTICS": "false",
    "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "false",
}

Example = Callable[[str], dict[str, Any]]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The database that the example fills."""
    return tmp_path / "people.duckdb"


@pytest.fixture(autouse=True)
def _environment(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Set the variables of the mock, and homes of the orchestrators."""
    homes = {name: str(tmp_path / name) for name in ("AIRFLOW_HOME", "PREFECT_HOME")}
    with MockServer(port=0) as mock:
        chosen = {**mock.environ("oauth2"), **QUIET, **homes}
        for name, value in {**chosen, "PEOPLE_DATABASE": str(database)}.items():
            monkeypatch.setenv(name, value)
        yield


@pytest.fixture
def example() -> Example:
    """Read an example, as the orchestrator does."""
    return lambda name: runpy.run_path(str(EXAMPLES / f"{name}.py"))


def tables_of(database: Path) -> dict[str, int]:
    """Return the number of rows of each table of reports."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'enboarder' "
            "AND table_name NOT LIKE '\\_dlt%' ESCAPE '\\'"
        ).fetchall()
        return {
            name: connection.table(f"enboarder.{name}").shape[0] for (name,) in found
        }
