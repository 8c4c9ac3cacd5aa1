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
class WorkflowUpdate:
    """What changes in a running workflow, and the external id that names it.

    Omitted members keep their values.
    """

    external_id: str
    """The external id of the running workflow: your own, or the one that Enboarder
    generated. The article wants it to be unique, but also says how to select one
    of several workflows with the same id. Wire name: `externalid`."""
    employee_name: str | Unset = UNSET
    """The employee's new full name. Wire name: `nhnm`."""
    employee_first_name: str | Unset = UNSET
    """The employee's new first name. Wire name: `nhfnm`."""
    employee_last_name: str | Unset = UNSET
    """The employee's new last name. Wire name: `nhlnm`."""
    employee_mobile: str | Unset = UNSET
    """The employee's new mobile number. Wire name: `nhmob`."""
    employee_email: str | Unset = UNSET
    """The employee's new e-mail address. Wire name: `nheml`."""
    employee_channel: Channel | str | Unset = UNSET
    """The channel that the employee prefers from now on. Wire name: `chnl`."""
    start_date: datetime.date | Unset = UNSET
    """The new start date or key date, YYYY-MM-DD. Wire name: `nhstdt`."""
    managers: list[Manager] | Unset = UNSET
    """The managers to change. Whether the list replaces the old one or is merged
    into it is not documented. The articles say that an update can change
    managers; the name of this member comes from a third party."""
    custom_fields: list[CustomField] | Unset = UNSET
    """Custom fields, brand, location and categories, which select one of several
    workflows with the same external id. Whether they replace the old ones or are
    merged into them is not documented. Wire name: `customfields`."""
    child_account_id: str | Unset = UNSET
    """The child account in which the workflow runs, for calls from a parent account.
    The type is assumed. A child account can have its data in another region;
    whether a call reaches an account in another region is unknown. Wire name:
    `childAccountID`."""
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
            external_id=need(rest, "externalid", identity, cls),
            employee_name=take(rest, "nhnm", text, cls),
            employee_first_name=take(rest, "nhfnm", text, cls),
            employee_last_name=take(rest, "nhlnm", text, cls),
            employee_mobile=take(rest, "nhmob", text, cls),
            employee_email=take(rest, "nheml", text, cls),
            employee_channel=take(rest, "chnl", Channel, cls),
            start_date=take(rest, "nhstdt", parse_date, cls),
            managers=take(rest, "managers", list_of(Manager.from_dict), cls),
            custom_fields=take(
                rest, "customfields", list_of(CustomField.from_dict), cls
            ),
            child_account_id=take(rest, "childAccountID", identity, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "externalid", self.external_id)
        put(fields, "nhnm", self.employee_name)
        put(fields, "nhfnm", self.employee_first_name)
        put(fields, "nhlnm", self.employee_last_name)
        put(fields, "nhmob", self.employee_mobile)
        put(fields, "nheml", self.employee_email)
        put(fields, "chnl", self.employee_channel)
        put(fields, "nhstdt", self.start_date, format_date)
        put(fields, "managers", self.managers)
        put(fields, "customfields", self.custom_fields)
        put(fields, "childAccountID", self.child_account_id)
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
