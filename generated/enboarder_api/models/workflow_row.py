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
class WorkflowRow:
    """One row of a workflow.

    Its shape is not documented: a third party lists these members for workflows
    in general, without saying which operation returns which. Every other member
    keeps the name that the service gives it.
    """

    status: str | Unset = UNSET
    """The workflow's state."""
    start_date: str | Unset = UNSET
    """The start date or key date. The format is not documented. Wire name:
    `startDate`."""
    launch_date: str | Unset = UNSET
    """When the workflow was launched. The format is not documented. Wire name:
    `launchDate`."""
    mode: str | Unset = UNSET
    """The workflow's mode, which no source describes."""
    external_id: str | Unset = UNSET
    """Your id for the workflow. Wire name: `externalid`."""
    reference_id: str | Unset = UNSET
    """Your id for the workflow, or the id that Enboarder generated. Wire name:
    `referenceid`."""
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
            status=take(rest, "status", text, cls),
            start_date=take(rest, "startDate", text, cls),
            launch_date=take(rest, "launchDate", text, cls),
            mode=take(rest, "mode", text, cls),
            external_id=take(rest, "externalid", identity, cls),
            reference_id=take(rest, "referenceid", identity, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "status", self.status)
        put(fields, "startDate", self.start_date)
        put(fields, "launchDate", self.launch_date)
        put(fields, "mode", self.mode)
        put(fields, "externalid", self.external_id)
        put(fields, "referenceid", self.reference_id)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties
