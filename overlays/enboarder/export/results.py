"""What an export tells while it runs, and what it returns."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from .definitions import Report
from .drift import Change
from .schema import Schema


@frozen
class Progress:
    """How far the export of one report has come."""

    report: Report
    rows: int
    """The rows on the disk, those of an interrupted export among them."""
    pages: int
    is_finished: bool = False


@frozen
class Exported:
    """A report that was exported."""

    report: Report
    path: Path
    """Its file."""
    rows: int
    pages: int
    sha256: str
    """The digest of the file."""
    schema: Schema
    """The columns of the report, with what was done with each."""
    changes: tuple[Change, ...] = ()
    """What changed since the last export."""
    warnings: tuple[str, ...] = ()
    """What a person should know, such as values that were left out."""
    was_continued: bool = False
    """Whether an interrupted export was continued."""
