"""Read a report as Arrow tables that fit its table in the warehouse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field, frozen

from ...client import Enboarder
from ..arrow import Misfits, batch_of
from ..column_book import ColumnBook
from ..columns import Column, ColumnType, aliases
from ..definitions import Report
from ..drift import Change, DriftPolicy, changes
from ..errors import SchemaDrift
from ..grid import Grid, RowReader
from ..json_values import encode
from ..libraries import needed
from ..pages import RawPage, read_pages
from ..results import Progress
from ..run import ProgressCallback
from ..schema import Schema, read_schema
from ..selection import Selection, Selector
from .evolution import drift, found_in_rows, refuse_other_types, united
from .keys import ChosenKeys, ContentKeys, refused_key
from .names import CONTENT_KEY, column_names

EXTRA = "dlt"
ROWS_TOGETHER = 5_000
"""Rows that dlt gets at a time: each time costs it as much as some hundred rows."""

State = dict[str, Any]


@frozen
class Wanted:
    """How reports are read."""

    filters: Mapping[str, Any] = field(factory=dict[str, Any])
    """Query parameters that are sent with every page."""
    selection: Selection = field(factory=Selection)
    on_drift: DriftPolicy = DriftPolicy.FAIL
    progress: ProgressCallback | None = None


@define
class Reading:
    """The rows of one report on their way into its table.

    Go through `tables`; then the other attributes are complete.
    """

    enboarder: Enboarder = field(repr=False)
    report: Report
    key: tuple[str, ...]
    """The columns that tell rows apart, by name, id or label; none means the content.
    """
    wanted: Wanted
    schema: Schema
    """The columns in effect."""
    key_columns: tuple[str, ...] = ()
    """The columns of the key, by their names in the table."""
    names: dict[str, str] = field(factory=dict[str, str])
    """The names in the table of all columns."""
    rows: int = 0
    pages: int = 0
    changes: tuple[Change, ...] = ()
    """What changed since the last load."""
    warnings: tuple[str, ...] = ()
    """What a person should know."""

    def tables(self, state: State) -> Iterator[Any]:
        """Yield the rows, in at least one `pyarrow.Table`.

        Args:
            state: what the last load kept; it is changed at the end.

        Raises:
            EnboarderError: the rows cannot be read, or a table must not take them.
        """
        try:
            yield from self._tables(state)
        except SchemaDrift as error:
            found = error.changes
        else:
            return
        raise drift(self.report, found)

    @property
    def hints(self) -> dict[str, dict[str, Any]]:
        """What dlt should know of the columns of the table so far."""
        found: dict[str, dict[str, Any]] = {CONTENT_KEY: {"nullable": False}}
        for column in self.schema.exported:
            found[self.names[column.name]] = _hints_of(column, self.schema)
        for name in self.key_columns or (CONTENT_KEY,):
            found[name]["primary_key"] = True
        return found

    def _tables(self, state: State) -> Iterator[Any]:
        self.rows = 0
        self.pages = 0
        self.changes = ()
        saved = state.get("schema")
        before = None if saved is None else Schema.from_json(saved)
        now = read_schema(self.enboarder, self.report)
        self.names = dict(state.get("names", {}))
        book = self._opened_book(before, now)
        content_keys = ContentKeys()
        chosen_keys = self._chosen_keys(book)
        refuse_other_types(before, book.layout().schema)
        for batches in _together(self._batches(book)):
            table = self._renamed(batches)
            chosen_keys.check(table)
            yield _with_keys(table, content_keys.of(table))
        self.schema = book.finished()
        self.changes += tuple(found_in_rows(before, now, self.schema))
        self.warnings = tuple(book.warnings(loses_unknown=True))
        state["schema"] = self.schema.to_json()
        state["names"] = self.names
        self._tell(is_finished=True)

    def _opened_book(self, before: Schema | None, now: Schema) -> ColumnBook:
        policy = self.wanted.on_drift
        columns = now
        if before is not None:
            self.changes = changes(before, now)
            if self.changes and policy is DriftPolicy.FAIL:
                raise drift(self.report, self.changes)
            columns = united(before, now)
        book = ColumnBook(columns, before, policy, self.wanted.selection)
        book.begin()
        self._take(book.layout().schema)
        return book

    def _chosen_keys(self, book: ColumnBook) -> ChosenKeys:
        """Find the columns of the key, which need not be listed in the properties."""
        meant = aliases(book.base.columns)
        book.add(name for name in self.key if name not in meant)
        self._take(book.layout().schema)
        exported = {column.name for column in self.schema.exported}
        columns = [meant.get(name, name) for name in self.key]
        if not exported.issuperset(columns):
            raise refused_key(self.report, self.key, "not all of it is loaded")
        self.key_columns = tuple(self.names[name] for name in columns)
        return ChosenKeys(self.report, self.key_columns)

    def _take(self, schema: Schema) -> None:
        if schema is self.schema:
            return
        self.schema = schema
        names = [column.name for column in schema.exported]
        self.names = column_names(names, self.names)

    def _batches(self, book: ColumnBook) -> Iterator[Any]:
        selector = Selector(self.wanted.selection, book.base)
        arranger = _Arranger(book)
        filters = self.wanted.filters
        for page in read_pages(self.enboarder, self.report, filters=filters):
            self._refuse_unknown(page, book)
            batch = arranger.batch(selector.apply(page.lines))
            self._take(arranger.layout.schema)
            self.rows += len(page.rows)
            self.pages += 1
            self._tell()
            yield batch

    def _refuse_unknown(self, page: RawPage, book: ColumnBook) -> None:
        """Refuse a misspelt name of a selection, which would load what should stay."""
        selection = self.wanted.selection
        if self.pages == 0 and not selection.is_everything:
            selection.refuse_unknown(book.base.covering(page.decoded()))

    def _renamed(self, batches: list[Any]) -> Any:
        """Return batches as one table, with the names and types of the warehouse."""
        pa = needed("pyarrow", EXTRA)
        table = pa.Table.from_batches(batches)
        columns = [
            _as_json(column) if pa.types.is_list(column.type) else column
            for column in table.columns
        ]
        names = [self.names.get(name, name) for name in table.column_names]
        return pa.table(columns, names=names)

    def _tell(self, *, is_finished: bool = False) -> None:
        if self.wanted.progress is not None:
            progress = Progress(self.report, self.rows, self.pages, is_finished)
            self.wanted.progress(progress)


class _Arranger:
    """Arranges rows in the columns of a book, and asks it about what does not fit."""

    def __init__(self, book: ColumnBook) -> None:
        self._book = book
        self._begin()

    def _begin(self) -> None:
        self._members = self._book.members
        self.layout = self._book.layout()
        self._reader = RowReader(
            self.layout.schema.exported,
            self.layout.bound,
            ignores_unknown=self.layout.ignores_unknown,
        )

    def batch(self, lines: bytes) -> Any:
        """Return JSON lines as a batch.

        Raises:
            SchemaDrift: something has no place, and the policy forbids another one.
        """
        self._book.look(lines)
        if self._book.members != self._members:
            self._begin()
        grid = self._reader.read(lines)
        try:
            return self._arranged(grid)
        except SchemaDrift as error:
            self._book.allow_misfits(error)
        self._begin()
        return self._arranged(grid)

    def _arranged(self, grid: Grid) -> Any:
        misfits = self.layout.misfits
        if not self.layout.schema.exported:
            # Arrow counts no rows without a column.
            misfits = Misfits.KEEP
        return batch_of(grid, self.layout.schema, misfits=misfits)


def _hints_of(column: Column, schema: Schema) -> dict[str, Any]:
    hints: dict[str, Any] = {}
    description = schema.description(column)
    if description:
        hints["description"] = description
    if column.type is ColumnType.CHOICES:
        hints["data_type"] = "json"
    return hints


def _together(batches: Iterator[Any]) -> Iterator[list[Any]]:
    """Yield batches with the same columns together."""
    held: list[Any] = []
    rows = 0
    for batch in batches:
        if held and (rows >= ROWS_TOGETHER or batch.schema != held[0].schema):
            yield held
            held = []
            rows = 0
        held.append(batch)
        rows += batch.num_rows
    yield held


def _as_json(column: Any) -> Any:
    """Return lists as JSON, which also destinations without lists can hold."""
    pa = needed("pyarrow", EXTRA)
    texts = [None if value is None else encode(value) for value in column.to_pylist()]
    return pa.array(texts, pa.string())


def _with_keys(table: Any, keys: list[str]) -> Any:
    pa = needed("pyarrow", EXTRA)
    key = pa.field(CONTENT_KEY, pa.string(), nullable=False)
    return table.append_column(key, pa.array(keys, pa.string()))
