# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from ..types import (
    UNSET,
    Unset,
    in_any_case,
    integer,
    list_of,
    members,
    put,
    take,
    text,
    to_json,
)


@define
class ScimUserList:
    """A page of administrators, in the shape of RFC 7644.

    The response is not documented.
    """

    schemas: list[str] | Unset = UNSET
    """The URIs of the response's schemas."""
    total_results: int | Unset = UNSET
    """The number of users on all pages. Wire name: `totalResults`."""
    start_index: int | Unset = UNSET
    """The number of the first user on this page; the first of all is 1. Wire name:
    `startIndex`."""
    items_per_page: int | Unset = UNSET
    """The number of users on this page. Wire name: `itemsPerPage`."""
    resources: list[ScimUser] | Unset = UNSET
    """The users. Wire name: `Resources`."""
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
            "schemas",
            "totalResults",
            "startIndex",
            "itemsPerPage",
            "Resources",
        )
        return cls(
            schemas=take(rest, "schemas", list_of(text), cls),
            total_results=take(rest, "totalResults", integer, cls),
            start_index=take(rest, "startIndex", integer, cls),
            items_per_page=take(rest, "itemsPerPage", integer, cls),
            resources=take(rest, "Resources", list_of(ScimUser.from_dict), cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "schemas", self.schemas)
        put(fields, "totalResults", self.total_results)
        put(fields, "startIndex", self.start_index)
        put(fields, "itemsPerPage", self.items_per_page)
        put(fields, "Resources", self.resources)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties


# Below the class, because two models may refer to each other.
from ..models.scim_user import ScimUser  # noqa: E402
