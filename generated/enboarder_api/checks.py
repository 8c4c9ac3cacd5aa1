# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Check a request body by its rules."""

import datetime
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from .parameters import shown
from .rules import BODIES, RULES, Field, Rule
from .spelling import flaw_of, is_blank, same_letters
from .types import is_missing

TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
TYPE_NAMES: Mapping[str, str] = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "a boolean",
    "array": "a list",
    "object": "a model or a mapping",
}
ANY_BODY = Field("", "any")
IS_DATE_TIME = "is a date-time, but the API takes dates; pass value.date()"


def problems(operation: str, body: Any) -> list[str]:
    """Return everything that is wrong with a body of JSON values.

    There is one sentence per problem, with the readable name and the wire name.

    Args:
        operation: The operation's name, such as `workflows.launch_basic`, or a method
            and a path, such as `POST /path`, if the contract does not have it.
        body: What would be sent.

    Raises:
        ValueError: The operation is unknown, or takes no body.
    """
    if operation not in BODIES and " /" not in operation:
        text = f"{shown(operation)} is not an operation that takes a body"
        raise ValueError(f"{text}; these do: {', '.join(BODIES)}")
    field = BODIES.get(operation, ANY_BODY)
    found = list(_in_value(body, field, Place()))
    if found:
        return found
    return list(_not_json(body, "the body"))


def external_ids(operation: str, body: Any) -> list[str]:
    """Return the ids by which the service knows what a body is about."""
    field = BODIES.get(operation, ANY_BODY)
    rule = RULES.get((field.items or field).rule or "")
    wire = _external_id(rule) if rule else None
    if wire is None:
        return []
    bodies = body if isinstance(body, list) else [body]
    return [
        str(member[wire])
        for member in bodies
        if isinstance(member, dict) and member.get(wire)
    ]


class Place(NamedTuple):
    """Where a value is in a body."""

    path: str = ""
    """The readable names that lead to it; empty for the body itself."""
    wire: str = ""
    """Its wire name, if that is not the readable one."""

    def __str__(self) -> str:
        if not self.path:
            return "the body"
        if not self.wire:
            return self.path
        return f"{self.path} ({self.wire})"

    def member(self, field: Field, wire: str) -> "Place":
        """Return the place of a member of this object."""
        path = f"{self.path}.{field.name}" if self.path else field.name
        return Place(path, "" if field.name == wire else wire)

    def item(self, index: int) -> "Place":
        """Return the place of an item of this list."""
        return Place(f"{self.path}[{index}]", self.wire)


def _external_id(rule: Rule) -> str | None:
    for wire, field in rule.fields.items():
        if field.name == "external_id":
            return wire
    return None


def _in_value(value: Any, field: Field, place: Place) -> Iterator[str]:
    if value is None:
        yield from _in_null(field, place)
    elif is_missing(value):
        yield f"{place} {_missing_value(value)}"
    elif field.format == "date":
        yield from _in_date(value, place)
    elif not _has_type(value, field.type):
        yield _wrong_type(value, field, place)
    elif field.values and value not in field.values:
        yield f"{place} is not one of {', '.join(field.values)}; got {shown(value)}"
    elif field.identity:
        yield from _in_identity(value, place)
    elif isinstance(value, list):
        yield from _in_list(value, field, place)
    elif field.rule:
        yield from _in_object(value, field, RULES[field.rule], place)


def _in_null(field: Field, place: Place) -> Iterator[str]:
    if field.nullable:
        return
    if place.path:
        yield f"{place} is null; leave it out instead"
    else:
        yield "the body is missing"


def _missing_value(value: Any) -> str:
    kind = type(value).__name__
    return f"is a missing value ({kind}); leave it out instead"


def _in_identity(value: str, place: Place) -> Iterator[str]:
    if is_blank(value):
        yield f"{place} is blank; leave it out, or give the id by which you know it"
        return
    flaw = flaw_of(value)
    if flaw:
        yield f"{place} {flaw}, so it would be another id; got {shown(value)}"


def _in_date(value: Any, place: Place) -> Iterator[str]:
    if isinstance(value, datetime.datetime):
        yield f"{place} {IS_DATE_TIME}"
    elif not _is_date(value):
        wanted = "a date, YYYY-MM-DD, or a datetime.date"
        yield f"{place} must be {wanted}; got {shown(value)}"


