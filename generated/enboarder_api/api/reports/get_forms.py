# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the forms"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.form_list import FormList
from ...operations import OPERATIONS

OPERATION = OPERATIONS["reports.get_forms"]


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


def parse(answer: Answer) -> FormList:
    """Return what a successful answer contains."""
    return FormList.from_dict(answer.json())
