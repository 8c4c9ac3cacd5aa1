"""The columns of an export while it runs: known ones, new ones, and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from .arrow import Misfits
from .columns import UNFIT, Column, bind
from .drift import Change, DriftPolicy, changes, refuse
from .errors import SchemaDrift
from .files.formats import Layout
from .grid import MemberWatch
from .schema import Schema
from .selection import Selection

MOST_COLUMNS = 5_000
"""Members of rows that become columns, at most."""


class ColumnBook:
    """Keeps the columns of one report, and applies the policy to what is new.

    The first export of a report learns its columns, and later ones compare.

    Args:
        now: the columns that the properties list.
        before: the columns of the last export; None for the first export.
        policy: what happens when columns have changed.
        selection: what becomes of each field.

    Raises:
        SchemaDrift: columns have changed, and the policy forbids it.
    """

    def __init__(
        self,
        now: Schema,
        before: Schema | None,
        policy: DriftPolicy,
        selection: Selection,
    ) -> None:
        self.changes: tuple[Change, ...] = ()
        self._selection = selection
        self._is_strict = before is not None and policy is DriftPolicy.FAIL
        self._ignores_unknown = before is not None and policy is DriftPolicy.IGNORE
        self._is_first = before is None
        self._misfits = Misfits.FAIL
        self._watch = MemberWatch()
        self._protected = frozenset[str]() if before is None else before.protected
        self.base = now
        if before is not None:
            self._compare(now, before)

    def _compare(self, now: Schema, before: Schema) -> None:
        known = tuple(column for column in before.columns if column.name != UNFIT)
        if len(known) < len(before.columns):
            self._misfits = Misfits.KEEP
        before = evolve(before, columns=known)
        self.changes = changes(before, now)
        if self.changes and self._is_strict:
            raise refuse(now, self.changes)
        if self._ignores_unknown:
            self.base = evolve(now, columns=known)
            return
        learned = [
            column
            for column in known
            if not column.is_listed and column.name not in now.names
        ]
        self.base = evolve(now, columns=(*now.columns, *learned))

    @property
    def members(self) -> tuple[str, ...]:
        """The members of rows that were seen."""
        return tuple(self._watch.seen)

    def begin(self, members: Iterable[str] = ()) -> None:
        """Begin with the rows of an interrupted export, or without rows.

        Raises:
            SchemaDrift: a member has no column, and the policy forbids it.
        """
        self._watch = MemberWatch(members)
        self._judge_members()

    def look(self, lines: bytes) -> None:
        """Take notice of the members of JSON lines.

        Raises:
            SchemaDrift: a member has no column, and the policy forbids it.
        """
        if self._watch.look(lines):
            self._judge_members()

    def add(self, members: Iterable[str]) -> None:
        """Take notice of members; like `look`."""
        added = [member for member in members if member not in self._watch.seen]
        if added:
            self.begin([*self._watch.seen, *added])

    def allow_misfits(self, error: SchemaDrift) -> None:
        """Decide what becomes of values that do not fit.

        Raises:
            SchemaDrift: the policy forbids them.
        """
        if self._is_strict:
            raise refuse(self.base, error.changes) from None
        self._misfits = Misfits.DROP if self._ignores_unknown else Misfits.KEEP

    def layout(self) -> Layout:
        """Return what a table file contains, as far as it is known."""
        columns, bound = bind(self.base.columns, self._watch.seen)
        if self._ignores_unknown:
            columns = self.base.columns
        schema = evolve(self.base, columns=columns)
        treated = self._selection.treated(schema)
        return Layout(treated, bound, self._misfits, self._ignores_unknown)

    def finished(self) -> Schema:
        """Return the columns at the end of the export, to compare the next one with."""
        schema = self.layout().schema
        if self._misfits is not Misfits.KEEP:
            return schema
        unfit = Column(UNFIT, is_listed=False)
        return evolve(schema, columns=(*schema.columns, unfit))

    def warnings(self, *, loses_unknown: bool) -> Iterator[str]:
        """Yield what a person should know about the columns.

        Args:
            loses_unknown: whether the file has no place for members without a column.
        """
        yield from self.base.warnings
        named = ", ".join(repr(column.name) for column in self._added())
        if named and self._is_first:
            yield f"members of rows that no property lists became columns: {named}"
        elif named and self._ignores_unknown and loses_unknown:
            yield f"members of rows that have no column were left out: {named}"
        if self._misfits is Misfits.DROP:
            yield "values that do not fit the type of their column were left out"
        elif self._misfits is Misfits.KEEP:
            yield f"values that do not fit their column are in the column {UNFIT}"
        bare = ", ".join(map(repr, self._unprotected()))
        if bare:
            yield f"left out or hashed in the last export, and not in this one: {bare}"

    def _unprotected(self) -> list[str]:
        now = self.finished()
        return sorted((self._protected & set(now.names)) - now.protected)

    def _added(self) -> tuple[Column, ...]:
        columns, _ = bind(self.base.columns, self._watch.seen)
        return columns[len(self.base.columns) :]

    def _judge_members(self) -> None:
        added = self._added()
        if len(added) > MOST_COLUMNS:
            raise SchemaDrift(
                f"{self.base.report}: its rows have more than {MOST_COLUMNS} different "
                "members, which are too many for columns; look at some rows with "
                "preview"
            )
        if added and self._is_strict:
            raise refuse(self.base, [_found_in_rows(column) for column in added])


def _found_in_rows(column: Column) -> str:
    return f"rows have the member {column.name!r}, which is not in the schema"