def _is_date(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _has_type(value: Any, name: str) -> bool:
    types = TYPES.get(name)
    if types is None:
        return True
    # To Python, True is an integer; to JSON, it is not.
    if isinstance(value, bool):
        return bool in types
    return isinstance(value, types)


def _wrong_type(value: Any, field: Field, place: Place) -> str:
    wanted = TYPE_NAMES[field.type]
    if field.items and field.items.rule:
        wanted = f"{wanted} of {field.items.rule}"
    return f"{place} must be {wanted}, not {type(value).__name__}"


def _in_list(values: list[Any], field: Field, place: Place) -> Iterator[str]:
    if not values and not place.path:
        yield "the body is an empty list"
    elif len(values) < field.fewest:
        yield f"{place} has {len(values)} items, and needs at least {field.fewest}"
    if field.items is None:
        return
    for index, value in enumerate(values):
        yield from _in_value(value, field.items, place.item(index))


def _in_object(
    members: Mapping[str, Any], field: Field, rule: Rule, place: Place
) -> Iterator[str]:
    required = {*rule.required, *field.required}
    misspelt = _misspelt(members, rule)
    yield from _in_names(misspelt, rule, place)
    # A member that only has another name is not missing as well.
    found = {**{wire: name for name, wire in misspelt.items()}, **members}
    yield from _missing(found, required, rule, place)
    yield from _missing_groups(found, (*rule.any_of, *field.any_of), rule, place)
    for wire, value in members.items():
        is_reported = wire in required and _is_blank(value)
        if wire in rule.fields and not is_reported:
            yield from _in_value(
                value, rule.fields[wire], place.member(rule.fields[wire], wire)
            )


def _missing(
    members: Mapping[str, Any], required: set[str], rule: Rule, place: Place
) -> Iterator[str]:
    for wire, field in rule.fields.items():
        if wire in required and _is_blank(members.get(wire)):
            yield f"{place.member(field, wire)} is required"


def _missing_groups(
    members: Mapping[str, Any],
    groups: Iterable[tuple[str, ...]],
    rule: Rule,
    place: Place,
) -> Iterator[str]:
    for group in groups:
        if all(_is_blank(members.get(wire)) for wire in group):
            names = [str(place.member(rule.fields[wire], wire)) for wire in group]
            yield f"at least one of {', '.join(names)} is required"


def _misspelt(members: Mapping[str, Any], rule: Rule) -> dict[str, str]:
    """Return the wire name of each member that is given by another name."""
    unknown = [name for name in members if name not in rule.fields]
    if not unknown:
        return {}
    by_letters: dict[str, str] = {}
    for wire, field in rule.fields.items():
        by_letters.setdefault(same_letters(wire), wire)
        by_letters.setdefault(same_letters(field.name), wire)
    meant = {name: by_letters.get(same_letters(str(name))) for name in unknown}
    return {name: wire for name, wire in meant.items() if wire is not None}


def _in_names(misspelt: Mapping[str, str], rule: Rule, place: Place) -> Iterator[str]:
    """Report members by other names: they would be lost without a word."""
    if not misspelt:
        return
    where = place
    if len(misspelt) == 1:
        (wire,) = misspelt.values()
        where = place.member(rule.fields[wire], wire)
    hints = [
        f"{shown(wire)} instead of {shown(name)}" for name, wire in misspelt.items()
    ]
    yield f"{where}: a mapping takes wire names; write {', '.join(hints)}"


def _is_blank(value: Any) -> bool:
    if isinstance(value, str):
        return is_blank(value)
    if isinstance(value, (list, dict)):
        return not value
    return value is None


def _not_json(value: Any, place: str) -> Iterator[str]:
    """Find what JSON cannot represent, among members that no rule knows."""
    if isinstance(value, dict):
        yield from _not_json_members(value, place)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _not_json(member, f"{place}[{index}]")
    else:
        yield from _not_json_scalar(value, place)


def _not_json_members(members: dict[Any, Any], place: str) -> Iterator[str]:
    for key, value in members.items():
        if not isinstance(key, str):
            kind = type(key).__name__
            yield f"{place} has a key of type {kind}; the keys of JSON are strings"
        yield from _not_json(value, f"{place}.{key}")


def _not_json_scalar(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, float):
        if not math.isfinite(value):
            yield f"{place} is not a finite number"
    elif is_missing(value):
        yield f"{place} {_missing_value(value)}"
    elif isinstance(value, datetime.datetime):
        yield f"{place} {IS_DATE_TIME}"
    elif isinstance(value, str):
        if not value.isascii() and re.search("[\ud800-\udfff]", value):
            yield f"{place} contains a lone surrogate, which is half a character"
    elif value is not None and not isinstance(value, int):
        kind = type(value).__name__
        yield f"{place} is of type {kind}, which JSON cannot represent"
