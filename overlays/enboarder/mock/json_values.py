"""Check JSON values of an unknown type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeGuard


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Return whether a value is a JSON object."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Return whether a value is a JSON array."""
    return isinstance(value, list)


def is_blank(value: Any) -> bool:
    """Return whether a value means the same as a missing one."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ([], {})


def members(value: Any) -> dict[str, Any]:
    """Return the members of a JSON object, and no members for anything else."""
    return value if is_object(value) else {}


def depth(value: Any) -> int:
    """Return how many levels of lists and objects a value has."""
    levels = 0
    # Level by level, because a recursive function has a limit of its own.
    level = _containers([value])
    while level:
        levels += 1
        inner: list[Any] = []
        for container in level:
            values = container.values() if is_object(container) else container
            inner += _containers(values)
        level = inner
    return levels


def _containers(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if is_object(value) or is_list(value)]
