"""`enboarder export files`: write each report to a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import export
from ..codes import ExitCode
from ..data import Format, show_document, show_rows
from ..stopping import ended_by_sigterm
from ..talk import counted, say
from .choosing import Choice, chosen, warn_of_filters
from .progress import shown_progress

if TYPE_CHECKING:
    from ...export import Exported
    from ..connection import Connection

COLUMNS = ("report", "name", "rows", "file")


def write_files(
    connection: Connection, choice: Choice, folder: Path, format: str, *, as_json: bool
) -> ExitCode:
    """Export, show what was written, and return the exit code."""
    key = choice.hash_key()
    with connection.client() as enboarder:
        reports = chosen(enboarder, choice.reports)
        warn_of_filters(choice.filters)
        try:
            with ended_by_sigterm(), shown_progress() as show:
                exported = export.export_reports(
                    enboarder,
                    reports,
                    folder,
                    format=format,
                    **choice.settings(),
                    hash_key=key.reveal(),
                    progress=show,
                )
        except KeyboardInterrupt:
            say(
                "enboarder: interrupted; the pages that came are kept. Run the same "
                "command again to continue"
            )
            return ExitCode.INTERRUPTED
    _show(exported, folder, as_json=as_json)
    _conclude(exported, folder)
    return ExitCode.OK


def _show(exported: Sequence[Exported], folder: Path, *, as_json: bool) -> None:
    if as_json:
        files = [_document(one) for one in exported]
        show_document({"folder": str(folder), "files": files})
        return
    rows = [
        {
            "report": str(one.report),
            "name": one.report.name,
            "rows": one.rows,
            "file": one.path.name,
        }
        for one in exported
    ]
    show_rows("files", COLUMNS, rows, Format.TABLE)


def _document(one: Exported) -> dict[str, Any]:
    return {
        "kind": str(one.report.kind),
        "id": one.report.id,
        "name": one.report.name,
        "file": one.path.name,
        "rows": one.rows,
        "pages": one.pages,
        "sha256": one.sha256,
        "schema_version": one.schema.version,
        "changes": [str(change) for change in one.changes],
        "warnings": list(one.warnings),
        "was_continued": one.was_continued,
    }


def _conclude(exported: Sequence[Exported], folder: Path) -> None:
    for one in exported:
        if one.was_continued:
            say(f"{one.report}: an export that was interrupted was continued.")
        for remark in (*one.changes, *one.warnings):
            say(f"{one.report}: {remark}.")
    rows = counted(sum(one.rows for one in exported), "row")
    files = counted(len(exported), "report")
    say(f"Exported {rows} of {files} to {folder}. The files hold personal data.")
