"""List the resource types and schemas of SCIM (RFC 7643, sections 6 and 7).

The only type of resource is `User`, with the attributes that the contract describes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ...contract.document import whole
from ...contract.walk import Node, resolve
from ..messages import Reply, Request
from ..state import State
from .handlers import Handler
from .users import LIST_SCHEMA, USER_SCHEMA

RESOURCE_TYPE_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
SCHEMA_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema"
COMMON_ATTRIBUTES = {"schemas", "externalId"}
"""The attributes of every resource, which no schema lists (RFC 7643, section 3.1)."""


def get_resource_types(_state: State, _request: Request) -> Reply:
    """List the only type of resource."""
    return _list_of(
        {
            "schemas": [RESOURCE_TYPE_SCHEMA],
            "id": "User",
            "name": "User",
            "endpoint": "/Users",
            "description": "Administrators.",
            "schema": USER_SCHEMA,
            "meta": {"resourceType": "ResourceType"},
        }
    )


def get_schemas(_state: State, _request: Request) -> Reply:
    """List the schema of a user."""
    return _list_of(
        {
            "schemas": [SCHEMA_SCHEMA],
            "id": USER_SCHEMA,
            "name": "User",
            "description": "An administrator of the account.",
            "attributes": user_attributes(),
            "meta": {"resourceType": "Schema"},
        }
    )


def user_attributes() -> list[Node]:
    """Return the attributes of a user that a request may have."""
    document = whole()
    described: Node = document["components"]["schemas"]["ScimUserInput"]
    attributes = _attributes(document, described, described["required"])
    return [one for one in attributes if one["name"] not in COMMON_ATTRIBUTES]


def _attributes(
    document: Node, schema: Node, required: Collection[str]
) -> Iterator[Node]:
    for name, member in schema["properties"].items():
        attribute = _attribute(document, name, member)
        attribute["required"] = name in required
        yield attribute


def _attribute(document: Node, name: str, member: Node) -> Node:
    item: Node = member.get("items", member)
    described = resolve(document, item["allOf"][0] if "allOf" in item else item)
    attribute: Node = {
        "name": name,
        "type": "complex" if described["type"] == "object" else described["type"],
        "multiValued": "items" in member,
        "description": member["description"],
        "caseExact": False,
        "mutability": "readWrite",
        "returned": "default",
        "uniqueness": "server" if name == "userName" else "none",
    }
    if "enum" in described:
        attribute["canonicalValues"] = described["enum"]
    if "properties" in described:
        required = item.get("x-required", ())
        attribute["subAttributes"] = list(_attributes(document, described, required))
    return attribute


def _list_of(resource: Node) -> Reply:
    body = {
        "schemas": [LIST_SCHEMA],
        "totalResults": 1,
        "startIndex": 1,
        "itemsPerPage": 1,
        "Resources": [resource],
    }
    return Reply(200, body)


HANDLERS: Mapping[str, Handler] = {
    "users.get_resource_types": get_resource_types,
    "users.get_schemas": get_schemas,
}
