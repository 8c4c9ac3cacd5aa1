"""The export of one report to one file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from ..client import Enboarder
from ..clock import Clock
from ..errors import ApiError, Rejected
from .column_book import ColumnBook
from .definitions import Report
from .drift import Change, DriftPolicy
from .files.formats import Format
from .files.manifest import origin, read_json, write_json
from .files.opening import opener
from .files.partial import PartialRows
from .files.places import Places
from .pages import RawPage, read_pages
from .positions import Position, belonging, load, save
from .schema import Schema, read_schema
from .selection import Selection, Selector
from .table_writer import TableWriter

MOST_RESTARTS = 2
"""How often a refused cursor lets a report begin again."""
REFUSED_CURSOR = (400, 404, 409, 410, 422)


class Stopped(Exception):
    """The export was asked to stop; what came so far is kept."""


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


@frozen
class Settings:
    """What all reports of an export have in common."""

    format: Format
    filters: Mapping[str, Any]
    selection: Selection
    policy: DriftPolicy
    clock: Clock


class ReportJob:
    """Exports one report, in one thread.

    Args:
        enboarder: the client.
        report: what is exported.
        places: its files.
        settings: how.
        tell: is called after each page.
        is_stopped: returns whether the export should stop after this page.
    """

    def __init__(
        self,
        enboarder: Enboarder,
        report: Report,
        places: Places,
        settings: Settings,
        tell: Callable[[Progress], object],
        is_stopped: Callable[[], bool],
    ) -> None:
        self._enboarder = enboarder
        self._report = report
        self._places = places
        self._settings = settings
        self._tell = tell
        self._is_stopped = is_stopped
        self._restarts = 0
        self._start = Position(
            belonging(report, enboarder.base_url, settings.filters, settings.selection),
            settings.filters,
        )

    def run(self) -> Exported:
        """Export the report.

        Raises:
            Stopped: before its end, because `is_stopped` said so.
            EnboarderError: it cannot be exported; what came so far is kept.
        """
        now = read_schema(self._enboarder, self._report)
        selection = self._settings.selection
        before = _saved_schema(self._places.schema, self._report)
        self._book = ColumnBook(now, before, self._settings.policy, selection)
        self._selector = Selector(selection, self._book.base)
        opens = opener(self._settings.format)
        self._table = TableWriter(self._places.table, opens, self._book)
        with PartialRows(self._places.rows) as rows:
            self._rows = rows
            was_continued = self._restore()
            try:
                self._fetch_all()
                self._table.finish(rows)
            finally:
                self._table.close()
            rows.sync()
        return self._finish(was_continued)

    def _restore(self) -> bool:
        """Return whether the rows of an interrupted export are used."""
        found = load(
            self._places.position,
            self._start.belongs_to,
            self._settings.clock.wall(),
        )
        if found is None or not self._rows.restore(found.size, found.sha256):
            self._begin()
            return False
        self._position = found
        self._book.begin(found.members)
        self._table.begin(is_complete=found.pages == 0)
        return found.pages > 0

    def _begin(self) -> None:
        self._position = self._start
        self._rows.clear()
        self._book.begin()
        self._table.begin(is_complete=True)

    def _fetch_all(self) -> None:
        while not self._position.is_complete:
            try:
                self._fetch()
            except ApiError as error:
                # Rows have no documented key. To keep them, and to compare them with
                # those that come again, would lose each row that equals another one.
                has_begun = self._position.cursor is not None
                if not has_begun or not _refuses_cursor(error):
                    raise
                if self._restarts >= MOST_RESTARTS:
                    raise
                self._restarts += 1
                self._begin()

    def _fetch(self) -> None:
        pages = read_pages(
            self._enboarder,
            self._report,
            filters=self._settings.filters,
            cursor=self._position.cursor,
        )
        for page in pages:
            self._take(page)
            if self._is_stopped():
                raise Stopped

    def _take(self, page: RawPage) -> None:
        """Keep the rows of a page, and then its position."""
        selection = self._settings.selection
        if self._position.pages == 0 and not selection.is_everything:
            selection.refuse_unknown(self._book.base.covering(page.decoded()))
        lines = self._selector.apply(page.lines)
        self._rows.append(lines)
        self._table.write(lines, page.members if selection.is_everything else None)
        self._position = evolve(
            self._position,
            cursor=page.next_cursor,
            is_complete=page.next_cursor is None,
            rows=self._position.rows + len(page.rows),
            pages=self._position.pages + 1,
            size=self._rows.size,
            sha256=self._rows.sha256,
            members=self._book.members,
            saved_at=self._settings.clock.wall(),
        )
        save(self._places.position, self._position)
        self._report_progress()

    def _report_progress(self, *, is_finished: bool = False) -> None:
        position = self._position
        self._tell(Progress(self._report, position.rows, position.pages, is_finished))

    def _finish(self, was_continued: bool) -> Exported:
        """Give the file its name, and say what it contains."""
        places = self._places
        is_table = self._settings.format is not Format.JSONL
        if is_table:
            digest = _digest_of(places.table)
            os.replace(places.table, places.data)
            places.rows.unlink(missing_ok=True)
        else:
            digest = self._rows.sha256
            os.replace(places.rows, places.data)
        schema = self._book.finished()
        write_json(places.schema, schema.to_json())
        places.position.unlink(missing_ok=True)
        self._report_progress(is_finished=True)
        warnings = list(self._book.warnings(loses_unknown=is_table))
        if self._restarts:
            warnings.append("the service refused a cursor; all rows were read again")
        return Exported(
            report=schema.report,
            path=places.data,
            rows=self._position.rows,
            pages=self._position.pages,
            sha256=digest,
            schema=schema,
            changes=self._book.changes,
            warnings=tuple(warnings),
            was_continued=was_continued,
        )


def manifest_entry(exported: Exported, job: Settings, base_url: str) -> dict[str, Any]:
    """Return what the manifest says about an exported report."""
    now = datetime.fromtimestamp(job.clock.wall(), UTC)
    return {
        "report": {
            "kind": str(exported.report.kind),
            "id": exported.report.id,
            "name": exported.report.name,
        },
        "file": exported.path.name,
        "bytes": exported.path.stat().st_size,
        "sha256": exported.sha256,
        "rows": exported.rows,
        "pages": exported.pages,
        "schema": exported.path.with_suffix(".schema.json").name,
        "schema_version": exported.schema.version,
        "exported_at": now.isoformat(timespec="seconds"),
        "filters": {name: str(value) for name, value in job.filters.items()},
        # The service documents no filter, and may ignore one.
        "filters_are_documented": False,
        "changes": [str(change) for change in exported.changes],
        "warnings": list(exported.warnings),
        "was_continued": exported.was_continued,
        **origin(base_url),
    }


def _saved_schema(path: Path, report: Report) -> Schema | None:
    """Return the schema of the last export; None if there was none."""
    if not path.exists():
        return None
    found = Schema.from_json(read_json(path) or {})
    return evolve(found, report=report)


def _refuses_cursor(error: ApiError) -> bool:
    return isinstance(error, Rejected) or error.status in REFUSED_CURSOR


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
