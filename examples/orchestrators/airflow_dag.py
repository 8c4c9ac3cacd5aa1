"""Load all reports every night with Airflow: put this file among your DAGs."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from airflow.sdk import dag, task

from enboarder import Enboarder
from enboarder.export import list_reports
from enboarder.export.warehouse import load_warehouse


@task(retries=2, retry_delay=timedelta(minutes=10))
def load() -> int:
    """Bring the tables up to date, and return how many rows the reports have."""
    with Enboarder.from_env() as enboarder:
        loaded = load_warehouse(
            enboarder, list_reports(enboarder), database=os.environ["PEOPLE_DATABASE"]
        )
    return loaded.rows


@dag(schedule="0 3 * * *", start_date=datetime(2026, 1, 1), catchup=False)
def enboarder_reports() -> None:
    """Load all reports."""
    load()


nightly = enboarder_reports()
