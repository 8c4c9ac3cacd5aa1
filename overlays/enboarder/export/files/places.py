"""The names of the files of a report."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from attrs import frozen

from ..definitions import Report
from .formats import Format

LONGEST_ID = 60
PLAIN_ID = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_ID}}}")


@frozen
class Places:
    """Where the files of a report are.

    Args:
        folder: the folder.
        stem: what their names begin with.
        format: of the finished file.
    """

    folder: Path
    stem: str
    format: Format

    @property
    def data(self) -> Path:
        """The finished file."""
        return self.folder / f"{self.stem}.{self.format}"

    @property
    def table(self) -> Path:
        """The finished file while it is being written."""
        return self.folder / f"{self.stem}.{self.format}.partial"

    @property
    def rows(self) -> Path:
        """The rows that have come so far."""
        return self.folder / f"{self.stem}.rows.partial"

    @property
    def position(self) -> Path:
        """Where an interrupted export continues."""
        return self.folder / f"{self.stem}.position.json"

    @property
    def schema(self) -> Path:
        """The columns of the finished file."""
        return self.folder / f"{self.stem}.schema.json"


def stem_of(report: Report) -> str:
    """Return what the names of a report's files begin with.

    An id that is no plain file name gets a digest, so that no two ids share one.
    """
    if PLAIN_ID.fullmatch(report.id):
        return f"{report.kind}-{report.id}"
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", report.id)[:LONGEST_ID].strip("-")
    digest = hashlib.sha256(report.id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{report.kind}-{plain}-{digest[:8]}"
