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
    boolean,
    identity,
    list_of,
    members,
    put,
    take,
    text,
    to_json,
)


@define
class WorkflowField:
    """A column of a workflow's rows: a category, a custom field or a stakeholder.

    The article names `id` and `label`. A third party lists the other members for
    the fields of forms, so they are only probable here.
    """

    id: str | Unset = UNSET
    """The column's id. The article's table spells it `Id`; no sample could be read."""
    label: str | Unset = UNSET
    """The column's label."""
    type_: str | Unset = UNSET
    """The kind of column. The values are not documented."""
    data_type: str | Unset = UNSET
    """The type of the column's values. Wire name: `datatype`."""
    options: list[str] | Unset = UNSET
    """The values to choose from. That they are strings is assumed."""
    is_required: bool | Unset = UNSET
    """Whether a value is required. Wire name: `isRequired`."""
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
        return cls(
            id=take(rest, "id", identity, cls),
            label=take(rest, "label", text, cls),
            type_=take(rest, "type", text, cls),
            data_type=take(rest, "datatype", text, cls),
            options=take(rest, "options", list_of(text), cls),
            is_required=take(rest, "isRequired", boolean, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "id", self.id)
        put(fields, "label", self.label)
        put(fields, "type", self.type_)
        put(fields, "datatype", self.data_type)
        put(fields, "options", self.options)
        put(fields, "isRequired", self.is_required)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties
