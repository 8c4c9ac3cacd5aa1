"""Look at a report before it is exported: its columns, and its first rows."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from ..client import Enboarder
from .definitions import Report
from .schema import Schema


@frozen
class Preview:
    """The columns of a report, and its first rows."""

    schema: Schema
    """The columns, those among them that only rows have."""
    rows: tuple[tuple[Any, ...], ...] = field(repr=False)
    """The values of the first rows, in the order of the columns."""
    empty: dict[str, float]
    """The share of cells of each column without a value in the rows that were read."""
    read: int
    """How many rows were read: those of the first page."""
    is_complete: bool
    """Whether they are all rows of the report."""


def preview(enboarder: Enboarder, report: Report, rows: int = 10) -> Preview:
    """Read the columns and the first page of a report.

    Args:
        enboarder: the client.
        report: the form or workflow definition.
        rows: how many rows the result has at most.

    Raises:
        EnboarderError: they cannot be read.
    """
    raise NotImplementedError
