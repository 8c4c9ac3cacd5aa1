"""A whole report in memory, for notebooks; needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..client import Enboarder
from .definitions import Report

if TYPE_CHECKING:
    import pyarrow as pa


def to_arrow(
    enboarder: Enboarder,
    report: Report,
    *,
    filters: Mapping[str, Any] | None = None,
) -> pa.Table:
    """Return all rows of a report as an Arrow table.

    Raises:
        EnboarderError: they cannot be read.
    """
    raise NotImplementedError


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
    """Return all rows of a report as a DataFrame of polars; like `to_arrow`."""
    import polars

    return polars.from_arrow(to_arrow(enboarder, report, filters=filters))
