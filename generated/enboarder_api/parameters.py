# Generated from openapi/enboarder.yaml (contract 0.1.0) by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""How path and query parameters are written; ValueError names what cannot be."""

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import Any, cast
from urllib.parse import quote

from .types import Unset


def path(template: str, values: Mapping[str, Any]) -> str:
    """The path with its parameters filled in and quoted; refuses those that would name another path."""
    for name, value in values.items():
        if not isinstance(value, str) or value.strip() in ("", ".", "..") or not _is_unicode(value):
            raise ValueError(f"{name} must be a string that names something, not {shown(value)}")
    return template.format(**{name: quote(value, safe="") for name, value in values.items()})


def query(values: Mapping[Any, Any]) -> dict[str, str | list[str]]:
    """The query parameters that are set, as text: dates as YYYY-MM-DD, a list as one parameter for each member."""
    if not isinstance(cast(object, values), Mapping):
        raise ValueError("params must be a mapping of names to values")
    return {
        _written("a query parameter's name", name): (
            [_written(name, member) for member in cast(list[Any], value)]
            if isinstance(value, (list, tuple))
            else _written(name, value)
        )
        for name, value in values.items()
        if value is not None and not isinstance(value, Unset)
    }


def _written(name: Any, value: Any) -> str:
    value = value.value if isinstance(value, Enum) else value
    if isinstance(value, datetime.datetime):
        raise ValueError(f"{name} is a date-time; pass value.date()")
    text = value.isoformat() if isinstance(value, datetime.date) else value
    if isinstance(text, (bool, int, float)) and abs(text) < 10**20:
        text = str(text).lower() if isinstance(text, bool) else str(text)
    if not isinstance(text, str) or not _is_unicode(text):
        raise ValueError(f"{name} must be a text, a number, a date or a list of these, not {shown(value)}")
    return text


def _is_unicode(text: str) -> bool:
    """Whether it can be sent: half a character (a surrogate) cannot."""
    return text.isascii() or text.encode("utf-8", "ignore").decode() == text


def shown(value: Any) -> str:
    """A value that was refused, as errors show it."""
    plain = isinstance(value, (str, float)) or (isinstance(value, int) and abs(value) < 10**20)
    return repr(value)[:60] if plain else type(value).__name__
