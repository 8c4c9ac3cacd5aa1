"""Hold the contract to `openapi/dialect.json`, and say in words what breaks it.

The dialect is a JSON Schema. `x-reason` beside a keyword says why the keyword is there,
and becomes a part of the message.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from enboarder.contract.walk import METHODS, Node, Operation, is_list, is_object
from scripts.layout import DIALECT

Sentences: TypeAlias = "Callable[[ValidationError], Iterable[str]]"

TYPE_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
LONGEST_SHOWN = 60


def problems(document: Any) -> list[str]:
    """Return each breach of the dialect: the place, what is wrong, and why."""
    found: dict[str, None] = {}
    for error in validator().iter_errors(document):
        place = place_of(document, list(error.absolute_path))
        if "propertyNames" in error.absolute_schema_path:
            place = f"{place}/{error.instance}"
        for sentence in _sentences(error):
            found[f"{place}: {sentence}"] = None
    return sorted(found)


@cache
def validator() -> Draft202012Validator:
    """Return what judges a document by the dialect."""
    schema: Node = json.loads(DIALECT.read_text("utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker(["regex"]))


def place_of(document: Any, path: list[str | int]) -> str:
    """Name a place for a reader: an operation by its id, the rest by its members."""
    here = document
    steps: list[str] = []
    for index, step in enumerate(path):
        here = here[step]
        steps.append(str(step))
        if index == 2 and path[0] == "paths" and step in METHODS:
            steps = [_operation(str(path[1]), str(step), here)]
        if index == 1 and path[0] == "x-error-catalogue":
            steps[-1] = _entry(here, str(step))
    return "/".join(steps) or "the contract"


def _operation(path: str, method: str, node: Any) -> str:
    has_name = is_object(node) and isinstance(node.get("operationId"), str)
    return Operation(path, method, node if has_name else {}).place


def _entry(node: Any, index: str) -> str:
    has_name = is_object(node) and isinstance(node.get("id"), str)
    return str(node["id"]) if has_name else index


def _sentences(error: ValidationError) -> Iterable[str]:
    special = SPECIAL.get(str(error.validator))
    if special is not None:
        return special(error)
    reason = _schema(error).get("x-reason")
    if reason is not None:
        return [f"{_shown(error.instance)}: {reason}"]
    return [f"{_shown(error.instance)} {_demand(error)}"]


def _wanted(error: ValidationError) -> Any:
    """Return the value of the keyword that is broken."""
    return error.validator_value


def _schema(error: ValidationError) -> Node:
    """Return the schema that has the keyword."""
    schema: Any = error.schema
    found: Node = schema
    return found


def _members(error: ValidationError) -> set[str]:
    """Return the names of the members of the object that is judged."""
    instance: Any = error.instance
    return set(instance)


def _missing(error: ValidationError) -> Iterator[str]:
    for member in _wanted(error):
        if member not in _members(error):
            yield f"{member} is missing; add it"


def _dependent(error: ValidationError) -> Iterator[str]:
    for member, needed in _wanted(error).items():
        for other in needed:
            if member in _members(error) and other not in _members(error):
                yield f"{other} is missing; add it"


def _unknown(error: ValidationError) -> Iterator[str]:
    reason = _schema(error).get("x-reason", "nothing here reads it")
    for member in sorted(_members(error) - _schema(error)["properties"].keys()):
        yield f"{member} is not allowed: {reason}; take it out"


def _wrong_type(error: ValidationError) -> Iterator[str]:
    wanted = _wanted(error)
    types = wanted if is_list(wanted) else [wanted]
    listed = " or ".join(TYPE_NAMES[name] for name in types)
    yield f"{_shown(error.instance)} has a wrong type; it must be {listed}"


def _not_one_of(error: ValidationError) -> Iterator[str]:
    values = _wanted(error) if is_list(_wanted(error)) else None
    listed = ", ".join(map(str, values or [_wanted(error)]))
    one_of = "one of " if values else ""
    reason = _schema(error).get("x-reason")
    because = f": {reason}" if reason else ""
    yield f"{_shown(error.instance)} must be {one_of}{listed}{because}"


SPECIAL: dict[str, Sentences] = {
    "required": _missing,
    "dependentRequired": _dependent,
    "additionalProperties": _unknown,
    "type": _wrong_type,
    "enum": _not_one_of,
    "const": _not_one_of,
}
"""The keywords whose message names members or values."""

DEMANDS = {
    "minItems": "needs at least {}",
    "maxItems": "may have at most {}",
    "minProperties": "needs members, at least {}",
    "maxProperties": "may have members, at most {}",
    "uniqueItems": "has a value twice; take one out",
    "minimum": "must be at least {}",
    "maximum": "must be at most {}",
    "format": "is not a regular expression",
}


def _demand(error: ValidationError) -> str:
    demand = DEMANDS.get(str(error.validator), "breaks the rule {}")
    return demand.format(_wanted(error))


def _shown(value: Any) -> str:
    if is_object(value):
        return "the object"
    if is_list(value):
        return "the list"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    shown = repr(value)
    if len(shown) > LONGEST_SHOWN:
        return f"{shown[:LONGEST_SHOWN]}…"
    return shown
