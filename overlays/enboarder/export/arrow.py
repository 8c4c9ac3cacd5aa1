"""Rows as Arrow, with the types of the schema; needs pyarrow (the extra `parquet`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from .cells import MISFIT, READERS, written
from .columns import UNFIT, Column, ColumnType
from .errors import SchemaDrift
from .grid import Grid, RowReader, reader_for
from .json_values import encode, is_list, is_object
from .libraries import needed
from .pages import RawPage
from .schema import Schema

EXTRA = "parquet"


class Misfits(StrEnum):
    """What becomes of a value that does not fit its column, or has none."""

    FAIL = "fail"
    """SchemaDrift."""
    KEEP = "keep"
    """It is kept as JSON in the column `_unfit`."""
    DROP = "drop"
    """It is left out."""


def arrow_schema(schema: Schema, *, keeps_misfits: bool = False) -> Any:
    """Return the `pyarrow.Schema`; labels are descriptions.

    Args:
        schema: the columns.
        keeps_misfits: whether there is a column `_unfit`, the last one.
    """
    pa = needed("pyarrow", EXTRA)
    fields = [_field(column, schema) for column in schema.exported]
    if keeps_misfits:
        fields.append(pa.field(UNFIT, pa.string()))
    about = {"report": str(schema.report), "schema_version": schema.version}
    return pa.schema(fields, metadata=about)


def page_to_batch(page: RawPage, schema: Schema, *, misfits: str = Misfits.FAIL) -> Any:
    """Return a page as a `pyarrow.RecordBatch`.

    `schema.covering(page.decoded())` has a column for each member of the page.

    Args:
        page: the page.
        schema: its columns.
        misfits: what becomes of values that do not fit: `fail`, `keep` or `drop`.

    Raises:
        SchemaDrift: with `fail`, a value does not fit its column or has none.
    """
    rows = page.decoded()
    reader = reader_for(schema.exported, rows)
    return batch_of(reader.arrange(rows), schema, misfits=Misfits(misfits))


def lines_to_batch(
    lines: bytes,
    schema: Schema,
    bound: Mapping[str, str],
    *,
    misfits: Misfits = Misfits.FAIL,
) -> Any:
    """Return JSON lines as a `pyarrow.RecordBatch`; like `page_to_batch`."""
    grid = RowReader(schema.exported, bound).read(lines)
    return batch_of(grid, schema, misfits=misfits)


def batch_of(grid: Grid, schema: Schema, *, misfits: Misfits) -> Any:
    """Return a grid as a `pyarrow.RecordBatch`.

    Raises:
        SchemaDrift: with `Misfits.FAIL`, a value does not fit its column or has none.
    """
    pa = needed("pyarrow", EXTRA)
    columns = schema.exported
    unfit = _Unfit(grid, schema, misfits)
    arrays = [
        _array(cells, column, unfit)
        for cells, column in zip(grid.columns(len(columns)), columns, strict=True)
    ]
    # A batch without a column would have no rows.
    keeps = misfits is Misfits.KEEP or not columns
    if keeps:
        arrays.append(pa.array(unfit.texts(), pa.string()))
    wanted = arrow_schema(schema, keeps_misfits=keeps)
    return pa.RecordBatch.from_arrays(arrays, schema=wanted)


class _Unfit:
    """Collects what does not fit, by the number of its row."""

    def __init__(self, grid: Grid, schema: Schema, policy: Misfits) -> None:
        self.policy = policy
        self._height = len(grid.rows)
        self._schema = schema
        self._kept: dict[int, Any] = {}
        for row, value in grid.leftovers.items():
            if policy is Misfits.FAIL:
                raise self._drift(_about_leftover(value))
            self._kept[row] = dict(value) if is_object(value) else value

    def add(self, row: int, column: Column, value: Any) -> None:
        """Take a value that does not fit its column."""
        if self.policy is Misfits.FAIL:
            raise self._drift(
                f"the column {column.name!r} is of the type {column.type}, and a "
                f"{_kind(value)} in it is not"
            )
        kept = self._kept.setdefault(row, {})
        kept[column.name] = value

    def texts(self) -> list[str | None]:
        """Return the cells of the column of what does not fit."""
        found: list[str | None] = [None] * self._height
        for row, value in self._kept.items():
            found[row] = written(encode(value))
        return found

    def _drift(self, change: str) -> SchemaDrift:
        return SchemaDrift(f"{self._schema.report}: {change}", changes=(change,))


def _about_leftover(value: Any) -> str:
    if is_object(value):
        named = ", ".join(repr(written(name)) for name in list(value)[:5])
        return f"rows have members that are not in the schema: {named}"
    return f"a row is not a JSON object, but a {_kind(value)}"


def _kind(value: Any) -> str:
    """Say what a value is; never the value, which may be personal."""
    if value is None:
        return "null"
    if is_object(value):
        return "JSON object"
    if is_list(value):
        return "list"
    if isinstance(value, bool):
        return "boolean"
    return "text" if isinstance(value, str) else "number"


def _field(column: Column, schema: Schema) -> Any:
    pa = needed("pyarrow", EXTRA)
    about = {"type": str(column.type)}
    description = written(schema.description(column))
    if description:
        about["description"] = description
    return pa.field(written(column.name), _arrow_type(column.type), metadata=about)


def _arrow_type(kind: ColumnType) -> Any:
    pa = needed("pyarrow", EXTRA)
    if kind is ColumnType.DATE:
        return pa.date32()
    if kind is ColumnType.NUMBER:
        return pa.float64()
    if kind is ColumnType.CHOICES:
        return pa.list_(pa.string())
    return pa.string()


def _array(cells: Sequence[Any], column: Column, unfit: _Unfit) -> Any:
    """Return the cells of a column, which nearly always fit as they are."""
    pa = needed("pyarrow", EXTRA)
    wanted = _arrow_type(column.type)
    try:
        if column.type is ColumnType.DATE:
            return pa.array(cells, pa.string()).cast(wanted)
        if column.type is not ColumnType.NUMBER or _are_numbers(cells):
            return pa.array(cells, wanted)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        # Now each value is looked at.
        pass
    return pa.array(_read(cells, column, unfit), wanted)


def _are_numbers(cells: Sequence[Any]) -> bool:
    return set(map(type, cells)) <= {int, float, type(None)}


def _read(cells: Sequence[Any], column: Column, unfit: _Unfit) -> list[Any]:
    read = READERS[column.type]
    found: list[Any] = []
    for row, value in enumerate(cells):
        fitting = read(value)
        if fitting is MISFIT:
            unfit.add(row, column, value)
            fitting = None
        found.append(fitting)
    return found
