# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define, field

from ..models.user_type import UserType
from ..types import (
    UNSET,
    Unset,
    boolean,
    identity,
    list_of,
    members,
    need,
    put,
    take,
    text,
    to_json,
)


@define
class ScimUserInput:
    """An administrator to create, or the new state of an existing one."""

    user_name: str
    """The user name, which is unique. Wire name: `userName`."""
    name: ScimName
    """The person's name; first and last name are required."""
    emails: list[ScimEmail]
    """E-mail addresses; at least one is required."""
    user_type: (
        UserType
        | Literal[
            "Super Admin",
            "General Admin",
            "Account Manager",
            "User Manager",
            "Workflow Manager",
            "Experience Manager",
            "Author",
            "Reporter",
        ]
    )
    """The role. Wire name: `userType`."""
    schemas: list[str] | Unset = UNSET
    """The URIs of the resource's schemas; RFC 7643 has
    `urn:ietf:params:scim:schemas:core:2.0:User`."""
    display_name: str | Unset = UNSET
    """The name to show. Wire name: `displayName`."""
    phone_numbers: list[ScimPhoneNumber] | Unset = UNSET
    """Telephone numbers. Wire name: `phoneNumbers`."""
    active: bool | Unset = UNSET
    """Whether the account is active. It becomes active after the user has reset the
    password."""
    external_id: str | Unset = UNSET
    """The id in the target system, spelled `externalid` everywhere outside SCIM.
    Wire name: `externalId`."""
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
            user_name=need(rest, "userName", identity, cls),
            name=need(rest, "name", ScimName.from_dict, cls),
            emails=need(rest, "emails", list_of(ScimEmail.from_dict), cls),
            user_type=need(rest, "userType", UserType, cls),
            schemas=take(rest, "schemas", list_of(text), cls),
            display_name=take(rest, "displayName", text, cls),
            phone_numbers=take(
                rest, "phoneNumbers", list_of(ScimPhoneNumber.from_dict), cls
            ),
            active=take(rest, "active", boolean, cls),
            external_id=take(rest, "externalId", identity, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "userName", self.user_name)
        put(fields, "name", self.name)
        put(fields, "emails", self.emails)
        put(fields, "userType", self.user_type)
        put(fields, "schemas", self.schemas)
        put(fields, "displayName", self.display_name)
        put(fields, "phoneNumbers", self.phone_numbers)
        put(fields, "active", self.active)
        put(fields, "externalId", self.external_id)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties


# Below the class, because two models may refer to each other.
from ..models.scim_email import ScimEmail  # noqa: E402
from ..models.scim_name import ScimName  # noqa: E402
from ..models.scim_phone_number import ScimPhoneNumber  # noqa: E402
