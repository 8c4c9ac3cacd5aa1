# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from ..models.channel import Channel
from ..types import (
    UNSET,
    Unset,
    format_date,
    identity,
    integer,
    list_of,
    members,
    need,
    parse_date,
    put,
    take,
    text,
    to_json,
)


@define
class AdvancedLaunch:
    """A launch for one employee with one or more managers.

    If `nhexternalid` names a profile, the employee's name and contact are
    optional. Which members are required is assembled from several copies of the
    article, each of which is cut off and none of which explains `Required*`. The
    older table requires the managers. The newest copy and another article list
    five required items: the employee's name and contact, the direct manager's
    name and contact, and the start date. An empty list of managers contradicts
    both.
    """

    start_date: datetime.date
    """The start date or key date, YYYY-MM-DD; for offboarding, the last day. Wire
    name: `nhstdt`."""
    managers: list[Manager]
    """The workflow's variable managers, in order."""
    employee_name: str | Unset = UNSET
    """The employee's full name; optional with `nhexternalid`. Wire name: `nhnm`."""
    employee_first_name: str | Unset = UNSET
    """The employee's first name. Wire name: `nhfnm`."""
    employee_last_name: str | Unset = UNSET
    """The employee's last name. Wire name: `nhlnm`."""
    employee_mobile: str | Unset = UNSET
    """The employee's mobile number, `+61400000000`; optional with `nhexternalid`.
    Wire name: `nhmob`."""
    employee_email: str | Unset = UNSET
    """The employee's e-mail address; optional with `nhexternalid`. Wire name:
    `nheml`."""
    employee_mobile_or_email: str | Unset = UNSET
    """Probably an older field that holds either a mobile number or an e-mail
    address. It is known only from an error message. Wire name: `nhmobeml`."""
    employee_external_id: str | Unset = UNSET
    """The external id of an existing profile to link the employee to. Wire name:
    `nhexternalid`."""
    employee_channel: Channel | str | Unset = UNSET
    """The channel that the employee prefers. Name a channel whose value you send.
    According to a third party, a named channel without a value is an error, and
    an empty value without a named channel is not. An older copy of the article
    marks it `Required*`. That `chnl` may be left out is inferred. Wire name:
    `chnl`."""
    custom_fields: list[CustomField] | Unset = UNSET
    """Custom fields, brand, location and categories. Brand, location and categories
    choose the workflow; that other custom fields do so too is inferred. Whether
    the list is required is not known. Wire name: `customfields`."""
    external_id: str | Unset = UNSET
    """Your id for this workflow, returned as `referenceid`. If you leave it out,
    Enboarder generates one. One article wants it to be unique; another allows
    several workflows with the same id if their criteria differ. Wire name:
    `externalid`."""
    mode: int | Unset = UNSET
    """The mode of the launch. Samples send 0. Other values and the meaning are not
    documented. It is unrelated to the `mode` of a cancellation."""
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
            start_date=need(rest, "nhstdt", parse_date, cls),
            managers=need(rest, "managers", list_of(Manager.from_dict), cls),
            employee_name=take(rest, "nhnm", text, cls),
            employee_first_name=take(rest, "nhfnm", text, cls),
            employee_last_name=take(rest, "nhlnm", text, cls),
            employee_mobile=take(rest, "nhmob", text, cls),
            employee_email=take(rest, "nheml", text, cls),
            employee_mobile_or_email=take(rest, "nhmobeml", text, cls),
            employee_external_id=take(rest, "nhexternalid", identity, cls),
            employee_channel=take(rest, "chnl", Channel, cls),
            custom_fields=take(
                rest, "customfields", list_of(CustomField.from_dict), cls
            ),
            external_id=take(rest, "externalid", identity, cls),
            mode=take(rest, "mode", integer, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "nhstdt", self.start_date, format_date)
        put(fields, "managers", self.managers)
        put(fields, "nhnm", self.employee_name)
        put(fields, "nhfnm", self.employee_first_name)
        put(fields, "nhlnm", self.employee_last_name)
        put(fields, "nhmob", self.employee_mobile)
        put(fields, "nheml", self.employee_email)
        put(fields, "nhmobeml", self.employee_mobile_or_email)
        put(fields, "nhexternalid", self.employee_external_id)
        put(fields, "chnl", self.employee_channel)
        put(fields, "customfields", self.custom_fields)
        put(fields, "externalid", self.external_id)
        put(fields, "mode", self.mode)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties


# Below the class, because two models may refer to each other.
from ..models.custom_field import CustomField  # noqa: E402
from ..models.manager import Manager  # noqa: E402
