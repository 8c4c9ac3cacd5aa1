# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the workflow definitions"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.workflow_list import WorkflowList
from ...operations import OPERATIONS
from ...types import (
    UNSET,
    Unset,
)

OPERATION = OPERATIONS["reports.get_workflows"]


def arguments(
    *,
    cursor: str | Unset = UNSET,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        query={"nextKey": cursor, **(params or {})},
        timeout=timeout,
    )


def parse(answer: Answer) -> WorkflowList:
    """Return what a successful answer contains."""
    return WorkflowList.from_dict(answer.json())
