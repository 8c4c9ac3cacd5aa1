"""Load all reports every night with Prefect: python prefect_flow.py."""

from __future__ import annotations

import os

from prefect import flow, task

from enboarder import Enboarder
from enboarder.export import list_reports
from enboarder.export.warehouse import load_warehouse


@task(retries=2, retry_delay_seconds=600)
def load() -> int:
    """Bring the tables up to date, and return how many rows the reports have."""
    with Enboarder.from_env() as enboarder:
        loaded = load_warehouse(
            enboarder, list_reports(enboarder), database=os.environ["PEOPLE_DATABASE"]
        )
    return loaded.rows


@flow
def enboarder_reports() -> None:
    """Load all reports."""
    load()


if __name__ == "__main__":
    enboarder_reports.serve(name="nightly", cron="0 3 * * *")
