"""Check a request body without sending it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, TypeGuard

from enboarder_api.checks import Place
from enboarder_api.parameters import shown
from enboarder_api.rules import BODIES, RULES, Field
from enboarder_api.spelling import flaw_of, is_blank
from enboarder_api.types import to_json

from .errors import InvalidInput
from .sending.plan import body as planned

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
LONGEST_EMAIL = 254
LOCAL_PART = re.compile(r"""[^\s@.,:;"()<>\[\]\\]+(?:\.[^\s@.,:;"()<>\[\]\\]+)*""")
DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_](?:[\w-]*[^\W\d_])")
VALUES_OF = {"ScimEmail": "email", "ScimPhoneNumber": "mobile"}
"""What the member `value` of a SCIM object is."""


def check(
    operation: str, body: Any, *, strict: bool = False, today: date | None = None
) -> list[str]:
    """Return what is wrong with a body, as a call would, without sending anything.

    Args:
        operation: The name of the operation, such as `workflows.launch_basic`.
        body: A model, or a mapping or list with wire names.
        strict: Whether to refuse also what the API may accept: mobile numbers that
            are not in the form of E.164 (`+61400000001`), texts that are no e-mail
            address, and dates in the past.
        today: The first date that is not in the past; None for that of this machine.

    Returns:
        One sentence per problem, with the place of each. Empty when there are none.

    Raises:
        InvalidInput: The operation is unknown or takes no body, or `today` is no date.
    """
    field = _field_of(operation)
    earliest = date.today() if today is None else today
    if isinstance(earliest, datetime) or not isinstance(earliest, date):
        raise InvalidInput(f"today must be a datetime.date; got {shown(today)}")
    found: list[str] = []
    try:
        planned(operation, body)
    except InvalidInput as error:
        if not error.problems:
            # It cannot be written as JSON, so there is nothing else to look at.
            return [str(error)]
        found += error.problems
    if strict:
        found += _in_value(to_json(body), field, Place(), earliest)
    return found


def _field_of(operation: str) -> Field:
    if operation in BODIES:
        return BODIES[operation]
    close = get_close_matches(str(operation), BODIES, n=1)
    hint = f"; did you mean {close[0]}?" if close else "."
    raise InvalidInput(
        f"{shown(operation)} is not an operation that takes a body{hint} These do: "
        f"{', '.join(BODIES)}"
    )


def _in_value(value: Any, field: Field, place: Place, earliest: date) -> Iterator[str]:
    if field.items is not None and _is_list(value):
        for index, item in enumerate(value):
            yield from _in_value(item, field.items, place.item(index), earliest)
    elif field.rule and _is_object(value):
        yield from _in_object(value, field.rule, place, earliest)


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _in_object(
    members: dict[str, Any], rule: str, place: Place, earliest: date
) -> Iterator[str]:
    for wire, field in RULES[rule].fields.items():
        value = members.get(wire)
        inner = place.member(field, wire)
        if isinstance(value, str):
            yield from _in_text(value, _kind(field, rule), inner, earliest)
        else:
            yield from _in_value(value, field, inner, earliest)


def _kind(field: Field, rule: str) -> str:
    """Return `date`, the end of a readable name such as `mobile`, or nothing."""
    if field.format == "date":
        return "date"
    name = VALUES_OF.get(rule, field.name)
    for kind in ("mobile_or_email", "mobile", "email"):
        if name == kind or name.endswith(f"_{kind}"):
            return kind
    return ""


def _in_text(text: str, kind: str, place: Place, earliest: date) -> Iterator[str]:
    if is_blank(text):
        return
    wanted = None
    if kind == "mobile" and not E164.fullmatch(text):
        wanted = "a number in the form of E.164, such as +61400000001"
    elif kind == "email" and not _is_email(text):
        wanted = "an e-mail address"
    elif kind == "mobile_or_email" and not (E164.fullmatch(text) or _is_email(text)):
        wanted = "an e-mail address, or a number in the form of E.164"
    elif kind == "date" and _is_before(text, earliest):
        wanted = f"{earliest.isoformat()} or later"
    if wanted is not None:
        yield f"{place} must be {wanted}; got {shown(text)}"


def _is_email(text: str) -> bool:
    if len(text) > LONGEST_EMAIL or flaw_of(text):
        return False
    local, _, domain = text.rpartition("@")
    return bool(LOCAL_PART.fullmatch(local)) and bool(DOMAIN.fullmatch(domain))


def _is_before(text: str, earliest: date) -> bool:
    try:
        return date.fromisoformat(text) < earliest
    except ValueError:
        # That it is no date is reported already.
        return False
