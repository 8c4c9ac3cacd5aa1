"""A whole report in memory, for notebooks; needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from ..client import Enboarder
from .arrow import EXTRA, Misfits, arrow_schema, batch_of
from .columns import bind
from .definitions import Report
from .grid import MemberWatch, RowReader
from .libraries import needed
from .pages import checked_filters, read_pages
from .schema import read_schema


def to_arrow(
    enboarder: Enboarder,
    report: Report,
    *,
    filters: Mapping[str, Any] | None = None,
) -> Any:
    """Return all rows of a report as a `pyarrow.Table`, with the types of its schema.

    A member of rows that no property lists becomes a column of text. What does not fit
    the type of its column is kept as JSON in the column `_unfit`, which is there only
    if it is needed.

    Args:
        enboarder: the client.
        report: the form or workflow definition.
        filters: query parameters that are sent with every page. None is documented.

    Raises:
        ConfigurationError: pyarrow is missing.
        EnboarderError: the rows cannot be read.
    """
    pa = needed("pyarrow", EXTRA)
    chosen = checked_filters(filters)
    listed = read_schema(enboarder, report)
    watch = MemberWatch()
    pages: list[bytes] = []
    for page in read_pages(enboarder, report, filters=chosen):
        watch.look(page.lines)
        pages.append(page.lines)
    columns, bound = bind(listed.columns, watch.seen)
    schema = evolve(listed, columns=columns)
    reader = RowReader(schema.exported, bound)
    batches = [
        batch_of(reader.read(lines), schema, misfits=Misfits.KEEP) for lines in pages
    ]
    wanted = arrow_schema(schema, keeps_misfits=True)
    table = pa.Table.from_batches(batches, wanted)
    unfit = table.column(table.num_columns - 1)
    is_needed = unfit.null_count < len(unfit) or not schema.columns
    if not is_needed:
        return table.drop_columns([wanted.names[-1]])
    return table


def to_pandas(
    enboarder: Enboarder,
    report: Report,
    *,
    filters: Mapping[str, Any] | None = None,
) -> Any:
    """Return all rows of a report as a DataFrame of pandas; like `to_arrow`."""
    return to_arrow(enboarder, report, filters=filters).to_pandas()


def to_polars(
    enboarder: Enboarder,
    report: Report,
    *,
    filters: Mapping[str, Any] | None = None,
) -> Any:
    """Return all rows of a report as a DataFrame of polars; like `to_arrow`.

    Raises:
        ConfigurationError: polars is missing.
        EnboarderError: the rows cannot be read.
    """
    polars = needed("polars", EXTRA)
    return polars.from_arrow(to_arrow(enboarder, report, filters=filters))
