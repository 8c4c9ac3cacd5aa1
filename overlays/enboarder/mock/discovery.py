"""What a SCIM service says of its resources (RFC 7643, sections 6 and 7): users alone, as the contract has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ..contract.document import Node, resolved, whole
from .exchange import Handler, Reply, Request
from .state import State
from .users import LIST, USER

RESOURCE_TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema"
COMMON = {"schemas", "externalId"}
"""What every resource has, so that no schema lists it (RFC 7643, section 3.1)."""


def get_resource_types(_: State, __: Request) -> Reply:
    """List the one type of resource."""
    user = {"id": "User", "name": "User", "endpoint": "/Users", "description": "Administrators.", "schema": USER}
    return _listed({"schemas": [RESOURCE_TYPE], **user, "meta": {"resourceType": "ResourceType"}})


def get_schemas(_: State, __: Request) -> Reply:
    """List the schema of a user."""
    user = {"id": USER, "name": "User", "description": "An administrator of the account.", "attributes": attributes()}
    return _listed({"schemas": [SCHEMA], **user, "meta": {"resourceType": "Schema"}})


def attributes() -> list[Node]:
    """The attributes of a user that one can send."""
    document = whole()
    described: Node = document["components"]["schemas"]["ScimUserInput"]
    return [one for one in _attributes(document, described, described["required"]) if one["name"] not in COMMON]


def _attributes(document: Node, schema: Node, required: Collection[str]) -> Iterator[Node]:
    for name, member in schema["properties"].items():
        item = member.get("items", member)
        described = resolved(document, item["allOf"][0] if "allOf" in item else item)
        found: Node = {
            "name": name,
            "type": "complex" if described["type"] == "object" else described["type"],
            "multiValued": "items" in member,
            "description": member["description"],
            "required": name in required,
            "caseExact": False,
            "mutability": "readWrite",
            "returned": "default",
            "uniqueness": "server" if name == "userName" else "none",
        }
        if "enum" in described:
            found["canonicalValues"] = described["enum"]
        if "properties" in described:
            found["subAttributes"] = list(_attributes(document, described, item.get("x-required", ())))
        yield found


def _listed(resource: Node) -> Reply:
    page = {"totalResults": 1, "startIndex": 1, "itemsPerPage": 1, "Resources": [resource]}
    return Reply(200, {"schemas": [LIST], **page})


HANDLERS: Mapping[str, Handler] = {"users.get_resource_types": get_resource_types, "users.get_schemas": get_schemas}
