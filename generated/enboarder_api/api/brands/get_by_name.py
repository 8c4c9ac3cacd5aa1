# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get a brand by name"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.brand import Brand
from ...operations import OPERATIONS

OPERATION = OPERATIONS["brands.get_by_name"]


def arguments(
    name: str,
    *,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        path={"name": name},
        query=params or {},
        timeout=timeout,
    )


def parse(answer: Answer) -> Brand:
    """Return what a successful answer contains."""
    return Brand.from_dict(answer.json())
