"""What the SCIM service of the mock says of its users."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from enboarder.contract.document import whole

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
TYPES = {
    "string",
    "boolean",
    "decimal",
    "integer",
    "dateTime",
    "reference",
    "binary",
    "complex",
}


def only(client: httpx.Client, path: str) -> dict[str, Any]:
    """Return the one resource of a list."""
    reply = client.get(f"/scim/v2/{path}")
    page = reply.json()
    [resource] = page.pop("Resources")
    assert reply.status_code == 200
    assert {
        "schemas": [LIST],
        "totalResults": 1,
        "startIndex": 1,
        "itemsPerPage": 1,
    } == page
    return dict(resource)


@pytest.fixture
def attributes(by_key: httpx.Client) -> dict[str, dict[str, Any]]:
    """The attributes of a user, by name."""
    return {one["name"]: one for one in only(by_key, "Schemas")["attributes"]}


def test_users_are_the_one_resource_type(by_key: httpx.Client) -> None:
    """It says where users are, and by which schema."""
    user = only(by_key, "ResourceTypes")

    assert ("User", "/Users", USER) == (user["name"], user["endpoint"], user["schema"])
    assert USER == only(by_key, "Schemas")["id"]


def test_attributes_are_those_of_the_contract(
    attributes: dict[str, dict[str, Any]],
) -> None:
    """They are what one can send, except for what every resource has."""
    schemas = whole()["components"]["schemas"]
    described = schemas["ScimUserInput"]

    assert (
        described["properties"].keys() - {"schemas", "externalId"} == attributes.keys()
    )
    assert set(described["required"]) == {
        name for name, one in attributes.items() if one["required"]
    }
    assert schemas["UserType"]["enum"] == attributes["userType"]["canonicalValues"]


def test_attributes_of_attributes_are_listed(
    attributes: dict[str, dict[str, Any]],
) -> None:
    """A name is one value with two required parts, e-mail addresses are many."""
    name = {one["name"]: one["required"] for one in attributes["name"]["subAttributes"]}

    assert {"givenName": True, "middleName": False, "familyName": True} == name
    assert (False, True) == (
        attributes["name"]["multiValued"],
        attributes["emails"]["multiValued"],
    )
    assert ("complex", "string", "boolean") == tuple(
        attributes[one]["type"] for one in ("emails", "userName", "active")
    )


def test_every_attribute_says_all_that_the_standard_asks(
    attributes: dict[str, dict[str, Any]],
) -> None:
    """The members of RFC 7643, section 7; the user name alone is unique."""
    members = {
        "name",
        "type",
        "multiValued",
        "description",
        "required",
        "caseExact",
        "mutability",
        "returned",
    }
    nested = [
        inner for one in attributes.values() for inner in one.get("subAttributes", [])
    ]

    assert [] == [
        one
        for one in [*attributes.values(), *nested]
        if not members | {"uniqueness"} <= one.keys()
    ]
    assert {one["type"] for one in [*attributes.values(), *nested]} <= TYPES
    assert ["userName"] == [
        name for name, one in attributes.items() if one["uniqueness"] == "server"
    ]
