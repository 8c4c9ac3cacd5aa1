# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Get the SCIM configuration"""

from collections.abc import Mapping
from typing import Any

from ...client import Answer, Arguments
from ...models.scim_service_provider_config import ScimServiceProviderConfig
from ...operations import OPERATIONS

OPERATION = OPERATIONS["users.get_service_provider_config"]


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


def parse(answer: Answer) -> ScimServiceProviderConfig:
    """Return what a successful answer contains."""
    return ScimServiceProviderConfig.from_dict(answer.json())
