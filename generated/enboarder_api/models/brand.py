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
    members,
    put,
    take,
    text,
    to_json,
)


@define
class Brand:
    """A brand.

    All members are strings in the sample; their meaning is inferred from their
    names.
    """

    id: str | Unset = UNSET
    """The brand's id: `val_brand_` and nine characters in the sample."""
    name: str | Unset = UNSET
    """The brand's name."""
    button_background: str | Unset = UNSET
    """The background colour of buttons, such as `#999999`. Wire name: `btnbg`."""
    button_text: str | Unset = UNSET
    """The text colour of buttons, such as `#FFFFFF`. Wire name: `btnfg`."""
    header_background: str | Unset = UNSET
    """The background colour of the header. Wire name: `headerbg`."""
    header_text: str | Unset = UNSET
    """The text colour of the header. Wire name: `headerfg`."""
    logo: str | Unset = UNSET
    """The address of the logo."""
    icon: str | Unset = UNSET
    """The address of the icon."""
    email_from: str | Unset = UNSET
    """The sender of e-mails. Wire name: `emailfrom`."""
    sms_from: str | Unset = UNSET
    """The sender of text messages. Wire name: `smsfrom`."""
    short_domain: str | Unset = UNSET
    """The domain of short links. Wire name: `shortdomain`."""
    short_subdomain: str | Unset = UNSET
    """The subdomain of short links. Wire name: `shortsubdomain`."""
    add_http: str | Unset = UNSET
    """A flag as a word, `yes` in the sample. Wire name: `addhttp`."""
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
            name=take(rest, "name", text, cls),
            button_background=take(rest, "btnbg", text, cls),
            button_text=take(rest, "btnfg", text, cls),
            header_background=take(rest, "headerbg", text, cls),
            header_text=take(rest, "headerfg", text, cls),
            logo=take(rest, "logo", text, cls),
            icon=take(rest, "icon", text, cls),
            email_from=take(rest, "emailfrom", text, cls),
            sms_from=take(rest, "smsfrom", text, cls),
            short_domain=take(rest, "shortdomain", text, cls),
            short_subdomain=take(rest, "shortsubdomain", text, cls),
            add_http=take(rest, "addhttp", text, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "id", self.id)
        put(fields, "name", self.name)
        put(fields, "btnbg", self.button_background)
        put(fields, "btnfg", self.button_text)
        put(fields, "headerbg", self.header_background)
        put(fields, "headerfg", self.header_text)
        put(fields, "logo", self.logo)
        put(fields, "icon", self.icon)
        put(fields, "emailfrom", self.email_from)
        put(fields, "smsfrom", self.sms_from)
        put(fields, "shortdomain", self.short_domain)
        put(fields, "shortsubdomain", self.short_subdomain)
        put(fields, "addhttp", self.add_http)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties
