"""Checks of input before anything is sent; each raises InputInvalid with the name of what is wrong."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any, cast
from urllib.parse import quote

from enboarder_api.types import Unset, to_json

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


def path(operation: str, template: str, values: Mapping[str, Any]) -> str:
    """The path with its parameters filled in and quoted; refuses those that would name another path."""
    for name, value in values.items():
        if not isinstance(value, str) or value.strip() in ("", ".", "..") or not _is_unicode(value):
            told = f"{name} must be a string that names something, not {_shown(value)}"
            raise InputInvalid(f"{operation}: {NOTHING_SENT} {told}")
    return template.format(**{name: quote(value, safe="") for name, value in values.items()})


def query(operation: str, values: Mapping[Any, Any]) -> dict[str, str | list[str]]:
    """The query parameters that are set, as text: dates as YYYY-MM-DD, a list as one parameter for each member."""
    if not isinstance(cast(object, values), Mapping):
        raise InputInvalid(f"{operation}: {NOTHING_SENT} params must be a mapping of names to values")
    return {
        _written(operation, "a query parameter's name", name): (
            [_written(operation, name, member) for member in cast(list[Any], value)]
            if isinstance(value, (list, tuple))
            else _written(operation, name, value)
        )
        for name, value in values.items()
        if value is not None and not isinstance(value, Unset)
    }


def _written(operation: str, name: Any, value: Any) -> str:
    value = value.value if isinstance(value, Enum) else value
    if isinstance(value, datetime.datetime):
        raise InputInvalid(f"{operation}: {NOTHING_SENT} {name} is a date-time; pass value.date()")
    text = value.isoformat() if isinstance(value, datetime.date) else value
    if isinstance(text, (bool, int, float)) and abs(text) < 10**20:
        text = str(text).lower() if isinstance(text, bool) else str(text)
    if not isinstance(text, str) or not _is_unicode(text):
        told = f"{name} must be a text, a number, a date or a list of these, not {_shown(value)}"
        raise InputInvalid(f"{operation}: {NOTHING_SENT} {told}")
    return text


def _is_unicode(text: str) -> bool:
    """Whether it can be sent: half a character (a surrogate) cannot."""
    return text.isascii() or text.encode("utf-8", "ignore").decode() == text


def _shown(value: Any) -> str:
    return repr(value)[:60] if isinstance(value, str) else type(value).__name__


def seconds(name: str, value: Any) -> float:
    """A positive number of seconds, at most a day."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 86400:
        raise InputInvalid(f"{name} must be a positive number of seconds, at most a day, not {_shown(value)}")
    return value
