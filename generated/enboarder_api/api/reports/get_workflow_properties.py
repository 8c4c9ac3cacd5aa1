# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the columns of a workflow"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.workflow_properties import WorkflowProperties
from ...operations import OPERATIONS

OPERATION = OPERATIONS["reports.get_workflow_properties"]


def arguments(
    workflow_id: str,
    *,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        path={"workflow_id": workflow_id},
        query=params or {},
        timeout=timeout,
    )


def parse(answer: Answer) -> WorkflowProperties:
    """Return what a successful answer contains."""
    return WorkflowProperties.from_dict(answer.json())
