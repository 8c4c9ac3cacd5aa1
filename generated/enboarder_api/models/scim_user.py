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
    in_any_case,
    list_of,
    members,
    put,
    take,
    text,
    to_json,
)


@define
class ScimUser:
    """An administrator of the account.

    The attributes are documented, but the response is not. That users are not
    employees is inferred from their roles.
    """

    schemas: list[str] | Unset = UNSET
    """The URIs of the resource's schemas."""
    id: str | Unset = UNSET
    """The id, which Enboarder generates."""
    external_id: str | Unset = UNSET
    """The id in the target system, spelled `externalid` everywhere outside SCIM.
    Wire name: `externalId`."""
    user_name: str | Unset = UNSET
    """The user name, which is unique. Wire name: `userName`."""
    name: ScimName | Unset = UNSET
    """The person's name."""
    display_name: str | Unset = UNSET
    """The name to show. Wire name: `displayName`."""
    emails: list[ScimEmail] | Unset = UNSET
    """E-mail addresses."""
    phone_numbers: list[ScimPhoneNumber] | Unset = UNSET
    """Telephone numbers. Wire name: `phoneNumbers`."""
    user_type: str | Unset = UNSET
    """The role. The known ones are those that a request can have; a reply may have
    others. Wire name: `userType`."""
    active: bool | Unset = UNSET
    """Whether the account is active. It becomes active after the user has reset the
    password."""
    meta: ScimMeta | Unset = UNSET
    """When the user was created and last changed."""
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
            "id",
            "externalId",
            "userName",
            "name",
            "displayName",
            "emails",
            "phoneNumbers",
            "userType",
            "active",
            "meta",
        )
        return cls(
            schemas=take(rest, "schemas", list_of(text), cls),
            id=take(rest, "id", identity, cls),
            external_id=take(rest, "externalId", identity, cls),
            user_name=take(rest, "userName", identity, cls),
            name=take(rest, "name", ScimName.from_dict, cls),
            display_name=take(rest, "displayName", text, cls),
            emails=take(rest, "emails", list_of(ScimEmail.from_dict), cls),
            phone_numbers=take(
                rest, "phoneNumbers", list_of(ScimPhoneNumber.from_dict), cls
            ),
            user_type=take(rest, "userType", text, cls),
            active=take(rest, "active", boolean, cls),
            meta=take(rest, "meta", ScimMeta.from_dict, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "schemas", self.schemas)
        put(fields, "id", self.id)
        put(fields, "externalId", self.external_id)
        put(fields, "userName", self.user_name)
        put(fields, "name", self.name)
        put(fields, "displayName", self.display_name)
        put(fields, "emails", self.emails)
        put(fields, "phoneNumbers", self.phone_numbers)
        put(fields, "userType", self.user_type)
        put(fields, "active", self.active)
        put(fields, "meta", self.meta)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties


# Below the class, because two models may refer to each other.
from ..models.scim_email import ScimEmail  # noqa: E402
from ..models.scim_meta import ScimMeta  # noqa: E402
from ..models.scim_name import ScimName  # noqa: E402
from ..models.scim_phone_number import ScimPhoneNumber  # noqa: E402
