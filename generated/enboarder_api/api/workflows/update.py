# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Update a running workflow"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.workflow_change import WorkflowChange
from ...models.workflow_update import WorkflowUpdate
from ...operations import OPERATIONS
from ...types import (
    Unset,
)

OPERATION = OPERATIONS["workflows.update"]


def arguments(
    body: WorkflowUpdate | Mapping[str, Any] | Unset,
    fields: Mapping[str, Any],
    *,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        query=params or {},
        body=body,
        fields=fields,
        timeout=timeout,
    )


def parse(answer: Answer) -> WorkflowChange:
    """Return what a successful answer contains."""
    return WorkflowChange.from_dict(answer.json())
