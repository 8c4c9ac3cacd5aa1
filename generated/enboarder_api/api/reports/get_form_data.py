# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the rows of a form"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.form_data_page import FormDataPage
from ...operations import OPERATIONS
from ...types import (
    UNSET,
    Unset,
)

OPERATION = OPERATIONS["reports.get_form_data"]


def arguments(
    form_id: str,
    *,
    cursor: str | Unset = UNSET,
    timeout: float | None = None,
    params: Mapping[str, Any] | None = None,
) -> Arguments:
    """Return what a call sends."""
    return Arguments(
        path={"form_id": form_id},
        query={"nextKey": cursor, **(params or {})},
        timeout=timeout,
    )


def parse(answer: Answer) -> FormDataPage:
    """Return what a successful answer contains."""
    return FormDataPage.from_dict(answer.json())
