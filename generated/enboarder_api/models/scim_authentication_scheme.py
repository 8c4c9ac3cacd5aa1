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
    in_any_case,
    members,
    put,
    take,
    text,
    to_json,
)


@define
class ScimAuthenticationScheme:
    """A way to authenticate that the service declares."""

    name: str | Unset = UNSET
    """The name of the scheme."""
    description: str | Unset = UNSET
    """What the scheme is."""
    spec_uri: str | Unset = UNSET
    """The address of its specification. Wire name: `specUri`."""
    documentation_uri: str | Unset = UNSET
    """The address of Enboarder's article about it. Wire name: `documentationUri`."""
    type_: str | Unset = UNSET
    """The type of the scheme, `oauthbearertoken` or `httpbasic` in the sample."""
    primary: bool | Unset = UNSET
    """Whether this is the preferred scheme. The sample declares two schemes, and
    both are."""
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
            "name",
            "description",
            "specUri",
            "documentationUri",
            "type",
            "primary",
        )
        return cls(
            name=take(rest, "name", text, cls),
            description=take(rest, "description", text, cls),
            spec_uri=take(rest, "specUri", text, cls),
            documentation_uri=take(rest, "documentationUri", text, cls),
            type_=take(rest, "type", text, cls),
            primary=take(rest, "primary", boolean, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "name", self.name)
        put(fields, "description", self.description)
        put(fields, "specUri", self.spec_uri)
        put(fields, "documentationUri", self.documentation_uri)
        put(fields, "type", self.type_)
        put(fields, "primary", self.primary)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties
