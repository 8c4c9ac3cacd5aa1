"""What is killed: a process that exports every report of an account."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from enboarder import Enboarder, export
from enboarder.mock import MockServer
from scripts.lab.exports.pages import fields

FORMS = ("killed-1", "killed-2")
WORKFLOW = "killed-3"
WORKFLOW_ROWS_ON_A_PAGE = 100
FORM_ROWS_ON_A_PAGE = 500


class Job(NamedTuple):
    """What a worker does; all workers of a trial get the same."""

    folder: Path
    format: str
    environ: Mapping[str, str]


def offer_reports(server: MockServer, pages: int) -> None:
    """Offer two forms and a workflow with so many pages each, and nothing else."""
    server.state.forms.clear()
    server.state.definitions.clear()
    for form in FORMS:
        rows = pages * FORM_ROWS_ON_A_PAGE - 1
        server.add_form(form, rows, fields=fields())
    columns = [{"id": "c1", "label": "Cost centre"}]
    rows = pages * WORKFLOW_ROWS_ON_A_PAGE - 1
    server.add_workflow_report(WORKFLOW, rows, fields=columns)


def work(job: Job) -> None:
    """Export all reports, or continue where a worker was killed."""
    with Enboarder.from_env(job.environ) as enboarder:
        reports = export.list_reports(enboarder)
        export.export_reports(enboarder, reports, job.folder, format=job.format)
