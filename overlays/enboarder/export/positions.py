"""Where an interrupted export continues: kept after each page, with what it belongs to.

A position belongs to the report, the address, the filters and the selection. With any
other, the export begins again, because the cursor would lead to other rows.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import asdict, field, frozen

from ..private_files import open_private
from .definitions import Report
from .json_values import is_list, is_object
from .selection import Selection

FORMAT = 1
LONGEST_PAUSE = 12 * 3600
"""Seconds after which an interrupted export begins again: its rows are old."""


@frozen
class Position:
    """How far the rows of a report are on the disk."""

    belongs_to: str
    """A digest of the report, the address, the filters and the selection."""
    filters: Mapping[str, Any] = field(factory=dict[str, Any])
    """The filters with which the cursor was given, for people who look."""
    cursor: str | None = None
    """The cursor of the next page."""
    is_complete: bool = False
    """Whether the last page is on the disk."""
    rows: int = 0
    pages: int = 0
    size: int = 0
    """The bytes of the rows on the disk."""
    sha256: str = hashlib.sha256().hexdigest()
    """The digest of these bytes."""
    members: tuple[str, ...] = ()
    """The members of rows that were seen."""
    saved_at: float = 0.0
    """Seconds since 1970."""


def belonging(
    report: Report,
    base_url: str,
    filters: Mapping[str, Any],
    selection: Selection,
) -> str:
    """Return the digest of what a position belongs to."""
    told = [
        report.kind,
        report.id,
        base_url,
        sorted((name, str(value)) for name, value in filters.items()),
        selection.fingerprint(),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def save(path: Path, position: Position) -> None:
    """Replace the position in a file, as a whole."""
    text = json.dumps({"format": FORMAT, **asdict(position)}, default=str)
    new = path.with_name(f"{path.name}.partial")
    with open_private(new, is_new=True) as file:
        file.write(text.encode())
    os.replace(new, path)


def load(path: Path, belongs_to: str, now: float) -> Position | None:
    """Return the position in a file; None if there is none that can be used.

    Args:
        path: the file.
        belongs_to: what it must belong to.
        now: seconds since 1970.
    """
    position = _read(path)
    if position is None or position.belongs_to != belongs_to:
        return None
    return position if 0 <= now - position.saved_at <= LONGEST_PAUSE else None


def _read(path: Path) -> Position | None:
    try:
        found = json.loads(path.read_bytes())
        if not is_object(found) or found.pop("format", None) != FORMAT:
            return None
        members = found.pop("members")
        if not is_list(members):
            return None
        return Position(**found, members=tuple(members))
    except (OSError, ValueError, TypeError, KeyError):
        # Beginning again is always right.
        return None
