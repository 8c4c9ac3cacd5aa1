"""What JSON looks like without what it says: types and lengths; the names of members only where they are known."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

KINDS = {bool: "boolean", int: "number", float: "number", type(None): "null"}


def shape(values: list[Any], known: Collection[str], place: str = "body") -> Iterator[str]:
    """One line a place: what the values there are. A name that is not known is shown as its number and length."""
    yield f"{place}: {', '.join(sorted({_kind(value, values) for value in values}))}"
    inner = [item for value in values if isinstance(value, list) for item in value]
    if inner:
        yield from shape(inner, known, f"{place}[]")
    members = [value for value in values if isinstance(value, dict)]
    names = list(dict.fromkeys(name for value in members for name in value))
    for number, name in enumerate(names, 1):
        found = [value[name] for value in members if name in value]
        shown = name if name in known else f"<member {number}, {len(name)} characters>"
        partly = "" if len(found) == len(members) else f" (in {len(found)} of {len(members)})"
        yield from shape(found, known, f"{place}.{shown}{partly}")


def _kind(value: Any, beside: list[Any]) -> str:
    if isinstance(value, str):
        lengths = [len(one) for one in beside if isinstance(one, str)]
        shortest, longest = min(lengths), max(lengths)
        return f"string of {shortest}" + (f" to {longest}" if shortest != longest else "") + " characters"
    if isinstance(value, list):
        lengths = [len(one) for one in beside if isinstance(one, list)]
        return f"list of {min(lengths)}" + (f" to {max(lengths)}" if min(lengths) != max(lengths) else "")
    return KINDS.get(type(value), "object")


def names_in(contract: Any) -> set[str]:
    """The name of every member that a contract describes."""
    if isinstance(contract, list):
        return {name for item in contract for name in names_in(item)}
    if not isinstance(contract, dict):
        return set()
    properties = contract.get("properties")
    own = set(properties) if isinstance(properties, dict) else set()
    return own | {name for item in contract.values() for name in names_in(item)}
