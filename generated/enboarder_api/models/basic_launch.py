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
class BasicLaunch:
    """A launch for one employee with one manager.

    The article marks contacts and channels `Required*`, and the part that could
    be read does not explain the asterisk. That one contact is enough follows from
    an error message for the employee, and for both people from the minimum data
    in two other articles. That the channels may be left out is inferred.
    """

    employee_name: str
    """The employee's full name. Wire name: `nhnm`."""
    manager_name: str
    """The manager's full name. Wire name: `mgrnm`."""
    start_date: datetime.date
    """The start date or key date, YYYY-MM-DD; for offboarding, the last day. Wire
    name: `nhstdt`."""
    employee_first_name: str | Unset = UNSET
    """The employee's first name. Wire name: `nhfnm`."""
    employee_last_name: str | Unset = UNSET
    """The employee's last name. Wire name: `nhlnm`."""
    employee_mobile: str | Unset = UNSET
    """The employee's mobile number. Every sample, and the article on CSV upload,
    uses the international format, `+61400000000`. Wire name: `nhmob`."""
    employee_email: str | Unset = UNSET
    """The employee's e-mail address. Wire name: `nheml`."""
    employee_mobile_or_email: str | Unset = UNSET
    """Probably an older field that holds either a mobile number or an e-mail
    address. It is known only from an error message. Wire name: `nhmobeml`."""
    employee_secondary_email: str | Unset = UNSET
    """A second e-mail address of the employee. No copy of the article that could be
    read has it. Wire name: `nhsecondaryeml`."""
    employee_channel: Channel | str | Unset = UNSET
    """The channel that the employee prefers. Name a channel whose value you send.
    According to a third party, a named channel without a value is an error, and
    an empty value without a named channel is not. The article marks it
    `Required*`. That `chnl` may be left out is inferred. Wire name: `chnl`."""
    manager_mobile: str | Unset = UNSET
    """The manager's mobile number. Wire name: `mgrmob`."""
    manager_email: str | Unset = UNSET
    """The manager's e-mail address. Wire name: `mgreml`."""
    manager_channel: Channel | str | Unset = UNSET
    """The channel that the manager prefers. Name a channel whose value you send. The
    article marks it `Required*`; that it may be left out is inferred. Wire name:
    `mgrchnl`."""
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
            employee_name=need(rest, "nhnm", text, cls),
            manager_name=need(rest, "mgrnm", text, cls),
            start_date=need(rest, "nhstdt", parse_date, cls),
            employee_first_name=take(rest, "nhfnm", text, cls),
            employee_last_name=take(rest, "nhlnm", text, cls),
            employee_mobile=take(rest, "nhmob", text, cls),
            employee_email=take(rest, "nheml", text, cls),
            employee_mobile_or_email=take(rest, "nhmobeml", text, cls),
            employee_secondary_email=take(rest, "nhsecondaryeml", text, cls),
            employee_channel=take(rest, "chnl", Channel, cls),
            manager_mobile=take(rest, "mgrmob", text, cls),
            manager_email=take(rest, "mgreml", text, cls),
            manager_channel=take(rest, "mgrchnl", Channel, cls),
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
        put(fields, "nhnm", self.employee_name)
        put(fields, "mgrnm", self.manager_name)
        put(fields, "nhstdt", self.start_date, format_date)
        put(fields, "nhfnm", self.employee_first_name)
        put(fields, "nhlnm", self.employee_last_name)
        put(fields, "nhmob", self.employee_mobile)
        put(fields, "nheml", self.employee_email)
        put(fields, "nhmobeml", self.employee_mobile_or_email)
        put(fields, "nhsecondaryeml", self.employee_secondary_email)
        put(fields, "chnl", self.employee_channel)
        put(fields, "mgrmob", self.manager_mobile)
        put(fields, "mgreml", self.manager_email)
        put(fields, "mgrchnl", self.manager_channel)
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
