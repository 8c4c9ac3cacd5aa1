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
    in_any_case,
    list_of,
    members,
    put,
    take,
    text,
    to_json,
)


@define
class ScimServiceProviderConfig:
    """What the SCIM service declares that it supports."""

    schemas: list[str] | Unset = UNSET
    """The URIs of the resource's schemas."""
    documentation_uri: str | Unset = UNSET
    """Where the service is documented. Wire name: `documentationUri`."""
    patch: ScimFeature | Unset = UNSET
    """PATCH requests. They are declared as supported, but no source lists such an
    operation."""
    bulk: ScimBulkFeature | Unset = UNSET
    """Bulk requests."""
    filter_: ScimFilterFeature | Unset = UNSET
    """Filters."""
    change_password: ScimFeature | Unset = UNSET
    """Changing passwords. Wire name: `changePassword`."""
    sort: ScimFeature | Unset = UNSET
    """Sorting."""
    etag: ScimFeature | Unset = UNSET
    """Entity tags."""
    authentication_schemes: list[ScimAuthenticationScheme] | Unset = UNSET
    """The ways to authenticate. Wire name: `authenticationSchemes`."""
    meta: ScimMeta | Unset = UNSET
    """Information about this resource."""
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
            "documentationUri",
            "patch",
            "bulk",
            "filter",
            "changePassword",
            "sort",
            "etag",
            "authenticationSchemes",
            "meta",
        )
        return cls(
            schemas=take(rest, "schemas", list_of(text), cls),
            documentation_uri=take(rest, "documentationUri", text, cls),
            patch=take(rest, "patch", ScimFeature.from_dict, cls),
            bulk=take(rest, "bulk", ScimBulkFeature.from_dict, cls),
            filter_=take(rest, "filter", ScimFilterFeature.from_dict, cls),
            change_password=take(rest, "changePassword", ScimFeature.from_dict, cls),
            sort=take(rest, "sort", ScimFeature.from_dict, cls),
            etag=take(rest, "etag", ScimFeature.from_dict, cls),
            authentication_schemes=take(
                rest,
                "authenticationSchemes",
                list_of(ScimAuthenticationScheme.from_dict),
                cls,
            ),
            meta=take(rest, "meta", ScimMeta.from_dict, cls),
            # What the others have left.
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with wire names."""
        fields: dict[str, Any] = to_json(self.additional_properties)
        put(fields, "schemas", self.schemas)
        put(fields, "documentationUri", self.documentation_uri)
        put(fields, "patch", self.patch)
        put(fields, "bulk", self.bulk)
        put(fields, "filter", self.filter_)
        put(fields, "changePassword", self.change_password)
        put(fields, "sort", self.sort)
        put(fields, "etag", self.etag)
        put(fields, "authenticationSchemes", self.authentication_schemes)
        put(fields, "meta", self.meta)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties


# Below the class, because two models may refer to each other.
from ..models.scim_authentication_scheme import ScimAuthenticationScheme  # noqa: E402
from ..models.scim_bulk_feature import ScimBulkFeature  # noqa: E402
from ..models.scim_feature import ScimFeature  # noqa: E402
from ..models.scim_filter_feature import ScimFilterFeature  # noqa: E402
from ..models.scim_meta import ScimMeta  # noqa: E402
