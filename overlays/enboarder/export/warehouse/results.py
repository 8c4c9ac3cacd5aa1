"""What a load into a warehouse did."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ..definitions import Report
from ..drift import Change
from ..schema import Schema


@frozen
class LoadedTable:
    """The table of one report."""

    report: Report
    table: str
    """Its name in the dataset."""
    rows: int
    """How many rows the service gave."""
    pages: int
    schema: Schema
    """The columns of the report."""
    columns: Mapping[str, str]
    """The columns of the table, by their names in the service."""
    changes: tuple[Change, ...] = ()
    """What changed since the last load."""
    warnings: tuple[str, ...] = ()
    """What a person should know, such as values that were left out."""


@frozen
class Loaded:
    """What a load did."""

    tables: tuple[LoadedTable, ...]
    """One table for each report, in the order of the reports."""
    destination: str
    """Where they are, such as the path of a DuckDB file."""
    dataset: str
    """The schema of the database, or the folder, with the tables."""

    @property
    def rows(self) -> int:
        """How many rows the service gave."""
        return sum(table.rows for table in self.tables)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed in all reports."""
        return tuple(change for table in self.tables for change in table.changes)
