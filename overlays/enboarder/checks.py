"""Checks of input before anything is sent; each raises InputInvalid with the name of what is wrong."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from enboarder_api.types import Unset, to_json

from .errors import InputInvalid


def body(operation: str, value: Any, named: list[str]) -> tuple[list[str], bytes]:
    """A request body (a model, a mapping with wire names, or a list of those), as it is sent.

    Returns the external ids in it, or what the path `named`, and the JSON.
    """
    from enboarder_api.checks import external_ids, faults  # reads do without the rules

    wire = to_json(value)
    found = faults(operation, wire)
    if found:
        told = [f"{operation}: nothing was sent, because of {len(found)} fault(s) in the body:", *found]
        raise InputInvalid("\n  - ".join(told), faults=tuple(found))
    content = json.dumps(wire, ensure_ascii=False, separators=(",", ":"))
    try:
        return external_ids(operation, wire) or named, content.encode()
    except UnicodeEncodeError:
        raise InputInvalid(
            f"{operation}: nothing was sent, because a text holds half a character (a surrogate)"
        ) from None


def has_body(operation: str) -> bool:
    """Whether the contract has a body for the operation."""
    from enboarder_api.rules import BODIES

    return operation in BODIES


def path(operation: str, template: str, values: Mapping[str, Any]) -> str:
    """The path with its parameters filled in and quoted; refuses those that would name another path."""
    for name, value in values.items():
        if not isinstance(value, str) or value.strip() in ("", ".", ".."):
            raise InputInvalid(
                f"{operation}: nothing was sent, because {name} must be a string that names something, not {value!r}"
            )
    return template.format(**{name: quote(value, safe="") for name, value in values.items()})


def query(operation: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The query parameters that are set, dates as YYYY-MM-DD."""
    found = {
        name: to_json(value) for name, value in values.items() if value is not None and not isinstance(value, Unset)
    }
    for name, value in found.items():
        if isinstance(value, datetime.datetime):
            raise InputInvalid(f"{operation}: nothing was sent, because {name} is a date-time; pass value.date()")
    return found


def seconds(name: str, value: Any) -> float:
    """A positive number of seconds."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < float("inf"):
        raise InputInvalid(f"{name} must be a positive number of seconds, not {value!r}")
    return value
