"""Bind a mapping to the header of a file: which cells fill which field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from .mapping import ColumnMapping, Constant
from .nearest import nearest
from .problems import Kind, Problem
from .tables import Table
from .tables.table import column_letters, text_of
from .targets import (
    ADVANCED,
    BASIC,
    LAUNCHES,
    UPDATE,
    Target,
    suggestion_for,
    target_of,
)


@frozen
class Source:
    """What fills a field: a column, several columns, or the same value in each row."""

    target: Target
    column: str | None
    """What problems call it; None for a constant."""
    indexes: tuple[int, ...] = ()
    """The cells of a row."""
    constant: Constant | None = None


@frozen
class Binding:
    """The sources of the fields, and what is wrong with the mapping or the header."""

    operation: str
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    """What is left out on purpose."""


def operation_of(mapping: ColumnMapping) -> str:
    """Return which launch a mapping is for."""
    if mapping.operation is not None:
        return mapping.operation
    wanted = [target_of(text, ADVANCED) for text in _fields_of(mapping)]
    for target in wanted:
        if target and (target.manager or target.wire == "nhexternalid"):
            return ADVANCED
    return BASIC


def bind(
    mapping: ColumnMapping,
    table: Table,
    operation: str,
    *,
    wanted: Callable[[Target], bool] = lambda target: True,
) -> Binding:
    """Find the cells of each field.

    Args:
        mapping: which column becomes which field.
        table: the file.
        operation: what the rows are for.
        wanted: whether a field is used; others are left out.
    """
    binder = _Binder(mapping, table, operation)
    sources = [source for source in binder.sources() if wanted(source.target)]
    binder.find_repeated(sources)
    binder.find_left_over()
    return Binding(
        operation, tuple(sources), tuple(binder.problems), tuple(binder.notes())
    )


def _fields_of(mapping: ColumnMapping) -> Iterator[str]:
    for texts in mapping.columns.values():
        yield from texts
    yield from mapping.joined
    yield from mapping.constants


class _Binder:
    def __init__(self, mapping: ColumnMapping, table: Table, operation: str) -> None:
        self.problems: list[Problem] = []
        self._skipped: list[str] = []
        self._mapping = mapping
        self._table = table
        self._operation = operation

    def sources(self) -> Iterator[Source]:
        """Yield what fills the fields, in the order of the mapping."""
        for column, texts in self._mapping.columns.items():
            indexes = self._indexes([column])
            for text in texts:
                target = self._target(text, column)
                if target and indexes:
                    yield Source(target, column, indexes)
        for text, columns in self._mapping.joined.items():
            target = self._target(text, f"joined.{text}")
            indexes = self._indexes(columns)
            if target and indexes:
                yield Source(target, " + ".join(columns), indexes)
        for text, constant in self._mapping.constants.items():
            target = self._target(text, f"constants.{text}")
            if target:
                yield Source(target, None, constant=constant)

    def notes(self) -> Iterator[str]:
        """Yield what a person who reviews a plan should know."""
        if self._skipped and self._operation == UPDATE:
            columns = ", ".join(self._skipped)
            yield (
                f"Not updated, because an update does not have these fields: {columns}."
            )

    def find_repeated(self, sources: Sequence[Source]) -> None:
        """Find fields that are filled twice."""
        filled: dict[tuple[str | None, str | None, str], Source] = {}
        for source in sources:
            target = source.target
            key = (target.custom_field, target.manager, target.wire)
            if key in filled:
                first = filled[key].column or "a constant"
                self._add(
                    Kind.FIELD_REPEATED,
                    source.column,
                    f"{target.name} is filled by {first} already",
                    f"remove one of them from {self._mapping.name}",
                )
            filled.setdefault(key, source)

    def find_left_over(self) -> None:
        """Find columns that the mapping does not know: their cells would be lost."""
        mapping = self._mapping
        known = set(mapping.columns)
        known.update(
            column for columns in mapping.joined.values() for column in columns
        )
        for index, column in enumerate(self._table.header):
            if not column:
                self._find_unnamed(index)
            elif column not in known and not mapping.ignores(column):
                self._add(
                    Kind.COLUMN_UNMAPPED,
                    column,
                    f"the column is not in {mapping.name}, so its cells would be lost",
                    "map it to a field there, or add it to the list ignore",
                )

    def _find_unnamed(self, index: int) -> None:
        for row in self._table.rows:
            if text_of(row.cells[index] if index < len(row.cells) else None).strip():
                self._add(
                    Kind.COLUMN_UNNAMED,
                    f"column {column_letters(index)}",
                    f"the column has no name, but row {row.number} has a value in it",
                    "name the column in the header, or clear it",
                )
                return

    def _target(self, text: str, place: str) -> Target | None:
        target = target_of(text, self._operation)
        if target is None and self._is_of_launch_only(text):
            self._skipped.append(place)
        elif target is None:
            self._add(
                Kind.FIELD_UNKNOWN,
                place,
                f"{text!r} in {self._mapping.name} is not a field of {self._operation}",
                suggestion_for(text, self._operation),
            )
        return target

    def _is_of_launch_only(self, text: str) -> bool:
        """Return whether a mapping for launches serves another operation, too."""
        if self._operation in LAUNCHES:
            return False
        others = (*LAUNCHES, UPDATE)
        return any(target_of(text, operation) for operation in others)

    def _indexes(self, columns: Sequence[str]) -> tuple[int, ...]:
        found = [self._index(column) for column in columns]
        indexes = tuple(index for index in found if index is not None)
        return indexes if len(indexes) == len(columns) else ()

    def _index(self, column: str) -> int | None:
        name = " ".join(column.split())
        places = [index for index, one in enumerate(self._table.header) if one == name]
        if len(places) == 1:
            return places[0]
        if places:
            letters = " and ".join(map(column_letters, places))
            self._add(
                Kind.COLUMN_REPEATED,
                column,
                f"columns {letters} have the same name",
                "rename one of them in the header",
            )
        else:
            self._add(
                Kind.COLUMN_MISSING,
                column,
                f"{self._mapping.name} names this column, and the file does not have "
                "it",
                self._near(name),
            )
        return None

    def _near(self, column: str) -> str:
        close = nearest(column, self._table.header)
        if close is not None:
            return f"did you mean {close!r}?"
        return f"its columns are {', '.join(filter(None, self._table.header))}"

    def _add(self, kind: Kind, column: str | None, message: str, fix: str) -> None:
        self.problems.append(
            Problem(
                file=self._table.name,
                row=self._table.header_row or None,
                column=column,
                message=message,
                fix=fix,
                kind=kind,
            )
        )
