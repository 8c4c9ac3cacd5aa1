"""The export of one report to one file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import evolve

from ..client import Enboarder
from ..errors import ApiError, Rejected
from .ahead import one_ahead
from .column_book import ColumnBook
from .definitions import Report
from .draft import Draft
from .files.formats import Format
from .files.manifest import origin, read_json
from .files.places import Places
from .pages import read_pages
from .positions import Position, belonging
from .results import Exported, Progress
from .schema import Schema, read_schema
from .settings import Settings

MOST_RESTARTS = 2
"""How often a refused cursor lets a report begin again."""
REFUSED_CURSOR = (400, 404, 409, 410, 422)


class Stopped(Exception):
    """The export was asked to stop; what came so far is kept."""


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

    def run(self) -> Exported:
        """Export the report.

        Raises:
            Stopped: before its end, because `is_stopped` said so.
            EnboarderError: it cannot be exported; what came so far is kept.
        """
        book = self._book()
        with Draft(self._places, book, self._settings, self._start()) as draft:
            was_continued = draft.restore()
            restarts = self._fetch_all(draft)
            draft.complete()
        digest, schema = draft.publish()
        self._report_progress(draft.position, is_finished=True)
        is_table = self._settings.format is not Format.JSONL
        warnings = list(book.warnings(loses_unknown=is_table))
        if restarts:
            warnings.append("the service refused a cursor; all rows were read again")
        return Exported(
            report=schema.report,
            path=self._places.data,
            rows=draft.position.rows,
            pages=draft.position.pages,
            sha256=digest,
            schema=schema,
            changes=book.changes,
            warnings=tuple(warnings),
            was_continued=was_continued,
        )

    def _book(self) -> ColumnBook:
        now = read_schema(self._enboarder, self._report)
        before = _saved_schema(self._places.schema, self._report)
        return ColumnBook(now, before, self._settings.policy, self._settings.selection)

    def _start(self) -> Position:
        filters = self._settings.filters
        belongs_to = belonging(
            self._report, self._enboarder.base_url, filters, self._settings.selection
        )
        return Position(belongs_to, filters)

    def _fetch_all(self, draft: Draft) -> int:
        """Fetch every page, and return how often the report began again."""
        restarts = 0
        while not draft.position.is_complete:
            try:
                self._fetch(draft)
            except ApiError as error:
                # Rows have no documented key. To keep them, and to compare them with
                # those that come again, would lose each row that equals another one.
                has_begun = draft.position.cursor is not None
                if not has_begun or not _refuses_cursor(error):
                    raise
                if restarts >= MOST_RESTARTS:
                    raise
                restarts += 1
                draft.begin()
        return restarts

    def _fetch(self, draft: Draft) -> None:
        pages = read_pages(
            self._enboarder,
            self._report,
            filters=self._settings.filters,
            cursor=draft.position.cursor,
        )
        with closing(one_ahead(pages)) as coming:
            for page in coming:
                draft.take(page)
                self._report_progress(draft.position)
                if self._is_stopped():
                    raise Stopped

    def _report_progress(
        self, position: Position, *, is_finished: bool = False
    ) -> None:
        self._tell(Progress(self._report, position.rows, position.pages, is_finished))


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
