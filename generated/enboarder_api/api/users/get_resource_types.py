# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the SCIM resource types"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.scim_resource_type_list import ScimResourceTypeList
from ...operations import OPERATIONS

OPERATION = OPERATIONS["users.get_resource_types"]


def arguments(
    *,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        query=params or {},
        timeout=timeout,
    )


def parse(answer: Answer) -> ScimResourceTypeList:
    """Return what a successful answer contains."""
    return ScimResourceTypeList.from_dict(answer.json())
