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
    identity,
    list_of,
    members,
    put,
    take,
    text,
    to_json,
)


@define
class ProfileUpdate:
    """What changes in a profile.

    The body is not documented; this contract assumes the body of a creation, with
    nothing required. Whether omitted members keep their values is unknown. A
    third party says that mandatory fields can be missing here too.
    """

    first_name: str | Unset = UNSET
    """The first name. Wire name: `firstName`."""
    last_name: str | Unset = UNSET
    """The last name. Wire name: `lastName`."""
    external_id: str | Unset = UNSET
    """A unique id. Whether it can be changed is unknown. Wire name: `externalid`."""
    contact: Contact | Unset = UNSET
    """How to reach the person."""
    profile_fields: list[CustomField] | Unset = UNSET
    """Named values. Whether they replace the old ones or are merged into them is
    unknown. Wire name: `profilefields`."""
    photo: ProfilePhoto | Unset = UNSET
    """The photo. Wire name: `profilePhoto`."""
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
            first_name=take(rest, "firstName", text, cls),
            last_name=take(rest, "lastName", text, cls),
            external_id=take(rest, "externalid", identity, cls),
            contact=take(rest, "contact", Contact.from_dict, cls),
            profile_fields=take(
                rest, "profilefields", list_of(CustomField.from_dict), cls
            ),
            photo=take(rest, "profilePhoto", ProfilePhoto.from_dict, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "firstName", self.first_name)
        put(fields, "lastName", self.last_name)
        put(fields, "externalid", self.external_id)
        put(fields, "contact", self.contact)
        put(fields, "profilefields", self.profile_fields)
        put(fields, "profilePhoto", self.photo)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties


# Below the class, because two models may refer to each other.
from ..models.contact import Contact  # noqa: E402
from ..models.custom_field import CustomField  # noqa: E402
from ..models.profile_photo import ProfilePhoto  # noqa: E402
