"""Say what the client checks in a request body before it is sent."""

from __future__ import annotations

from openapi_python_client.strings import PythonIdentifier

from enboarder.contract.walk import (
    Node,
    component_name,
    operations,
    reference_of,
    request_content,
    resolve,
    type_of,
    types_of,
)


def rules_of(document: Node) -> dict[str, Node]:
    """Return the rules of each schema that requests use, by name of the schema."""
    sent = _sent(document)
    return {
        name: {
            "fields": _fields(document, schema),
            "required": _required(schema),
            "any_of": schema.get("x-required-any", []),
        }
        for name, schema in document["components"]["schemas"].items()
        if name in sent
    }


def field(document: Node, schema: Node, wire_name: str = "") -> Node:
    """Describe a value of a request body as the checks of the client need it."""
    reference = reference_of(schema)
    target = schema
    if reference is not None:
        target = resolve(document, {"$ref": reference})
    kind = type_of(target)
    rule = None
    if kind == "object" and reference is not None:
        rule = component_name(reference)
    items = None
    if "items" in target:
        items = field(document, target["items"])
    return {
        "name": _python_name(schema, wire_name),
        "type": kind,
        "nullable": "null" in types_of(target),
        "format": target.get("format"),
        "values": _closed_values(target),
        "rule": rule,
        "items": items,
        "fewest": target.get("minItems", 0),
        "required": schema.get("x-required", []),
        "any_of": schema.get("x-required-any", []),
        "identity": schema.get("x-identity", False),
    }


def python_name(schema: Node, wire_name: str) -> str:
    """Return the name of a property in Python."""
    return schema.get("x-name") or PythonIdentifier(wire_name, "field_")


def _python_name(schema: Node, wire_name: str) -> str:
    # The items of a list have no name.
    if not wire_name:
        return str(schema.get("x-name", ""))
    return python_name(schema, wire_name)


def _closed_values(schema: Node) -> list[str]:
    if schema.get("x-enum-open"):
        return []
    values: list[str] = schema.get("enum", [])
    return values


def _fields(document: Node, schema: Node) -> dict[str, Node]:
    properties = schema.get("properties", {})
    return {
        wire_name: field(document, spec, wire_name)
        for wire_name, spec in properties.items()
    }


def _required(schema: Node) -> list[str]:
    return [*schema.get("required", []), *schema.get("x-required", [])]


def _sent(document: Node) -> set[str]:
    """Return the names of the schemas that requests use, directly or inside others."""
    waiting = []
    for operation in operations(document):
        content = request_content(document, operation)
        if content is not None:
            waiting.append(field(document, content["schema"]))
    found: set[str] = set()
    while waiting:
        value = waiting.pop()
        if value["items"] is not None:
            waiting.append(value["items"])
        name = value["rule"]
        if name is not None and name not in found:
            found.add(name)
            schema = document["components"]["schemas"][name]
            waiting.extend(_fields(document, schema).values())
    return found
