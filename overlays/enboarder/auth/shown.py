"""How objects show themselves that may be half built."""

from __future__ import annotations


def shown(value: object, names: tuple[str, ...]) -> str:
    """Return the `repr` of an object with those attributes that it has already.

    Error reports show objects whose constructor failed.
    """
    parts = [
        f"{name}={getattr(value, name)!r}" for name in names if hasattr(value, name)
    ]
    return f"{type(value).__name__}({', '.join(parts)})"
