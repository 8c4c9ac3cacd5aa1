"""What a file format offers to an export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from attrs import field, frozen

from ..arrow import Misfits
from ..schema import Schema


class Format(StrEnum):
    """The formats of files."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


@frozen
class Layout:
    """What a table file contains."""

    schema: Schema
    """The columns that the file has."""
    bound: Mapping[str, str]
    """The member of rows that belongs to each column, by its name."""
    misfits: Misfits = Misfits.FAIL
    """What becomes of a value that does not fit its column, or has none."""
    ignores_unknown: bool = False
    """Whether members without a column are left out."""


@frozen
class Unknown:
    """Members of rows that have no column; nothing of these rows was written."""

    members: tuple[str, ...] = field(repr=False)


class TableFile(Protocol):
    """A file that grows by JSON lines."""

    def write(self, lines: bytes) -> Unknown | None:
        """Write rows.

        Raises:
            SchemaDrift: a value does not fit its column.
        """
        ...

    def finish(self) -> Unknown | None:
        """Write what is left, and wait until it is on the disk."""
        ...

    def close(self) -> None:
        """Close the file, whether it is finished or not."""
        ...


OpenTable = Callable[[Path, Layout], TableFile]
