"""Tell whether a version allows that names are gone on which users rely."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from enboarder.contract.walk import Node, operations

Version: TypeAlias = "tuple[int, ...]"

SHOWN = 10
"""How many lost names a message lists."""

PLAIN_LIST = re.compile(r": [\w, ]+")
INNER_NAME = re.compile(r"(?:\(|, )\*{0,2}(\w+)(?=[:,)=])")


class Release(NamedTuple):
    """A version, and the names that it has."""

    version: Version
    names: set[str]


def version_of(text: str) -> Version:
    """Return the numbers of a version without a suffix, such as 0.1.0."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", text):
        raise ValueError(f"{text!r} is not a version like 1.2.3")
    return tuple(int(part) for part in text.split("."))


def names_of_surface(text: str) -> set[str]:
    """Return each public name, base class, parameter and field in surface.txt."""
    names: set[str] = set()
    for line in text.splitlines():
        name, rest = re.findall(r"([\w.]*)(.*)", line)[0]
        if PLAIN_LIST.fullmatch(rest):
            inner = re.findall(r"\w+", rest)
        else:
            inner = INNER_NAME.findall(rest)
        names.add(name)
        names.update(f"{name}.{one}" for one in inner)
    return names


def names_of_contract(document: Node) -> set[str]:
    """Return each operation with method and path, each schema, and each property."""
    names = set()
    for operation in operations(document):
        place = f"{operation.method.upper()} {operation.path}"
        names.add(f"{operation.node['operationId']}: {place}")
    for name, schema in document["components"]["schemas"].items():
        names.add(name)
        names.update(f"{name}.{field}" for field in schema.get("properties", {}))
    return names


def removals(what: str, old: Release, new: Release) -> list[str]:
    """Return a problem if names are gone although the version does not say so.

    Before 1.0 that needs a new minor version, afterwards a new major one.
    """
    gone = sorted(old.names - new.names)
    is_stable = old.version[0] > 0
    parts = 1 if is_stable else 2
    if not gone or new.version[:parts] > old.version[:parts]:
        return []
    listed = ", ".join(gone[:SHOWN])
    if len(gone) > SHOWN:
        listed += f" and {len(gone) - SHOWN} more"
    kind = "major" if is_stable else "minor"
    return [f"{what} lost {listed}: that needs a new {kind} version"]
