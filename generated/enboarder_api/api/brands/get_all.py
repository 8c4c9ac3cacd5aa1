# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the brands"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.brand import Brand
from ...operations import OPERATIONS
from ...types import (
    list_of,
)

OPERATION = OPERATIONS["brands.get_all"]


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


def parse(answer: Answer) -> list[Brand]:
    """Return what a successful answer contains."""
    return list_of(Brand.from_dict)(answer.json())
