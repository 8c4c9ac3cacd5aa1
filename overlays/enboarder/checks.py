"""Checks of input before anything is sent; each raises InputInvalid with the name of what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from enboarder_api import parameters
from enboarder_api.types import to_json

from .errors import InputInvalid

NOTHING_SENT = "nothing was sent, because"


def body(operation: str, value: Any, named: list[str]) -> tuple[list[str], bytes]:
    """A request body (a model, a mapping with wire names, or a list of those), as it is sent.

    Returns the external ids in it, or what the path `named`, and the JSON.
    """
    from enboarder_api.checks import external_ids, faults  # reads do without the rules

    try:
        wire = to_json(value)
        found = faults(operation, wire)
        content = b"" if found else json.dumps(wire, ensure_ascii=False, separators=(",", ":")).encode()
    except (ValueError, RecursionError) as error:
        raise InputInvalid(f"{operation}: {NOTHING_SENT} the body cannot be written as JSON: {error}") from None
    if found:
        told = [f"{operation}: {NOTHING_SENT} of {len(found)} fault(s) in the body:", *found]
        raise InputInvalid("\n  - ".join(told), faults=tuple(found))
    return external_ids(operation, wire) or named, content


def target(operation: str, template: str, path: Mapping[str, Any], query: Mapping[str, Any]) -> tuple[str, Any]:
    """The path with its parameters filled in, and the query parameters that are set, as text."""
    try:
        return parameters.path(template, path), parameters.query(query)
    except ValueError as error:
        raise InputInvalid(f"{operation}: {NOTHING_SENT} {error}") from None


def seconds(name: str, value: Any) -> float:
    """A positive number of seconds, at most a day."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 86400:
        told = f"{name} must be a number of seconds, above 0 and at most a day"
        raise InputInvalid(f"{told}, not {parameters.shown(value)}")
    return value
