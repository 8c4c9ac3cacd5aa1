"""Export reports to files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from ..client import Enboarder
from .definitions import Report
from .drift import Change, DriftPolicy
from .schema import Schema

PathLike = str | os.PathLike[str]
IN_FLIGHT = 2


@frozen
class Progress:
    """How far the export of one report has come."""

    report: Report
    rows: int
    pages: int
    is_finished: bool = False


ProgressCallback = Callable[[Progress], object]


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
    """The columns of the file."""
    changes: tuple[Change, ...] = ()
    """What changed since the last export."""
    warnings: tuple[str, ...] = ()
    """What a person should know, such as columns that were left out."""
    was_continued: bool = False
    """Whether an interrupted export was continued."""


def export_reports(
    enboarder: Enboarder,
    reports: Iterable[Report],
    folder: PathLike,
    *,
    format: str = "jsonl",
    filters: Mapping[str, Any] | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    hash_fields: Sequence[str] = (),
    hash_key: str | None = None,
    on_drift: str = DriftPolicy.FAIL,
    in_flight: int = IN_FLIGHT,
    progress: ProgressCallback | None = None,
) -> list[Exported]:
    """Export reports to a folder, one file for each; run it again to continue.

    Args:
        enboarder: the client.
        reports: the forms and workflow definitions.
        folder: is created if it is missing; only its owner reads the files.
        format: `jsonl`, `csv` or `parquet`.
        filters: query parameters that are sent with every page.
        include: the only fields that are exported, by name, id or label.
        exclude: fields that are left out.
        hash_fields: fields of which a keyed hash is exported instead of the value.
        hash_key: the key of the hashes, at least 16 characters.
        on_drift: what happens when columns have changed: `fail`, `add` or `ignore`.
        in_flight: how many reports are read at a time.
        progress: is called in this thread after each page.

    Raises:
        InvalidInput: an argument is wrong; nothing was sent.
        SchemaDrift: columns have changed; the older files are unchanged.
        BrokenPages: pages do not lead to all rows.
        EnboarderError: a report cannot be read. The pages that came are kept, and the
            same call continues behind them.
    """
    raise NotImplementedError
