"""Load all reports every night with Dagster: dagster dev -f dagster_assets.py."""

from __future__ import annotations

import os

from dagster import (
    Definitions,
    MaterializeResult,
    RetryPolicy,
    ScheduleDefinition,
    asset,
)

from enboarder import Enboarder
from enboarder.export import list_reports
from enboarder.export.warehouse import load_warehouse


@asset(retry_policy=RetryPolicy(max_retries=2, delay=600))
def enboarder_reports() -> MaterializeResult:
    """Load the rows of all forms and workflows."""
    with Enboarder.from_env() as enboarder:
        loaded = load_warehouse(
            enboarder, list_reports(enboarder), database=os.environ["PEOPLE_DATABASE"]
        )
    return MaterializeResult(metadata={"rows": loaded.rows})


nightly = ScheduleDefinition(
    name="nightly", target=[enboarder_reports], cron_schedule="0 3 * * *"
)
definitions = Definitions(assets=[enboarder_reports], schedules=[nightly])
