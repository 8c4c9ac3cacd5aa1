# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Write path and query parameters; a ValueError names what cannot be written."""

import datetime
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from .spelling import flaw_of, is_blank
from .types import Unset, plain

IDENTITIES = frozenset(
    {
        "brand_id",
        "form_id",
        "profile_id",
        "user_id",
        "workflow_id",
    }
)
"""Path parameters that are ids, so that another spelling would be another one."""

# Longer integers are slow to write, and no parameter is one.
LONGEST = 10**20


def path(template: str, values: Mapping[str, Any]) -> str:
    """Return a path with its parameters filled in and quoted.

    A UUID is written as its text. A number is refused, as in a body: some ids begin
    with zeros that a number has lost.

    Raises:
        ValueError: A value would lead to another path.
    """
    quoted: dict[str, str] = {}
    for name, given in values.items():
        value = plain(given)
        if not _is_segment(value):
            raise ValueError(
                f"{name} must be a string that names something; got {shown(value)}"
            )
        flaw = flaw_of(value) if name in IDENTITIES else None
        if flaw:
            raise ValueError(
                f"{name} {flaw}, so it would be another id; got {shown(value)}"
            )
        quoted[name] = quote(value, safe="")
    return template.format(**quoted)


def query(values: Mapping[Any, Any]) -> dict[str, str | list[str]]:
    """Return the query parameters that are set, as text.

    A date is written as YYYY-MM-DD, a list as one parameter for each member.

    Raises:
        ValueError: A value cannot be a query parameter.
    """
    if not isinstance(values, Mapping):
        raise ValueError("params must be a mapping of names to values")
    written: dict[str, str | list[str]] = {}
    for name, value in values.items():
        if value is None or isinstance(value, Unset):
            continue
        key = _written("the name of a query parameter", name)
        if isinstance(value, (list, tuple)):
            written[key] = [_written(name, member) for member in value]
        else:
            written[key] = _written(name, value)
    return written


def shown(value: Any) -> str:
    """Return a refused value as errors show it: in short, and on one line."""
    if isinstance(value, str):
        # A repr escapes line breaks and whatever else cannot be printed.
        escaped = repr(value[:60])[1:-1]
        return f'"{escaped}"'
    if isinstance(value, float) or _is_short(value):
        return str(value)
    return f"a value of type {type(value).__name__}"


def _is_segment(value: Any) -> bool:
    if not isinstance(value, str) or not _is_unicode(value):
        return False
    return not is_blank(value) and value.strip() not in (".", "..")


def _written(name: Any, value: Any) -> str:
    value = plain(value)
    if isinstance(value, datetime.datetime):
        raise ValueError(f"{name} is a date-time; pass value.date()")
    text = _text_of(value)
    if text is None or not _is_unicode(text):
        kinds = "a string, a number, a date or a list of these"
        raise ValueError(f"{name} must be {kinds}; got {shown(value)}")
    return text


def _text_of(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and abs(value) < LONGEST:
        return str(value)
    if _is_short(value):
        return str(value)
    return None


def _is_short(value: Any) -> bool:
    return isinstance(value, int) and abs(value) < LONGEST


def _is_unicode(text: str) -> bool:
    """Return whether a text can be sent: half a character (a surrogate) cannot."""
    return text.isascii() or text.encode("utf-8", "ignore").decode() == text
