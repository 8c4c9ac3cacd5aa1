"""The fields of a body that a column can fill, by the names that mappings use."""

from __future__ import annotations

import re
from enum import StrEnum

from attrs import frozen

from enboarder_api.rules import BODIES, RULES, Field, Rule
from enboarder_api.spelling import same_letters

from .nearest import nearest

BASIC = "workflows.launch_basic"
ADVANCED = "workflows.launch_advanced"
UPDATE = "workflows.update"
CANCEL = "workflows.cancel"
LAUNCHES = (BASIC, ADVANCED)
SELECTED = "SELECTED"
"""The mode of a cancellation that custom fields choose the workflow for."""

CUSTOM_FIELD = re.compile(r"(?:custom_?fields)\[(.+)\]", re.IGNORECASE)
MANAGER = re.compile(r"managers\[(.+)\]\.(\w+)", re.IGNORECASE)


class Content(StrEnum):
    """What a field holds, as far as it decides how a cell is read."""

    TEXT = "text"
    """One line of text."""
    PROSE = "prose"
    """Any text, of any number of lines."""
    NAME = "name"
    """A full name."""
    IDENTITY = "identity"
    DATE = "date"
    EMAIL = "email"
    MOBILE = "mobile"
    MOBILE_OR_EMAIL = "mobile_or_email"
    CHANNEL = "channel"
    CHOICE = "choice"
    INTEGER = "integer"


@frozen
class Target:
    """A field of a body."""

    name: str
    """Its readable name in mappings, such as `managers[Direct Manager].email`."""
    wire: str
    """The wire name of the member."""
    content: Content
    values: tuple[str, ...] = ()
    """The possible values, if all of them are known."""
    custom_field: str | None = None
    """The label, if it is a custom field."""
    manager: str | None = None
    """The label, if it is a field of a manager."""


def rule_of(operation: str) -> Rule:
    """Return what the body of an operation must contain."""
    return RULES[BODIES[operation].rule or ""]


def target_of(text: str, operation: str) -> Target | None:
    """Return the field that a mapping names; None if the operation has none."""
    rule = rule_of(operation)
    custom_field = CUSTOM_FIELD.fullmatch(text)
    if custom_field and "customfields" in rule.fields:
        label = custom_field[1].strip()
        name = f"custom_fields[{label}]"
        return Target(name, "value", Content.PROSE, custom_field=label)
    manager = MANAGER.fullmatch(text)
    if manager and "managers" in rule.fields:
        return _manager_target(manager[1].strip(), manager[2])
    return _plain_target(text, rule)


def suggestion_for(text: str, operation: str) -> str:
    """Return what to write instead of a field that the operation does not have."""
    rule = rule_of(operation)
    if "managers" in rule.fields and text.startswith(("manager_", "mgr")):
        # An advanced launch, which has no single manager.
        return "write managers[LABEL].name, .email or .mobile, with the manager's label"
    if text.startswith("managers["):
        return f"map it to manager_name and so on, or use operation = {ADVANCED!r}"
    names = [field.name for field in rule.fields.values() if _is_plain(field)]
    close = nearest(text, names)
    if close is not None:
        return f"did you mean {close!r}?"
    return f"the fields are {', '.join(names)}, and custom_fields[LABEL]"


def _plain_target(text: str, rule: Rule) -> Target | None:
    found = _member(text, rule)
    if found is None:
        return None
    wire, field = found
    return Target(field.name, wire, content_of(field), field.values)


def _manager_target(label: str, text: str) -> Target | None:
    found = _member(text, RULES["Manager"])
    # The label is what the mapping names the manager by.
    if found is None or found[0] == "mgrlbl":
        return None
    wire, field = found
    name = f"managers[{label}].{field.name}"
    return Target(name, wire, content_of(field), manager=label)


def _member(text: str, rule: Rule) -> tuple[str, Field] | None:
    letters = same_letters(text)
    for wire, field in rule.fields.items():
        names = (same_letters(wire), same_letters(field.name))
        if letters in names and _is_plain(field):
            return wire, field
    return None


def _is_plain(field: Field) -> bool:
    return field.type not in ("array", "object")


def content_of(field: Field) -> Content:
    """Return what a field holds; what the contract does not say, its name does."""
    if field.format == "date":
        return Content.DATE
    if field.type == "integer":
        return Content.INTEGER
    if field.values:
        return Content.CHOICE
    if field.identity:
        return Content.IDENTITY
    return _content_by_name(field.name)


def _content_by_name(name: str) -> Content:
    if name.endswith("mobile_or_email"):
        return Content.MOBILE_OR_EMAIL
    # Parts of a name hold less than a name: "Na" is a family.
    if name.endswith(("first_name", "last_name")):
        return Content.TEXT
    last = name.rpartition("_")[2]
    by_last_word = {
        "email": Content.EMAIL,
        "mobile": Content.MOBILE,
        "channel": Content.CHANNEL,
        "comments": Content.PROSE,
        "name": Content.NAME,
    }
    return by_last_word.get(last, Content.TEXT)
