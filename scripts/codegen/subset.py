"""The subset of OpenAPI 3.1 that survives a translation to 3.0, and that generators of other languages read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contract import Node

BEYOND_30 = {
    *("const", "if", "then", "else", "not", "anyOf", "oneOf", "patternProperties", "prefixItems", "contains"),
    *("$defs", "$id", "$anchor", "$schema", "discriminator", "examples", "unevaluatedProperties"),
}
LIMITS = {"minLength", "maxLength", "pattern"}
BUILTINS = {"Error", "Object", "String", "Map", "Date", "Exception"}
SERVER_MEMBERS = {"url", "description", "x-region", "x-evidence", "x-source"}
PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
"""What a value of each type is in Python."""
VALUES = {"example", "examples", "default", "enum", "value"}
"""Members that hold data: what looks like a `$ref` or a schema in there is none."""


def faults(document: Node) -> Iterator[str]:
    """Every place that leaves the subset, and what to do there."""
    yield from _whole(document)
    for place, node in described(document):
        if isinstance(node.get("$ref"), str):
            yield from _reference(place, node)
    for place, schema in schemas(document):
        yield from _schema(place, schema)


def _whole(document: Node) -> Iterator[str]:
    if "webhooks" in document:
        yield "webhooks: 3.0 has none, and generators overwrite operations with them; take them out"
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if "callbacks" in operation:
                yield f"{method.upper()} {path}: callbacks are not generated anywhere; take them out"
    for name in sorted(BUILTINS & document["components"]["schemas"].keys()):
        yield f"components/schemas/{name}: the name is a builtin of other languages; call it otherwise, such as Api{name}"
    for server in document["servers"]:
        for member in sorted(server.keys() - SERVER_MEMBERS):
            yield f"servers/{server['url']}: {member} is not allowed; a region is a literal server, without variables"


def _reference(place: str, node: Node) -> Iterator[str]:
    if not node["$ref"].startswith("#/components/"):
        yield f"{place}: $ref {node['$ref']!r} leaves the components of this file; copy what it names into them"
    if siblings := sorted(node.keys() - {"$ref"}):
        yield f"{place}: 3.0 drops what stands beside a $ref ({', '.join(siblings)}); wrap the $ref in allOf"


def _schema(place: str, schema: Node) -> Iterator[str]:
    for keyword in sorted(BEYOND_30 & schema.keys()):
        remedy = "an enum of one value" if keyword == "const" else "plain types, allOf and enum"
        yield f"{place}: 3.0 and many generators do not have {keyword}; use {remedy}"
    kinds = schema.get("type")
    if isinstance(kinds, list) and not (len(kinds) == 2 and kinds[-1] == "null"):
        yield f"{place}: type {kinds} is a union that 3.0 lacks; null, last of two, is the only one that translates"
    if schema.get("type") == "array" and "items" not in schema:
        yield f"{place}: an array without items; say what is in it"
    if schema.get("format") in ("date", "date-time"):
        for limit in sorted(LIMITS & schema.keys()):
            yield f"{place}: {limit} on a {schema['format']} makes clients in PHP fail; take it out"
    if "default" in schema and not _is(schema["default"], schema):
        yield f"{place}: the default {schema['default']!r} is not what its own schema takes; correct one of them"
    if "pattern" in schema:
        try:
            re.compile(schema["pattern"])
        except re.error as error:
            yield f"{place}: the pattern {schema['pattern']!r} is no regular expression: {error}"


def _is(value: Any, schema: Node) -> bool:
    kinds = schema.get("type", list(PYTHON))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if value is None:
        return "null" in kinds
    fits = any(
        isinstance(value, PYTHON[kind]) and (kind == "boolean") == isinstance(value, bool)
        for kind in kinds
        if kind in PYTHON
    )
    return fits and value in schema.get("enum", [value])


def described(node: Any, place: str = "") -> Iterator[tuple[str, Node]]:
    """Every object that describes something, and where it stands."""
    if isinstance(node, dict):
        if place:
            yield place, node
        for name, value in node.items():
            if name not in VALUES or place.endswith("/properties"):
                yield from described(value, f"{place}/{name}".lstrip("/"))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from described(value, f"{place}/{index}")


def schemas(document: Node) -> Iterator[tuple[str, Node]]:
    """Every schema, nested ones included, and where it stands."""
    for name, schema in document["components"]["schemas"].items():
        yield from _nested(f"components/schemas/{name}", schema)
    for place, node in described(document):
        if isinstance(node.get("schema"), dict) and not place.endswith("/properties"):
            yield from _nested(f"{place}/schema", node["schema"])


def _nested(place: str, schema: Node) -> Iterator[tuple[str, Node]]:
    yield place, schema
    for name, child in schema.get("properties", {}).items():
        yield from _nested(f"{place}/properties/{name}", child)
    for index, child in enumerate(schema.get("allOf", [])):
        yield from _nested(f"{place}/allOf/{index}", child)
    for member in ("items", "additionalProperties"):
        if isinstance(schema.get(member), dict):
            yield from _nested(f"{place}/{member}", schema[member])
