# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the workflows of a profile"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.profile_workflows_page import ProfileWorkflowsPage
from ...operations import OPERATIONS
from ...types import (
    UNSET,
    Unset,
)

OPERATION = OPERATIONS["profiles.get_workflows"]


def arguments(
    profile_id: str,
    *,
    cursor: str | Unset = UNSET,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        path={"profile_id": profile_id},
        query={"nextKey": cursor, **(params or {})},
        timeout=timeout,
    )


def parse(answer: Answer) -> ProfileWorkflowsPage:
    """Return what a successful answer contains."""
    return ProfileWorkflowsPage.from_dict(answer.json())
