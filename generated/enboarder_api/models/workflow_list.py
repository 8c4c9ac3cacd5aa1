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
    take_cursor,
    to_json,
)


@define
class WorkflowList:
    """The workflow definitions."""

    count: int | Unset = UNSET
    """The number of definitions."""
    items: list[WorkflowDefinition] | Unset = UNSET
    """The definitions."""
    next_cursor: None | str | Unset = UNSET
    """The cursor of the next page, absent or empty on the last page (inferred). The
    article does not show it. Wire name: `nextKey`."""
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
            "count",
            "items",
            "nextKey",
        )
        return cls(
            count=take(rest, "count", integer, cls),
            items=take(rest, "items", list_of(WorkflowDefinition.from_dict), cls),
            next_cursor=take_cursor(rest, "nextKey"),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "count", self.count)
        put(fields, "items", self.items)
        put(fields, "nextKey", self.next_cursor)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties


# Below the class, because two models may refer to each other.
from ..models.workflow_definition import WorkflowDefinition  # noqa: E402
