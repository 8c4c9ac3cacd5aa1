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
    list_of,
    members,
    put,
    take,
    text,
    to_json,
)


@define
class FormField:
    """A field of a form.

    The article's samples identify it by `fieldName`; a third party's list of its
    members has `id` and `type` instead.
    """

    field_name: str | Unset = UNSET
    """The field's name. Wire name: `fieldName`."""
    label: str | Unset = UNSET
    """The text that people read beside the field."""
    data_type: str | Unset = UNSET
    """The type of the field's values: `text`, `email` and `dropdown` are known. Wire
    name: `datatype`."""
    is_required: bool | Unset = UNSET
    """Whether a value is required. Wire name: `isRequired`."""
    options: list[str] | Unset = UNSET
    """The values to choose from if `datatype` is `dropdown`."""
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
            field_name=take(rest, "fieldName", text, cls),
            label=take(rest, "label", text, cls),
            data_type=take(rest, "datatype", text, cls),
            is_required=take(rest, "isRequired", boolean, cls),
            options=take(rest, "options", list_of(text), cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "fieldName", self.field_name)
        put(fields, "label", self.label)
        put(fields, "datatype", self.data_type)
        put(fields, "isRequired", self.is_required)
        put(fields, "options", self.options)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties
