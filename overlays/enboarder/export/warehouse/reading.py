"""Read a report as Arrow tables that fit its table in the warehouse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from ...client import Enboarder
from ..arrow import Misfits, rows_to_batch
from ..columns import Column, ColumnType, aliases
from ..definitions import Report
from ..drift import Change, DriftPolicy
from ..grid import UNFIT
from ..json_values import encode
from ..pages import RawPage, read_pages
from ..run import Progress, ProgressCallback
from ..schema import Schema, read_schema
from .evolution import Evolution
from .keys import ChosenKeys, ContentKeys, refused_key
from .names import CONTENT_KEY, column_names

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_TOGETHER = 5_000
"""Rows that dlt gets at a time: each time costs it as much as some hundred rows."""

State = dict[str, Any]


@frozen
class Wanted:
    """How reports are read."""

    filters: Mapping[str, Any] | None = None
    """Query parameters that are sent with every page."""
    on_drift: DriftPolicy = DriftPolicy.FAIL
    progress: ProgressCallback | None = None


@define
class Reading:
    """The rows of one report on their way into its table.

    Go through `tables` once; then the other attributes are complete.
    """

    enboarder: Enboarder = field(repr=False)
    report: Report
    key: tuple[str, ...]
    """What tells rows apart: names, ids or labels of columns. By default, the content
    does."""
    wanted: Wanted
    schema: Schema | None = None
    """The columns in effect."""
    key_columns: tuple[str, ...] = ()
    """The columns of the key, by their names in the table."""
    names: dict[str, str] = field(factory=dict[str, str])
    """The names in the table of all columns."""
    rows: int = 0
    pages: int = 0
    changes: tuple[Change, ...] = ()
    left_out: int = 0
    """How many rows have values that were left out."""
    has_unfit: bool = False
    """Whether the table has a column of values that fit no other one."""

    def tables(self, state: State) -> Iterator[pa.Table]:
        """Yield the rows, in at least one table.

        Args:
            state: what the last load kept; it is changed at the end.

        Raises:
            EnboarderError: the rows cannot be read, or a table must not take them.
        """
        before = _saved_schema(state)
        now = read_schema(self.enboarder, self.report)
        evolution = Evolution(before, now, self.wanted.on_drift)
        self.names = dict(state.get("names", {}))
        self.has_unfit = bool(state.get("has_unfit"))
        content_keys = ContentKeys()
        chosen_keys = self._find_key(evolution)
        for batches in _together(self._batches(evolution)):
            table = self._renamed(batches)
            chosen_keys.check(table)
            yield _with_keys(table, content_keys.of(table))
        self.changes = tuple(evolution.changes)
        state["schema"] = evolution.schema.to_json()
        state["names"] = self.names
        state["has_unfit"] = self.has_unfit
        self._tell(is_finished=True)

    @property
    def hints(self) -> dict[str, dict[str, Any]]:
        """What dlt should know of the columns of the table so far."""
        found: dict[str, dict[str, Any]] = {CONTENT_KEY: {"nullable": False}}
        for column in () if self.schema is None else self.schema.columns:
            found[self.names[column.name]] = _hints_of(column)
        key = self.key_columns or (CONTENT_KEY,)
        for name, hints in found.items():
            # Said of each column, because the last load may have had another key.
            hints["primary_key"] = name in key
        return found

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know."""
        found = list(self.schema.warnings if self.schema is not None else ())
        if self.left_out:
            found.append(
                f"{self.left_out} rows have values that fit no column; those values "
                f'were left out, because on_drift is "{DriftPolicy.IGNORE}"'
            )
        if self.has_unfit:
            found.append(
                f"the column {UNFIT} has values that fit no other column, as JSON"
            )
        return tuple(found)

    def _find_key(self, evolution: Evolution) -> ChosenKeys:
        """Find the columns of the key, which need not be listed in the properties."""
        evolution.cover([dict.fromkeys(self.key)])
        self._take(evolution.schema)
        meant = aliases(evolution.schema.columns)
        if not meant.keys() >= set(self.key):
            raise refused_key(self.report, self.key, "the table has no such columns")
        self.key_columns = tuple(self.names[meant[name]] for name in self.key)
        return ChosenKeys(self.report, self.key_columns)

    def _batches(self, evolution: Evolution) -> Iterator[pa.RecordBatch]:
        for page in read_pages(
            self.enboarder, self.report, filters=self.wanted.filters
        ):
            batch = self._batch(page, evolution)
            self.rows += len(page.rows)
            self.pages += 1
            self._tell()
            yield batch

    def _batch(self, page: RawPage, evolution: Evolution) -> pa.RecordBatch:
        rows = page.decoded()
        evolution.cover(rows)
        self._take(evolution.schema)
        batch = rows_to_batch(rows, evolution.schema, misfits=Misfits.KEEP)
        unfit = batch.num_rows - batch.column(UNFIT).null_count
        if unfit and evolution.leaves_out:
            self.left_out += unfit
        elif unfit and not self.has_unfit:
            evolution.add_unfit(UNFIT)
            self.has_unfit = True
        return batch if self.has_unfit else batch.drop_columns([UNFIT])

    def _take(self, schema: Schema) -> None:
        if self.schema is not schema:
            self.schema = schema
            self.names = column_names(schema.names, self.names)

    def _renamed(self, batches: list[pa.RecordBatch]) -> pa.Table:
        """Return batches as one table, with the names and types of the warehouse."""
        import pyarrow as pa

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


def _saved_schema(state: State) -> Schema | None:
    saved = state.get("schema")
    return None if saved is None else Schema.from_json(saved)


def _hints_of(column: Column) -> dict[str, Any]:
    hints: dict[str, Any] = {}
    if column.label:
        hints["description"] = column.label
    if column.type is ColumnType.CHOICES:
        hints["data_type"] = "json"
    return hints


def _together(batches: Iterator[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """Yield batches with the same columns together."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        if held and (rows >= ROWS_TOGETHER or batch.schema != held[0].schema):
            yield held
            held = []
            rows = 0
        held.append(batch)
        rows += batch.num_rows
    yield held


def _as_json(column: Any) -> pa.Array:
    """Return lists as JSON, which also destinations without lists can hold."""
    import pyarrow as pa

    texts = [None if value is None else encode(value) for value in column.to_pylist()]
    return pa.array(texts, pa.string())


def _with_keys(table: pa.Table, keys: list[str]) -> pa.Table:
    import pyarrow as pa

    key = pa.field(CONTENT_KEY, pa.string(), nullable=False)
    return table.append_column(key, pa.array(keys, pa.string()))
