"""The checks of `scim2 test`: which have to succeed, and which ask for something else.

Enboarder does not document what the others ask for.
"""

from __future__ import annotations

import re
from typing import NamedTuple

GATEWAY = (
    "the gateway refuses a path or a method that is not described: "
    "403, without a SCIM error"
)
PATCH = "PATCH is declared supported, but nobody lists such an operation"
ATTRIBUTES = "no text names `attributes` and `excludedAttributes`, so they are ignored"

NOT_DOCUMENTED = {
    "service_provider_config_endpoint": (
        "the sample of the article marks two authentication schemes as primary"
    ),
    "service_provider_config_endpoint_methods": GATEWAY,
    "query_resource_type_by_id": GATEWAY,
    "resource_types_schema_validation": GATEWAY,
    "access_invalid_resource_type": GATEWAY,
    "resource_types_endpoint_methods": GATEWAY,
    "access_schema_by_id": GATEWAY,
    "access_invalid_schema": GATEWAY,
    "schemas_endpoint_methods": GATEWAY,
    "random_url": GATEWAY,
    "search_with_attributes": "no text names `/.search`",
    "object_query_with_attributes": ATTRIBUTES,
    "object_list_with_attributes": ATTRIBUTES,
    "check_add_attribute": PATCH,
    "check_remove_attribute": PATCH,
    "check_replace_attribute": PATCH,
}
"""The checks that prove nothing here, and why."""

TESTED = {
    "object_creation",
    "object_deletion",
    "object_query",
    "object_query_without_id",
    "object_replacement",
    "query_all_resource_types",
    "query_all_schemas",
}
"""The checks that have to succeed."""


class Check(NamedTuple):
    """One verdict of the command."""

    title: str
    status: str


def checks(printed: str) -> list[Check]:
    """Return the verdicts in what `scim2 test` prints.

    Each is a line with status and title, and an indented one with the reason.
    """
    found = re.findall(r"^([A-Z]+) (\w+)$", printed, re.MULTILINE)
    return [Check(title, status) for status, title in found]
