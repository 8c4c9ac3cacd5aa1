"""What JSON Schema lacks and the contract states beside it: `x-required`, `x-required-any`, and that blank is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import create  # pyright: ignore[reportUnknownVariableType] (the stubs leave a parameter untyped)


def members(value: Any) -> dict[str, Any]:
    """The members of a JSON object; anything else has none."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Whether a value is a JSON array."""
    return isinstance(value, list)


def is_blank(value: Any) -> bool:
    """Whether a value says no more than one that is missing."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def _required(_: Any, names: Any, value: Any, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    if isinstance(value, dict):
        for name in names:
            if is_blank(members(value).get(name)):
                yield ValidationError(f"{name!r} is required")


def _required_any(_: Any, groups: Any, value: Any, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    if isinstance(value, dict):
        for group in groups:
            if all(is_blank(members(value).get(name)) for name in group):
                yield ValidationError(f"one of {', '.join(map(repr, group))} is required")


RequestValidator = create(
    meta_schema=Draft202012Validator.META_SCHEMA,
    validators={
        **Draft202012Validator.VALIDATORS,
        "required": _required,
        "x-required": _required,
        "x-required-any": _required_any,
    },
    type_checker=Draft202012Validator.TYPE_CHECKER,
)
"""Checks what the mock receives; what it sends is checked by plain JSON Schema."""
