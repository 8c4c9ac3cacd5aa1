# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from ..types import (
    UNSET,
    Unset,
    format_datetime,
    in_any_case,
    members,
    parse_datetime,
    put,
    take,
    text,
    to_json,
)


@define
class ScimMeta:
    """Information about a resource."""

    created: datetime.datetime | Unset = UNSET
    """When the resource was created. The format follows RFC 7643; the article does
    not name one."""
    last_modified: datetime.datetime | Unset = UNSET
    """When the resource was last changed. Wire name: `lastModified`."""
    location: str | Unset = UNSET
    """The address of the resource. Its prefix `/scim/v2` contradicts the `/scim` of
    the article's endpoint line."""
    resource_type: str | Unset = UNSET
    """The name of the resource type. Wire name: `resourceType`."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Members that the contract does not know, or that could not be read, by wire name.

    `to_dict` includes them.
    """

    def __attrs_post_init__(self) -> None:
        # A copy by `attrs.evolve` has members of its own.
        self.additional_properties = members(self.additional_properties)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            errors.Unreadable: It is not a JSON object, or lacks a required member.
        """
        rest = members(source)
        in_any_case(
            rest,
            "created",
            "lastModified",
            "location",
            "resourceType",
        )
        return cls(
            created=take(rest, "created", parse_datetime, cls),
            last_modified=take(rest, "lastModified", parse_datetime, cls),
            location=take(rest, "location", text, cls),
            resource_type=take(rest, "resourceType", text, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "created", self.created, format_datetime)
        put(fields, "lastModified", self.last_modified, format_datetime)
        put(fields, "location", self.location)
        put(fields, "resourceType", self.resource_type)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties
