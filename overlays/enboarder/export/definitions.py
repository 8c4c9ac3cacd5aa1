"""What can be exported: the forms and the workflow definitions of an account."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from attrs import frozen

from enboarder_api.types import UNSET, Unset

from ..client import Enboarder
from .errors import BrokenPages

CURSOR = "nextKey"


class ReportKind(StrEnum):
    """The two kinds of report."""

    FORM = "form"
    WORKFLOW = "workflow"

    @property
    def id_name(self) -> str:
        """What its id is called in a call."""
        return f"{self}_id"

    @property
    def data(self) -> str:
        """The operation that returns its rows."""
        return f"reports.get_{self}_data"

    @property
    def properties(self) -> str:
        """The operation that describes its columns."""
        return f"reports.get_{self}_properties"


@frozen
class Report:
    """A form or a workflow definition, whose rows can be exported."""

    kind: ReportKind
    id: str
    name: str = ""
    """What people call it; two reports may have one name."""

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


def list_reports(enboarder: Enboarder) -> list[Report]:
    """Return the forms and the workflow definitions of the account.

    Those without an id are left out, because their rows cannot be asked for.

    Raises:
        EnboarderError: they cannot be read.
    """
    return [*_forms(enboarder), *_workflows(enboarder)]


def form(form_id: str) -> Report:
    """Return the form with an id, without asking the service."""
    return Report(ReportKind.FORM, form_id)


def workflow(workflow_id: str) -> Report:
    """Return the workflow definition with an id, without asking the service."""
    return Report(ReportKind.WORKFLOW, workflow_id)


def _forms(enboarder: Enboarder) -> Iterator[Report]:
    for found in enboarder.reports.get_forms().items or ():
        if found.id:
            yield Report(ReportKind.FORM, found.id, found.name or "")


def _workflows(enboarder: Enboarder) -> Iterator[Report]:
    cursor: str | Unset = UNSET
    seen: set[str] = set()
    while True:
        page = enboarder.reports.get_workflows(cursor=cursor)
        for found in page.items or ():
            if found.id:
                yield Report(ReportKind.WORKFLOW, found.id, found.name or "")
        following = page.next_cursor
        if not following:
            return
        if following in seen:
            raise BrokenPages(
                "the list of workflow definitions never ends, because one of its "
                "cursors came back; name the reports by their ids",
                operation="reports.get_workflows",
            )
        seen.add(following)
        cursor = following
