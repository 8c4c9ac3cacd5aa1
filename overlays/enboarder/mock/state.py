"""What the mock remembers while it runs."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .cursors import Cursors
from .description import Description


class Status(StrEnum):
    """The state of a workflow, in the article's words."""

    PENDING = "Pending"
    IN_PROCESS = "InProcess"
    COMPLETE = "Complete"
    CANCELLED = "Cancelled"


@dataclass
class Workflow:
    """A workflow that was launched."""

    external_id: str
    details: dict[str, Any]
    """The launch, with what updates changed in it; wire names."""
    launch_date: str
    status: str = Status.IN_PROCESS
    comments: str | None = None
    """The reason of its cancellation."""

    @property
    def criteria(self) -> dict[str, str]:
        """Its custom fields, which tell it from others with the same external id."""
        return {pair["name"]: pair["value"] for pair in self.details.get("customfields", [])}

    @property
    def is_running(self) -> bool:
        """Whether it can be changed and cancelled."""
        return self.status in (Status.PENDING, Status.IN_PROCESS)


@dataclass
class State:
    """Everything that the handlers read and change; tests may look into it, and prepare it."""

    refusal_status: int
    """The status of the documented refusals of workflows and profiles."""
    form_rows: dict[str, int]
    """The number of rows, by form id."""
    workflow_rows: dict[str, int]
    """The number of rows, by the id of the workflow definition."""
    forms: list[dict[str, Any]]
    form_properties: dict[str, dict[str, Any]]
    """By form id."""
    definitions: list[dict[str, Any]]
    """Workflow definitions; what was launched stands in `workflows`."""
    definition_properties: dict[str, dict[str, Any]]
    """By the id of the workflow definition."""
    brands: list[dict[str, Any]]
    workflows: list[Workflow] = field(default_factory=list[Workflow])
    """In the order of their launches."""
    profiles: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """By id, with their photos."""
    users: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """SCIM users, by id."""
    cursors: Cursors = field(default_factory=Cursors)

    @classmethod
    def initial(cls, description: Description, form_rows: int, workflow_rows: int, refusal_status: int) -> State:
        """The state at the start: forms, definitions and brands of the contract's examples; the first of each has rows."""
        forms = deepcopy(description.example_of("reports.get_forms"))["items"]
        definitions = deepcopy(description.example_of("reports.get_workflows"))["items"]
        form = deepcopy(description.example_of("reports.get_form_properties"))
        definition = deepcopy(description.example_of("reports.get_workflow_properties"))
        return cls(
            refusal_status=refusal_status,
            form_rows={form["id"]: form_rows},
            workflow_rows={definition["id"]: workflow_rows},
            forms=forms,
            form_properties={**_without_fields(forms), form["id"]: form},
            definitions=definitions,
            definition_properties={**_without_fields(definitions), definition["id"]: definition},
            brands=deepcopy(description.example_of("brands.get_all")),
        )

    def running(self, external_id: str) -> Iterator[Workflow]:
        """The workflows of an external id that can be changed."""
        return (found for found in self.workflows if found.external_id == external_id and found.is_running)


def _without_fields(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["id"]: {"name": item["name"], "id": item["id"], "fields": []} for item in items}
