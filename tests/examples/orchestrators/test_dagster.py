"""The example for Dagster loads every report."""

from __future__ import annotations

from pathlib import Path

import pytest
from dagster import materialize

from tests.examples.orchestrators.conftest import ROWS, TABLES, Example, tables_of

# Dagster and its libraries have their own.
pytestmark = pytest.mark.filterwarnings("default")


def test_asset_is_materialised(example: Example, database: Path) -> None:
    """Twice is like once, and the schedule is every night."""
    found = example("dagster_assets")

    runs = [materialize([found["enboarder_reports"]]) for _ in range(2)]

    assert all(run.success for run in runs)
    tables = tables_of(database)
    assert (TABLES, ROWS) == (len(tables), sum(tables.values()))
    assert [found["nightly"]] == list(found["definitions"].schedules)
