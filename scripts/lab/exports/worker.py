"""What is killed: a process that exports every report of an account."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from enboarder import Enboarder, export

DUCKDB = "duckdb"
"""The format of a trial that loads a warehouse."""
DATABASE = "onboarding.duckdb"
DATASET = "enboarder"


class Job(NamedTuple):
    """What a worker does; all workers of a trial get the same."""

    folder: Path
    format: str
    environ: Mapping[str, str]


def work(job: Job) -> None:
    """Export all reports, or continue where a worker was killed."""
    with Enboarder.from_env(job.environ) as enboarder:
        reports = export.list_reports(enboarder)
        if job.format != DUCKDB:
            export.export_reports(enboarder, reports, job.folder, format=job.format)
            return
        from enboarder.export.warehouse import load_warehouse

        job.folder.mkdir(exist_ok=True)
        database = job.folder / DATABASE
        load_warehouse(enboarder, reports, database=database, dataset=DATASET)
