# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define, field

from ..models.cancel_mode import CancelMode
from ..types import (
    UNSET,
    Unset,
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
class WorkflowCancellation:
    """What to cancel, and why."""

    external_id: str
    """The external id of the running workflow, or of several. Wire name:
    `externalid`."""
    comments: str | Unset = UNSET
    """The reason, as free text."""
    mode: CancelMode | Literal["ALL", "SELECTED", "CANCEL_ALL"] | Unset = UNSET
    """What to cancel; `ALL` if you leave it out. It is a word here, while the `mode`
    of a launch is a number without a documented meaning."""
    custom_fields: list[CustomField] | Unset = UNSET
    """Custom fields, brand, location and categories that select the workflow, for
    the mode `SELECTED`. Wire name: `customfields`."""
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
            comments=take(rest, "comments", text, cls),
            mode=take(rest, "mode", CancelMode, cls),
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
        put(fields, "comments", self.comments)
        put(fields, "mode", self.mode)
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
