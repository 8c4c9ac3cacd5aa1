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
    members,
    put,
    take,
    text,
    to_json,
)


@define
class Manager:
    """A manager or other stakeholder of a workflow, by name and contact or by the
    external id of a profile.

    The articles' tables write `manager.nm` and so on; the list is called
    `managers`.
    """

    name: str | Unset = UNSET
    """Full name. Wire name: `nm`."""
    first_name: str | Unset = UNSET
    """First name. Wire name: `fnm`."""
    last_name: str | Unset = UNSET
    """Last name. Wire name: `lnm`."""
    mobile: str | Unset = UNSET
    """Mobile number; every sample is international, `+61400000001`. Wire name:
    `mob`."""
    email: str | Unset = UNSET
    """E-mail address. Wire name: `eml`."""
    mobile_or_email: str | Unset = UNSET
    """Known only from a misplaced description in an older copy of the article.
    Probably an older field that holds either a mobile number or an e-mail
    address. Wire name: `mobeml`."""
    channel: Channel | Unset = UNSET
    """The channel that the manager prefers. The article's description of it belongs
    to another field. Wire name: `chnl`."""
    label: str | Unset = UNSET
    """The role; must equal a manager label of the workflow, such as `Direct
    Manager`. Wire name: `mgrlbl`."""
    external_id: str | Unset = UNSET
    """The external id of an existing profile; then the sample sends only `mgrlbl`
    with it. Wire name: `externalid`."""
    additional_properties: dict[str, Any] = field(init=False, factory=dict)
    """Members that the contract does not know, or that could not be read, by wire name.

    `to_dict` includes them.
    """

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            errors.Unreadable: It is not a JSON object, or lacks a required member.
        """
        rest = members(source)
        model = cls(
            name=take(rest, "nm", text),
            first_name=take(rest, "fnm", text),
            last_name=take(rest, "lnm", text),
            mobile=take(rest, "mob", text),
            email=take(rest, "eml", text),
            mobile_or_email=take(rest, "mobeml", text),
            channel=take(rest, "chnl", Channel),
            label=take(rest, "mgrlbl", text),
            external_id=take(rest, "externalid", text),
        )
        model.additional_properties = rest
        return model

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
