# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from ..models.channel import Channel
from ..types import (
    UNSET,
    Unset,
    identity,
    members,
    put,
    take,
    text,
    to_json,
)


@define
class Manager:
    """A manager or another stakeholder of a workflow, given by name and contact or
    by the external id of a profile.

    The tables of the articles write `manager.nm` and so on; the samples call the
    list `managers`.
    """

    name: str | Unset = UNSET
    """The manager's full name. Wire name: `nm`."""
    first_name: str | Unset = UNSET
    """The manager's first name. Wire name: `fnm`."""
    last_name: str | Unset = UNSET
    """The manager's last name. Wire name: `lnm`."""
    mobile: str | Unset = UNSET
    """The manager's mobile number. Every sample, and the article on CSV upload, uses
    the international format, `+61400000001`. Wire name: `mob`."""
    email: str | Unset = UNSET
    """The manager's e-mail address. Wire name: `eml`."""
    mobile_or_email: str | Unset = UNSET
    """Probably an older field for the manager's mobile number. It is known only from
    a misplaced description in an older copy of the article, which is about
    sending both an e-mail address and a mobile number and says that this field
    "will have value of mobile". Wire name: `mobeml`."""
    channel: Channel | str | Unset = UNSET
    """The channel that the manager prefers. Name a channel whose value you send. An
    older copy marks it `Required*`, and its description belongs to another field;
    that it may be left out is inferred. Wire name: `chnl`."""
    label: str | Unset = UNSET
    """The manager's role, which must equal a manager label of the workflow, such as
    `Direct Manager`. Wire name: `mgrlbl`."""
    external_id: str | Unset = UNSET
    """The external id of an existing profile; the sample sends only `mgrlbl` with
    it. Wire name: `externalid`."""
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
            name=take(rest, "nm", text, cls),
            first_name=take(rest, "fnm", text, cls),
            last_name=take(rest, "lnm", text, cls),
            mobile=take(rest, "mob", text, cls),
            email=take(rest, "eml", text, cls),
            mobile_or_email=take(rest, "mobeml", text, cls),
            channel=take(rest, "chnl", Channel, cls),
            label=take(rest, "mgrlbl", text, cls),
            external_id=take(rest, "externalid", identity, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "nm", self.name)
        put(fields, "fnm", self.first_name)
        put(fields, "lnm", self.last_name)
        put(fields, "mob", self.mobile)
        put(fields, "eml", self.email)
        put(fields, "mobeml", self.mobile_or_email)
        put(fields, "chnl", self.channel)
        put(fields, "mgrlbl", self.label)
        put(fields, "externalid", self.external_id)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties
