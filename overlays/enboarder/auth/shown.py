"""The `repr` of objects whose constructor may have failed."""

from __future__ import annotations


def shown(value: object, names: tuple[str, ...]) -> str:
    """Return the `repr` of an object, with the attributes that are already set.

    Error reports show even an object whose constructor failed.
    """
    parts = [
        f"{name}={getattr(value, name)!r}" for name in names if hasattr(value, name)
    ]
    return f"{type(value).__name__}({', '.join(parts)})"
