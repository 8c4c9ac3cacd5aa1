"""The reports that killed exports read from the mock."""

from __future__ import annotations

from enboarder.mock import MockServer
from scripts.lab.exports.pages import ROWS_ON_A_PAGE, fields, row

FORMS = ("killed-1", "killed-2")
WORKFLOW = "killed-3"
WORKFLOW_ROWS_ON_A_PAGE = 100


def offer_reports(server: MockServer, pages: int) -> None:
    """Offer two forms and a workflow with so many pages each, and nothing else."""
    server.state.forms.clear()
    server.state.definitions.clear()
    # Rows of its own making are slower, because the mock checks each of its answers.
    rows = [
        {**row(number), "externalId": f"E-{number}"}
        for number in range(pages * ROWS_ON_A_PAGE - 1)
    ]
    for form in FORMS:
        server.add_form(form, rows, fields=fields())
    of_workflow = rows[: pages * WORKFLOW_ROWS_ON_A_PAGE - 1]
    server.add_workflow_report(WORKFLOW, of_workflow)
