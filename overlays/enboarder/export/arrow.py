"""Rows as Arrow, with the types of the schema; needs pyarrow (the extra `parquet`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from .cells import MISFIT, READERS, written
from .columns import Column, ColumnType
from .errors import SchemaDrift
from .grid import UNFIT, Grid, tabulate
from .json_values import encode, is_object
from .pages import RawPage
from .schema import Schema

if TYPE_CHECKING:
    import pyarrow as pa


class Misfits(StrEnum):
    """What becomes of a value that does not fit its column, or has none."""

    FAIL = "fail"
    """SchemaDrift."""
    KEEP = "keep"
    """It is kept as JSON in the column `_unfit`."""
    DROP = "drop"
    """It is left out."""


def arrow_schema(schema: Schema, *, keeps_misfits: bool = False) -> pa.Schema:
    """Return the Arrow schema; labels are descriptions.

    Args:
        schema: the columns.
        keeps_misfits: whether there is a column `_unfit`, the last one.
    """
    import pyarrow as pa

    fields = [_field(column) for column in schema.columns]
    if keeps_misfits:
        fields.append(pa.field(UNFIT, pa.string()))
    about = {"report": str(schema.report), "schema_version": schema.version}
    return pa.schema(fields, metadata=about)


def page_to_batch(
    page: RawPage, schema: Schema, *, misfits: str = Misfits.FAIL
) -> pa.RecordBatch:
    """Return a page as Arrow.

    `schema.covering(page.decoded())` has a column for each member of the page.

    Args:
        page: the page.
        schema: its columns.
        misfits: what becomes of values that do not fit: `fail`, `keep` or `drop`.

    Raises:
        SchemaDrift: with `fail`, a value does not fit its column or has none.
    """
    return rows_to_batch(page.decoded(), schema, misfits=misfits)


def rows_to_batch(
    rows: Sequence[Any],
    schema: Schema,
    *,
    bound: Mapping[str, str] | None = None,
    misfits: str = Misfits.FAIL,
) -> pa.RecordBatch:
    """Return rows as Arrow; like `page_to_batch`.

    Args:
        rows: as decoded JSON.
        schema: their columns.
        bound: the member of rows that belongs to each column, if that is known.
        misfits: what becomes of values that do not fit.

    Raises:
        SchemaDrift: with `fail`, a value does not fit its column or has none.
    """
    import pyarrow as pa

    grid = tabulate(rows, schema.columns, bound)
    unfit = _Unfit(grid, schema, Misfits(misfits))
    arrays = [
        _array(cells, column, unfit)
        for cells, column in zip(grid.cells, schema.columns, strict=True)
    ]
    keeps = unfit.policy is Misfits.KEEP
    if keeps:
        arrays.append(pa.array(unfit.texts(), pa.string()))
    names = arrow_schema(schema, keeps_misfits=keeps)
    if not arrays:
        # A batch without columns would have no rows.
        return pa.RecordBatch.from_pylist([{}] * grid.height, schema=names)
    return pa.RecordBatch.from_arrays(arrays, schema=names)


class _Unfit:
    """Collects what does not fit, by the number of its row."""

    def __init__(self, grid: Grid, schema: Schema, policy: Misfits) -> None:
        self.policy = policy
        self._height = grid.height
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
                f"{_kind(value)} does not fit it"
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
    names = {str: "text", bool: "boolean", list: "list", dict: "object"}
    return names.get(type(value), "number" if value is not None else "null")


def _field(column: Column) -> pa.Field:
    import pyarrow as pa

    about = {"type": str(column.type), "description": written(column.label)}
    if not column.label:
        del about["description"]
    return pa.field(written(column.name), _arrow_type(column.type), metadata=about)


def _arrow_type(kind: ColumnType) -> pa.DataType:
    import pyarrow as pa

    if kind is ColumnType.DATE:
        return pa.date32()
    if kind is ColumnType.NUMBER:
        return pa.float64()
    if kind is ColumnType.CHOICES:
        return pa.list_(pa.string())
    return pa.string()


def _array(cells: Sequence[Any], column: Column, unfit: _Unfit) -> Any:
    """Return the cells of a column, which nearly always fit as they are."""
    import pyarrow as pa

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
