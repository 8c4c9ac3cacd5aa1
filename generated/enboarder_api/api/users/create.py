# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Create an administrator"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments, read_guessed
from ...models.scim_user import ScimUser
from ...models.scim_user_input import ScimUserInput
from ...operations import OPERATIONS
from ...types import (
    Unset,
)

OPERATION = OPERATIONS["users.create"]


def arguments(
    body: ScimUserInput | Mapping[str, Any] | Unset,
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


def parse(answer: Answer) -> ScimUser:
    """Return what a successful answer contains."""
    return read_guessed(answer, ScimUser.from_dict, ScimUser)
