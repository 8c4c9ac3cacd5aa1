"""The columns of a report, and which member of a row belongs to which of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from attrs import frozen


class ColumnType(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    EMAIL = "email"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    """A list of texts."""
    FILE = "file"
    """What names a file, as the service sends it; the file is not downloaded."""


_WORDS: Mapping[ColumnType, tuple[str, ...]] = {
    ColumnType.TEXT: ("text", "string", "textarea", "phone", "mobile"),
    ColumnType.EMAIL: ("email",),
    ColumnType.DATE: ("date",),
    ColumnType.NUMBER: ("number", "numeric", "integer", "decimal"),
    ColumnType.CHOICE: ("dropdown", "radio", "select", "choice"),
    ColumnType.CHOICES: ("multiselect", "checkbox", "checkboxes", "choices"),
    ColumnType.FILE: ("file", "upload", "attachment", "image"),
}
# Only `text`, `email` and `dropdown` are documented; the others are guesses, and a word
# that is not here is text.
KNOWN_TYPES = {word: kind for kind, words in _WORDS.items() for word in words}


class Treatment(StrEnum):
    """What an export does with a column."""

    KEPT = "kept"
    HASHED = "hashed"
    LEFT_OUT = "left out"


UNFIT = "_unfit"
"""The column of values that do not fit their column or have none, as JSON."""


@frozen
class Column:
    """One column of a report."""

    name: str
    """Its name in files and tables: the field's name or id, whatever its order."""
    label: str = ""
    """What people read beside the field."""
    type: ColumnType = ColumnType.TEXT
    field_id: str = ""
    """The id of the field, if the service gives one."""
    data_type: str = ""
    """The service's own word for the type; empty if it gives none."""
    is_listed: bool = True
    """Whether the properties of the report list it; the others are found in rows."""
    treatment: Treatment = Treatment.KEPT
    """What the export does with its values."""


def type_named(word: str) -> ColumnType | None:
    """Return the type that a word of the service means; None if it is not known."""
    return KNOWN_TYPES.get(word.strip().lower().replace("-", "").replace("_", ""))


def bind(
    columns: Sequence[Column], members: Iterable[str]
) -> tuple[tuple[Column, ...], dict[str, str]]:
    """Return columns for all members of rows, and the member of each column by name.

    The documentation does not say whether rows have names, ids or labels. A member
    belongs to the column with that name, or else with that id, or else with that
    label if no other column has it. What belongs to none becomes a column of text.

    Args:
        columns: those that are known.
        members: every member that was seen in a row, in the order of appearance.
    """
    left = dict.fromkeys(members)
    found: dict[str, str] = {}
    for keys in _candidates(columns):
        for name, key in keys.items():
            if name not in found and key in left:
                found[name] = key
                del left[key]
    names = {UNFIT, *(column.name for column in columns)}
    added: list[Column] = []
    for member in left:
        name = _free_name(member, names)
        names.add(name)
        found[name] = member
        added.append(Column(name, is_listed=False))
    return (*columns, *added), found


def aliases(columns: Sequence[Column]) -> dict[str, str]:
    """Return the name of the column that each name, id or single label means."""
    found: dict[str, str] = {}
    for keys in _candidates(columns):
        for name, key in keys.items():
            found.setdefault(key, name)
    return found


def _free_name(member: str, names: set[str]) -> str:
    """Return the name of a member's own column, as UTF-8 can hold it."""
    name = member.encode(errors="backslashreplace").decode()
    while name in names:
        name += "_"
    return name


def _candidates(columns: Sequence[Column]) -> list[dict[str, str]]:
    """Return what may name a column, by the column's name, the surest first."""
    times = Counter(column.label for column in columns)
    names = {column.name: column.name for column in columns}
    ids = {column.name: column.field_id for column in columns if column.field_id}
    labels = {
        column.name: column.label
        for column in columns
        if column.label and times[column.label] == 1
    }
    return [names, ids, labels]
