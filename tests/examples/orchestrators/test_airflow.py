"""The example for Airflow loads every report."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples.orchestrators.conftest import (
    EXAMPLES,
    ROWS,
    TABLES,
    tables_of,
)

RUN = """
import runpy, sys
dag = runpy.run_path(sys.argv[1])["nightly"]
run = dag.test()
print(dag.schedule, run.state)
"""


@pytest.fixture
def _metadata() -> None:
    """Make the database in which Airflow remembers its runs."""
    subprocess.run(
        [sys.executable, "-m", "airflow", "db", "migrate"],
        check=True,
        capture_output=True,
    )


@pytest.mark.usefixtures("_metadata")
def test_dag_runs(database: Path) -> None:
    """In a process of its own, because Airflow reads its settings once."""
    found = subprocess.run(
        [sys.executable, "-c", RUN, str(EXAMPLES / "airflow_dag.py")],
        check=True,
        capture_output=True,
        text=True,
    )

    assert "success" in found.stdout.splitlines()[-1]
    tables = tables_of(database)
    assert (TABLES, ROWS) == (len(tables), sum(tables.values()))
