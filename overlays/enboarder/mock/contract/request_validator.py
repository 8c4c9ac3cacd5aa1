"""A JSON Schema validator for requests, with the contract's own keywords.

The contract adds `x-required` and `x-required-any`, and a blank value counts as
missing. Plain JSON Schema checks the replies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import create  # pyright: ignore[reportUnknownVariableType]

from ..json_values import is_blank, is_object


def _check_required(
    _validator: Any, names: Sequence[str], value: Any, _schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    if not is_object(value):
        return
    for name in names:
        if is_blank(value.get(name)):
            yield ValidationError(f"{name!r} is required")


def _check_required_any(
    _validator: Any,
    groups: Sequence[Sequence[str]],
    value: Any,
    _schema: Mapping[str, Any],
) -> Iterator[ValidationError]:
    if not is_object(value):
        return
    for group in groups:
        if all(is_blank(value.get(name)) for name in group):
            names = ", ".join(repr(name) for name in group)
            yield ValidationError(f"one of {names} is required")


RequestValidator = create(
    meta_schema=Draft202012Validator.META_SCHEMA,
    validators={
        **Draft202012Validator.VALIDATORS,
        "required": _check_required,
        "x-required": _check_required,
        "x-required-any": _check_required_any,
    },
    type_checker=Draft202012Validator.TYPE_CHECKER,
)
"""The validator class for requests to the mock."""
