"""The example for Prefect loads every report."""

from __future__ import annotations

from pathlib import Path

import pytest
from prefect.testing.utilities import prefect_test_harness

from tests.examples.orchestrators.conftest import ROWS, TABLES, Example, tables_of

# Prefect and its libraries have their own.
pytestmark = pytest.mark.filterwarnings("default")


def test_flow_runs(example: Example, database: Path) -> None:
    """Twice is like once."""
    load_all = example("prefect_flow")["enboarder_reports"]
    with prefect_test_harness(server_startup_timeout=120):
        load_all()
        load_all()

    found = tables_of(database)
    assert (TABLES, ROWS) == (len(found), sum(found.values()))
