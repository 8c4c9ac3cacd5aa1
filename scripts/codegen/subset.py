"""Hold the contract to the part of OpenAPI 3.1 that other tools understand.

It survives a translation to 3.0, and generators of other languages read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from enboarder.contract.walk import (
    Node,
    described,
    operations,
    schemas,
    types_of,
)

NOT_IN_30 = {
    "$anchor",
    "$defs",
    "$id",
    "$schema",
    "anyOf",
    "const",
    "contains",
    "discriminator",
    "else",
    "examples",
    "if",
    "not",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "then",
    "unevaluatedProperties",
}
"""Keywords of schemas that OpenAPI 3.0 or many generators lack."""

STRING_LIMITS = {"minLength", "maxLength", "pattern"}
BUILTINS = {"Error", "Object", "String", "Map", "Date", "Exception"}
SERVER_MEMBERS = {"url", "description", "x-region", "x-evidence", "x-source"}

PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
"""What a value of each JSON type is in Python."""


def problems(document: Node) -> Iterator[str]:
    """Yield each place that leaves the subset, and what to do there."""
    yield from _webhooks(document)
    yield from _callbacks(document)
    yield from _schema_names(document)
    yield from _servers(document)
    for place, node in described(document):
        if isinstance(node.get("$ref"), str):
            yield from _reference(place, node)
    for place, schema in schemas(document):
        yield from _keywords(place, schema)
        yield from _union(place, schema)
        yield from _items(place, schema)
        yield from _date_limits(place, schema)
        yield from _default(place, schema)
        yield from _pattern(place, schema)


def _webhooks(document: Node) -> Iterator[str]:
    if "webhooks" in document:
        yield (
            "webhooks: 3.0 has none, and generators overwrite operations with them; "
            "take them out"
        )


def _callbacks(document: Node) -> Iterator[str]:
    for operation in operations(document):
        if "callbacks" in operation.node:
            place = f"{operation.method.upper()} {operation.path}"
            yield f"{place}: callbacks are not generated anywhere; take them out"


def _schema_names(document: Node) -> Iterator[str]:
    for name in sorted(BUILTINS & document["components"]["schemas"].keys()):
        yield (
            f"components/schemas/{name}: the name is a builtin of other languages; "
            f"rename it, for example to Api{name}"
        )


def _servers(document: Node) -> Iterator[str]:
    for server in document["servers"]:
        for member in sorted(server.keys() - SERVER_MEMBERS):
            yield (
                f"servers/{server['url']}: {member} is not allowed; "
                "a region is a literal server, without variables"
            )


def _reference(place: str, node: Node) -> Iterator[str]:
    if not node["$ref"].startswith("#/components/"):
        yield (
            f"{place}: $ref {node['$ref']!r} leaves the components of this file; "
            "copy what it names into them"
        )
    siblings = sorted(node.keys() - {"$ref"})
    if siblings:
        yield (
            f"{place}: 3.0 drops what is beside a $ref ({', '.join(siblings)}); "
            "wrap the $ref in allOf"
        )


def _keywords(place: str, schema: Node) -> Iterator[str]:
    for keyword in sorted(NOT_IN_30 & schema.keys()):
        remedy = "plain types, allOf and enum"
        if keyword == "const":
            remedy = "an enum of one value"
        yield f"{place}: 3.0 and many generators lack {keyword}; use {remedy}"


def _union(place: str, schema: Node) -> Iterator[str]:
    types = schema.get("type")
    if not isinstance(types, list):
        return
    is_nullable = len(types) == 2 and types[-1] == "null"
    if not is_nullable:
        listed = ", ".join(str(kind) for kind in types)
        yield (
            f"{place}: 3.0 lacks the union of {listed}; "
            "only one type followed by null can be translated"
        )


def _items(place: str, schema: Node) -> Iterator[str]:
    if schema.get("type") == "array" and "items" not in schema:
        yield f"{place}: an array without items; say what is in it"


def _date_limits(place: str, schema: Node) -> Iterator[str]:
    if schema.get("format") not in ("date", "date-time"):
        return
    for limit in sorted(STRING_LIMITS & schema.keys()):
        yield (
            f"{place}: {limit} on a {schema['format']} makes PHP clients fail; "
            "take it out"
        )


def _default(place: str, schema: Node) -> Iterator[str]:
    if "default" in schema and not _fits(schema["default"], schema):
        yield (
            f"{place}: the default {schema['default']!r} does not fit its own schema; "
            "correct one of them"
        )


def _fits(value: Any, schema: Node) -> bool:
    types = types_of(schema) or list(PYTHON_TYPES)
    if value is None:
        return "null" in types
    if not any(_is_of_type(value, kind) for kind in types):
        return False
    return "enum" not in schema or value in schema["enum"]


def _is_of_type(value: Any, kind: str) -> bool:
    # In Python a boolean is an integer as well; in JSON it is not.
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, PYTHON_TYPES.get(kind, ()))


def _pattern(place: str, schema: Node) -> Iterator[str]:
    if "pattern" not in schema:
        return
    try:
        re.compile(schema["pattern"])
    except re.error as error:
        yield (
            f"{place}: the pattern {schema['pattern']!r} is not a regular expression: "
            f"{error}"
        )
