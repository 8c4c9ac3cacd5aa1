"""The example for Airflow loads every report."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples.orchestrators.conftest import EXAMPLES, ROWS, TABLES, tables_of


def airflow(*words: str) -> str:
    """Run the command of Airflow, and return what it says."""
    found = subprocess.run(
        [sys.executable, "-m", "airflow", *words],
        check=True,
        capture_output=True,
        text=True,
    )
    return found.stdout + found.stderr


# Each command starts all of Airflow.
@pytest.mark.timeout(900)
def test_dag_runs(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is among the DAGs, and nothing else is needed."""
    folder = tmp_path / "dags"
    folder.mkdir()
    shutil.copy(EXAMPLES / "airflow_dag.py", folder)
    monkeypatch.setenv("AIRFLOW__CORE__DAGS_FOLDER", str(folder))
    airflow("db", "migrate")

    airflow("dags", "test", "enboarder_reports")

    tables = tables_of(database)
    assert (TABLES, ROWS) == (len(tables), sum(tables.values()))
