"""Compare the columns of a report with those of its last export."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from attrs import frozen

from .columns import ColumnType
from .errors import SchemaDrift
from .schema import Schema


class DriftPolicy(StrEnum):
    """What happens when columns change."""

    FAIL = "fail"
    """The export stops with SchemaDrift, before it replaces a file."""
    ADD = "add"
    """New columns are exported, too."""
    IGNORE = "ignore"
    """The columns of the last export are exported; the others are counted."""


class ChangeKind(StrEnum):
    """How a column changed."""

    ADDED = "added"
    REMOVED = "removed"
    RETYPED = "retyped"


@frozen
class Change:
    """One change of a column."""

    kind: ChangeKind
    column: str
    before: ColumnType | None = None
    """Its type in the last export; None for a new column."""
    after: ColumnType | None = None
    """Its type now; None for a column that is gone."""

    def __str__(self) -> str:
        if self.kind is ChangeKind.ADDED:
            return f"the column {self.column!r} is new ({self.after})"
        if self.kind is ChangeKind.REMOVED:
            return f"the column {self.column!r} is gone ({self.before})"
        return f"the column {self.column!r} was {self.before}, and is {self.after}"


def changes(before: Schema, after: Schema) -> tuple[Change, ...]:
    """Return what changed in the columns that properties list.

    Columns that were only found in rows are not gone when nothing lists them.
    """
    old = {column.name: column for column in before.columns}
    new = {column.name: column for column in after.columns}
    found: list[Change] = []
    for name, column in old.items():
        now = new.get(name)
        if now is not None and now.type is not column.type:
            found.append(Change(ChangeKind.RETYPED, name, column.type, now.type))
        if now is None and column.is_listed:
            found.append(Change(ChangeKind.REMOVED, name, column.type))
    for name, column in new.items():
        if name not in old:
            found.append(Change(ChangeKind.ADDED, name, None, column.type))
    return tuple(found)


def refuse(schema: Schema, found: Sequence[object]) -> SchemaDrift:
    """Return the error of a policy that allows no change."""
    told = tuple(str(change) for change in found)
    counted = "1 change" if len(told) == 1 else f"{len(told)} changes"
    lines = [
        f"{schema.report}: the columns are not those of the last export, {counted}:",
        *told,
    ]
    text = "\n  - ".join(lines)
    return SchemaDrift(
        f"{text}\nThe files of the last export are unchanged. Export with on_drift "
        f'"{DriftPolicy.ADD}" to take the new columns, or "{DriftPolicy.IGNORE}" to '
        "keep the old ones",
        changes=told,
    )
