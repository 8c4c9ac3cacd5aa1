# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the rows of a workflow"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.workflow_data_page import WorkflowDataPage
from ...operations import OPERATIONS
from ...types import (
    UNSET,
    Unset,
)

OPERATION = OPERATIONS["reports.get_workflow_data"]


def arguments(
    workflow_id: str,
    *,
    cursor: str | Unset = UNSET,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        path={"workflow_id": workflow_id},
        query={"nextKey": cursor, **(params or {})},
        timeout=timeout,
    )


def parse(answer: Answer) -> WorkflowDataPage:
    """Return what a successful answer contains."""
    return WorkflowDataPage.from_dict(answer.json())
