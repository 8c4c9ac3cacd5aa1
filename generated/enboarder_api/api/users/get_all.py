# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the administrators"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.scim_user_list import ScimUserList
from ...operations import OPERATIONS
from ...types import (
    UNSET,
    Unset,
)

OPERATION = OPERATIONS["users.get_all"]


def arguments(
    *,
    start_index: int | Unset = UNSET,
    count: int | Unset = UNSET,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        query={"startIndex": start_index, "count": count, **(params or {})},
        timeout=timeout,
    )


def parse(answer: Answer) -> ScimUserList:
    """Return what a successful answer contains."""
    return ScimUserList.from_dict(answer.json())
