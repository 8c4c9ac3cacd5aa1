"""Look at a report before it is exported: its columns, and its first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ..client import Enboarder
from ..errors import InvalidInput
from .definitions import Report
from .grid import reader_for
from .pages import read_pages
from .schema import Schema, read_schema

EMPTY: tuple[Any, ...] = (None, "", [], {})


@frozen
class Preview:
    """The columns of a report, and its first rows."""

    schema: Schema
    """The columns, those among them that only rows have."""
    rows: tuple[tuple[Any, ...], ...] = field(repr=False)
    """The values of the first rows, in the order of the columns."""
    empty: Mapping[str, float]
    """The share of the cells of each column without a value, from 0 to 1, by its name;
    0 if there are no rows."""
    read: int
    """How many rows were read: those of the first page."""
    is_complete: bool
    """Whether they are all rows of the report."""


def preview(
    enboarder: Enboarder,
    report: Report,
    rows: int = 10,
    *,
    filters: Mapping[str, Any] | None = None,
) -> Preview:
    """Read the columns and the first page of a report; nothing is written.

    Args:
        enboarder: the client.
        report: the form or workflow definition.
        rows: how many rows the result has at most.
        filters: query parameters; none is documented.

    Raises:
        InvalidInput: an argument is wrong; nothing was sent.
        EnboarderError: they cannot be read.
    """
    if not isinstance(rows, int) or rows < 0:
        raise InvalidInput(f"rows must be a whole number from 0 on; got {rows!r}")
    pages = read_pages(enboarder, report, filters=filters)
    listed = read_schema(enboarder, report)
    page = next(pages)
    found = page.decoded()
    schema = listed.covering(found)
    grid = reader_for(schema.columns, found).arrange(found)
    columns = grid.columns(len(schema.columns))
    empty = {
        column.name: _share_of_empty(cells)
        for column, cells in zip(schema.columns, columns, strict=True)
    }
    return Preview(
        schema=schema,
        rows=tuple(grid.rows[:rows]),
        empty=empty,
        read=len(found),
        is_complete=page.next_cursor is None,
    )


def _share_of_empty(cells: Sequence[Any]) -> float:
    if not cells:
        return 0.0
    return sum(cell in EMPTY for cell in cells) / len(cells)
