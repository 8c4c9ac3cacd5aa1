"""Describe JSON without what it says: types and lengths.

Names of members are shown only when they are known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ...contract.walk import Node, schemas
from ...people.json_objects import is_list, is_object

WORDS: Mapping[str, str] = {
    "bool": "boolean",
    "int": "number",
    "float": "number",
    "NoneType": "null",
}


def shape(
    values: list[Any], known: Collection[str], place: str = "body"
) -> Iterator[str]:
    """Yield a line for each place: what the values there are.

    A name that is not known is shown as its number and its length.
    """
    kinds = sorted({_kind(value, values) for value in values})
    yield f"{place}: {', '.join(kinds)}"
    items: list[Any] = []
    for value in values:
        if is_list(value):
            items.extend(value)
    if items:
        yield from shape(items, known, f"{place}[]")
    objects = [value for value in values if is_object(value)]
    for number, name in enumerate(_names(objects), 1):
        found = [value[name] for value in objects if name in value]
        shown = name
        if name not in known:
            shown = f"<member {number}, {len(name)} characters>"
        if len(found) < len(objects):
            shown += f" (in {len(found)} of {len(objects)})"
        yield from shape(found, known, f"{place}.{shown}")


def _names(objects: list[dict[str, Any]]) -> list[str]:
    """Return every name once, in the order in which they appear."""
    names: dict[str, None] = {}
    for value in objects:
        names.update(dict.fromkeys(value))
    return list(names)


def _kind(value: Any, neighbours: list[Any]) -> str:
    if isinstance(value, str):
        lengths = [len(one) for one in neighbours if isinstance(one, str)]
        return f"string of {_span(lengths)} characters"
    if is_list(value):
        lengths = [len(one) for one in neighbours if is_list(one)]
        return f"list of {_span(lengths)}"
    return WORDS.get(type(value).__name__, "object")


def _span(lengths: list[int]) -> str:
    shortest = min(lengths)
    longest = max(lengths)
    if shortest == longest:
        return str(shortest)
    return f"{shortest} to {longest}"


def described_names(document: Node) -> set[str]:
    """Return the name of every member that a contract describes."""
    names: set[str] = set()
    for _, schema in schemas(document):
        names.update(schema.get("properties", {}))
    return names
