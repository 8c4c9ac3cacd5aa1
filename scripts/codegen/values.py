"""Hold schemas to their own members, and examples and defaults to their schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from enboarder.contract.walk import Node, described, reference_of, resolve, schemas


def problems(document: Node) -> Iterator[str]:
    """Yield each value that does not fit, and each member that does not exist."""
    for place, schema in schemas(document):
        yield from _members(document, place, schema)
        yield from _constants(place, schema)
        if "default" in schema:
            yield from _misfit(document, f"{place}/default", schema, schema["default"])
    for place, node in described(document):
        # A property may be called "schema", "example" or "examples".
        if not place.endswith("/properties"):
            yield from _examples(document, place, node)


def _members(document: Node, place: str, schema: Node) -> Iterator[str]:
    reference = reference_of(schema)
    target = schema
    if reference is not None:
        target = resolve(document, {"$ref": reference})
    named = [*schema.get("required", []), *schema.get("x-required", [])]
    for group in schema.get("x-required-any", []):
        named.extend(group)
    for name in named:
        if name not in target.get("properties", {}):
            yield f"{place}: {name!r} is required and is not a property; correct it"


def _constants(place: str, schema: Node) -> Iterator[str]:
    names = schema.get("x-enum-varnames")
    if names is not None and len(names) != len(schema["enum"]):
        yield f"{place}: x-enum-varnames must have a name for each value of enum"


def _examples(document: Node, place: str, node: Node) -> Iterator[str]:
    schema = node.get("schema")
    if schema is None:
        return
    if "example" in node:
        yield from _misfit(document, f"{place}/example", schema, node["example"])
    for name, example in node.get("examples", {}).items():
        there = f"{place}/examples/{name}/value"
        yield from _misfit(document, there, schema, example["value"])


def _misfit(document: Node, place: str, schema: Node, value: Any) -> Iterator[str]:
    # The references of a schema lead into the components.
    whole = {**schema, "components": document["components"]}
    validator = Draft202012Validator(whole, format_checker=FormatChecker(["date"]))
    for error in validator.iter_errors(value):
        steps = "".join(f"/{step}" for step in error.absolute_path)
        yield (
            f"{place}{steps}: {error.message}; the value does not fit its schema, "
            "correct one of them"
        )
