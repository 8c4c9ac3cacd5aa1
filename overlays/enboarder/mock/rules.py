"""What JSON Schema lacks and the contract states beside it: `x-required`, `x-required-any`, and that blank is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend


def is_blank(value: Any) -> bool:
    """Whether a value says no more than one that is missing."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def _required(_: Any, names: Any, value: Any, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    if isinstance(value, dict):
        for name in names:
            if is_blank(value.get(name)):
                yield ValidationError(f"{name!r} is required")


def _required_any(_: Any, groups: Any, value: Any, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    if isinstance(value, dict):
        for group in groups:
            if all(is_blank(value.get(name)) for name in group):
                yield ValidationError(f"one of {', '.join(map(repr, group))} is required")


RequestValidator: type[Draft202012Validator] = extend(
    Draft202012Validator, {"required": _required, "x-required": _required, "x-required-any": _required_any}
)
"""Checks what the mock receives; what it sends is checked by plain JSON Schema."""
