"""The data of the mock while it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from .cursors import Cursors

Rows: TypeAlias = int | Sequence[Mapping[str, Any]]
"""The rows of a report, or the number of rows that the mock makes up."""


class Status(StrEnum):
    """The state of a workflow, with the words of the article."""

    PENDING = "Pending"
    IN_PROCESS = "InProcess"
    COMPLETE = "Complete"
    CANCELLED = "Cancelled"


@dataclass
class Workflow:
    """A workflow that was launched."""

    external_id: str
    details: dict[str, Any]
    """The launch with all later changes, by wire name."""
    launch_date: str
    status: str = Status.IN_PROCESS
    comments: str | None = None
    """The reason for its cancellation."""

    @property
    def criteria(self) -> dict[str, str]:
        """Its custom fields, which distinguish workflows with the same external id."""
        pairs = self.details.get("customfields", [])
        return {pair["name"]: pair["value"] for pair in pairs}

    @property
    def is_running(self) -> bool:
        """Whether it can be updated and cancelled."""
        return self.status in (Status.PENDING, Status.IN_PROCESS)


@dataclass
class State:
    """The data that the handlers read and change. Tests may read and change it, too."""

    forms: list[dict[str, Any]]
    form_properties: dict[str, dict[str, Any]]
    """By form id."""
    form_rows: dict[str, Rows]
    """By form id."""
    definitions: list[dict[str, Any]]
    """Workflow definitions. `workflows` has the launched ones."""
    definition_properties: dict[str, dict[str, Any]]
    """By the id of the workflow definition."""
    workflow_rows: dict[str, Rows]
    """By the id of the workflow definition."""
    brands: list[dict[str, Any]]
    workflows: list[Workflow] = field(default_factory=list[Workflow])
    """They are in the order of their launches."""
    profiles: dict[str, dict[str, Any]] = field(
        default_factory=dict[str, dict[str, Any]]
    )
    """By id, with their photos."""
    users: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """SCIM users, by id."""
    cursors: Cursors = field(default_factory=Cursors)
    refusal_status: int = 400
    """The status of the documented refusals of workflows and profiles."""
    repeated_cancel_refused: bool = True
    """Whether mode `ALL` refuses a second cancellation."""

    def workflows_of(self, external_id: str) -> list[Workflow]:
        """Return the workflows of an external id, in the order of their launches."""
        return [
            workflow
            for workflow in self.workflows
            if workflow.external_id == external_id
        ]

    def running(self, external_id: str) -> list[Workflow]:
        """Return the workflows of an external id that can be changed."""
        return [
            workflow
            for workflow in self.workflows_of(external_id)
            if workflow.is_running
        ]
