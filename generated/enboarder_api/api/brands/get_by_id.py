# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get a brand by id"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.brand import Brand
from ...operations import OPERATIONS

OPERATION = OPERATIONS["brands.get_by_id"]


def arguments(
    brand_id: str,
    *,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        path={"brand_id": brand_id},
        query=params or {},
        timeout=timeout,
    )


def parse(answer: Answer) -> Brand:
    """Return what a successful answer contains."""
    return Brand.from_dict(answer.json())
