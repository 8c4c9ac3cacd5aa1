# Generated from openapi/enboarder.yaml (contract 0.1.0) by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Check a request body by its rules."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .rules import BODIES, RULES, Field

TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
NAMES = {"integer": "an integer", "array": "a list", "object": "a model or a mapping"}
DATE_TIME = "is a date-time, but the API takes dates; pass value.date()"


def faults(operation: str, body: Any) -> list[str]:
    """Everything that is wrong with a body of JSON values, one sentence a fault, each with the readable and the wire name.

    `operation` is `workflows.launch_basic`, or like `POST /path` where the contract has none; raises ValueError for another.
    """
    if operation not in BODIES and " /" not in operation:
        raise ValueError(f"no operation {operation!r} takes a body; these do: {', '.join(BODIES)}")
    return list(_of_value(body, BODIES.get(operation, Field("", "any")), "")) or list(_not_json(body, "the body"))


def external_ids(operation: str, body: Any) -> list[str]:
    """The ids by which the service knows what a body is about, for whoever has to look it up."""
    field = BODIES.get(operation, Field("", "any"))
    rule = RULES.get((field.items or field).rule or "")
    wire = next((wire for wire, spec in rule.fields.items() if spec.name == "external_id"), "") if rule else ""
    bodies = body if isinstance(body, list) else [body]
    return [str(one[wire]) for one in bodies if isinstance(one, dict) and one.get(wire)]


def _of_value(value: Any, field: Field, place: str) -> Iterator[str]:
    kinds = TYPES.get(field.type)
    if value is None:
        if not field.nullable:
            yield f"{place} is null; leave it out instead" if place else "the body is missing"
    elif field.format == "date":
        yield from _of_date(value, place)
    elif kinds and (not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds)):
        wanted = NAMES.get(field.type, f"a {field.type}")
        members = f" of {field.items.rule} ([...])" if field.items and field.items.rule else ""
        yield f"{place or 'the body'} must be {wanted}{members}, not {type(value).__name__}"
    elif field.values and value not in field.values:
        yield f"{place} must be one of {', '.join(field.values)}; {str(value)!r} is none"
    elif value == [] and not place:
        yield "the body is an empty list"
    elif field.items and isinstance(value, list):
        for index, member in enumerate(value):
            name, space, wire = place.partition(" ")  # custom_fields (customfields): the index belongs to the name
            yield from _of_value(member, field.items, f"{name}[{index}]{space}{wire}")
    elif field.rule and isinstance(value, Mapping):
        yield from _of_object(value, field, place)


def _of_date(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, datetime.datetime):
        yield f"{place} {DATE_TIME}"
        return
    try:
        if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII)):
            raise ValueError
        datetime.date.fromisoformat(value)
    except ValueError:
        yield f"{place} must be a date, YYYY-MM-DD, or a datetime.date; {value!r} is none"


def _of_object(value: Mapping[str, Any], field: Field, place: str) -> Iterator[str]:
    rule = RULES[field.rule or ""]
    known = {_plain(name): wire for wire, spec in rule.fields.items() for name in (wire, spec.name)}

    def named(wire: str) -> str:
        name = rule.fields[wire].name
        full = f"{place.partition(' ')[0]}.{name}".lstrip(".")
        return full if name == wire else f"{full} ({wire})"

    required = {*rule.required, *field.required}
    for wire in rule.fields:
        if wire in required and _is_blank(value.get(wire)):
            yield f"{named(wire)} is required"
    for group in (*rule.any_of, *field.any_of):
        if all(_is_blank(value.get(wire)) for wire in group):
            yield f"at least one of {', '.join(named(wire) for wire in group)} is required"
    for key, member in value.items():
        if key in rule.fields:
            if rule.fields[key].name == "external_id" and key not in required and _is_blank(member):
                yield f"{named(key)} is blank; leave it out, or give the id by which you know it"
            elif not (key in required and _is_blank(member)):
                yield from _of_value(member, rule.fields[key], named(key))
        elif slip := known.get(_plain(key)):
            yield f"{named(slip)}: a mapping takes wire names; write {slip!r} instead of {key!r}"


def _plain(name: Any) -> str:
    """A name without case, blanks and underscores: what differs in these only is a slip, which would be lost silently."""
    return re.sub(r"[\s_-]", "", str(name)).lower()


def _is_blank(value: Any) -> bool:
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())


def _not_json(value: Any, place: str) -> Iterator[str]:
    """What JSON cannot hold, among members that no rule knows."""
    if isinstance(value, dict):
        for key, member in value.items():
            if not isinstance(key, str):
                yield f"{place}: a key is a {type(key).__name__}; JSON knows strings only"
            yield from _not_json(member, f"{place}.{key}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _not_json(member, f"{place}[{index}]")
    elif isinstance(value, datetime.datetime):
        yield f"{place} {DATE_TIME}"
    elif isinstance(value, float) and value - value != 0:
        yield f"{place} is not a finite number"
    elif isinstance(value, str):
        if not value.isascii() and re.search("[\ud800-\udfff]", value):
            yield f"{place} holds half a character (a lone surrogate)"
    elif value is not None and not isinstance(value, (int, float)):
        yield f"{place} is a {type(value).__name__}, which JSON cannot hold"
