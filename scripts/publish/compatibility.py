"""Names that users rely on, and whether a version allows that some of them are gone."""

from __future__ import annotations

import re
from typing import Any

Version = tuple[int, ...]


def version_of(text: str) -> Version:
    """The numbers of a version without a suffix: 0.1.0."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", text):
        raise ValueError(f"{text!r} is no version like 1.2.3")
    return tuple(map(int, text.split(".")))


def names_of_surface(text: str) -> set[str]:
    """Every public name, base class, parameter and field in tests/surface.txt."""
    names: set[str] = set()
    for line in text.splitlines():
        name, rest = re.findall(r"([\w.]*)(.*)", line)[0]
        listed = re.findall(r"\w+", rest) if re.fullmatch(r": [\w, ]+", rest) else []
        inner = listed or re.findall(r"(?:\(|, )\*{0,2}(\w+)(?=[:,)=])", rest)
        names |= {name, *(f"{name}.{one}" for one in inner)}
    return names


def names_of_contract(document: dict[str, Any]) -> set[str]:
    """Every operation, schema and property, with the path and method of an operation."""
    operations = {
        f"{node['operationId']}: {method.upper()} {path}"
        for path, item in document["paths"].items()
        for method, node in item.items()
        if isinstance(node, dict) and "operationId" in node
    }
    schemas: dict[str, Any] = document["components"]["schemas"]
    fields = {f"{name}.{field}" for name, schema in schemas.items() for field in schema.get("properties", {})}
    return operations | set(schemas) | fields


def removals(what: str, old: tuple[Version, set[str]], new: tuple[Version, set[str]]) -> list[str]:
    """Names that are gone although the version says that none is: 0.x needs a new minor, from 1.0 on a new major."""
    (old_version, old_names), (version, names) = old, new
    gone = sorted(old_names - names)
    part = 1 if old_version[0] == 0 else 0
    if not gone or version[: part + 1] > old_version[: part + 1]:
        return []
    listed = ", ".join(gone[:10]) + (f" and {len(gone) - 10} more" if len(gone) > 10 else "")
    return [f"{what} lost {listed}: that needs a new {('major', 'minor')[part]} version"]
