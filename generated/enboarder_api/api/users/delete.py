# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Delete an administrator"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...operations import OPERATIONS

OPERATION = OPERATIONS["users.delete"]


def arguments(
    user_id: str,
    *,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        path={"user_id": user_id},
        query=params or {},
        timeout=timeout,
    )


def parse(answer: Answer) -> Answer:
    """Return what a successful answer contains."""
    return answer
