"""The state of a new mock: the forms, definitions and brands of the examples."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from .contract.description import Description
from .state import State


def initial_state(
    description: Description,
    *,
    form_rows: int = 1203,
    workflow_rows: int = 12,
    refusal_status: int = 400,
    repeated_cancel_refused: bool = True,
) -> State:
    """Return the state of a new mock.

    Args:
        description: The contract, whose examples become the content.
        form_rows: The rows of the form that the examples describe.
        workflow_rows: The rows of the workflow definition that they describe.
        refusal_status: As in `State`.
        repeated_cancel_refused: As in `State`.
    """

    def example(name: str) -> Any:
        return deepcopy(description.example_of(name))

    form = example("reports.get_form_properties")
    definition = example("reports.get_workflow_properties")
    forms = example("reports.get_forms")["items"]
    definitions = example("reports.get_workflows")["items"]
    return State(
        forms=forms,
        form_properties=_properties(forms, form),
        form_rows={form["id"]: form_rows},
        definitions=definitions,
        definition_properties=_properties(definitions, definition),
        workflow_rows={definition["id"]: workflow_rows},
        brands=example("brands.get_all"),
        refusal_status=refusal_status,
        repeated_cancel_refused=repeated_cancel_refused,
    )


def _properties(
    items: Sequence[dict[str, Any]], described: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return the properties by id; without an example, they have no fields."""
    properties: dict[str, dict[str, Any]] = {}
    for item in items:
        item_id = item["id"]
        properties[item_id] = {"name": item["name"], "id": item_id, "fields": []}
    properties[described["id"]] = described
    return properties
