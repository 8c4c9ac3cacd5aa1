# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the fields of a form"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.form_properties import FormProperties
from ...operations import OPERATIONS

OPERATION = OPERATIONS["reports.get_form_properties"]


def arguments(
    form_id: str,
    *,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        path={"form_id": form_id},
        query=params or {},
        timeout=timeout,
    )


def parse(answer: Answer) -> FormProperties:
    """Return what a successful answer contains."""
    return FormProperties.from_dict(answer.json())
