# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the SCIM schemas"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.scim_schema_list import ScimSchemaList
from ...operations import OPERATIONS

OPERATION = OPERATIONS["users.get_schemas"]


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


def parse(answer: Answer) -> ScimSchemaList:
    """Return what a successful answer contains."""
    return ScimSchemaList.from_dict(answer.json())
