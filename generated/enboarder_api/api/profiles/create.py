# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Create a profile"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.profile_creation import ProfileCreation
from ...models.profile_result import ProfileResult
from ...operations import OPERATIONS
from ...types import (
    Unset,
)

OPERATION = OPERATIONS["profiles.create"]


def arguments(
    body: ProfileCreation | Mapping[str, Any] | Unset,
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


def parse(answer: Answer) -> ProfileResult:
    """Return what a successful answer contains."""
    return ProfileResult.from_dict(answer.json())
