"""`enboarder export list` and `preview`: look, and write nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import export
from ...export.pages import checked_filters
from ..data import (
    Format,
    format_of,
    is_shown_on_terminal,
    show_document,
    show_rows,
)
from ..talk import counted, say
from .choosing import chosen, warn_of_filters

if TYPE_CHECKING:
    from ...export import Preview, Schema
    from ..connection import Connection

COLUMNS = ("kind", "id", "name")
OF_SCHEMA = ("name", "type", "empty", "label")


def list_reports(connection: Connection, *, as_json: bool, as_lines: bool) -> None:
    """Print the reports of the account."""
    format = format_of(as_json=as_json, as_lines=as_lines)
    with connection.client() as enboarder:
        reports = export.list_reports(enboarder)
    rows = [
        {"kind": str(report.kind), "id": report.id, "name": report.name}
        for report in reports
    ]
    show_rows("reports", COLUMNS, rows, format)


def preview(
    connection: Connection,
    word: str,
    rows: int,
    filters: Mapping[str, str],
    *,
    as_json: bool,
) -> None:
    """Print the columns of a report, and its first rows."""
    checked = checked_filters(filters)
    with connection.client() as enboarder:
        (report,) = chosen(enboarder, [word])
        warn_of_filters(filters)
        found = export.preview(enboarder, report, rows, filters=checked)
    names = found.schema.names
    shown = [dict(zip(names, row, strict=True)) for row in found.rows]
    columns = _columns(found.schema, found.empty)
    if as_json:
        _show_document(found, columns, shown)
        return
    texts = [{**column, "empty": f"{column['empty']:.0%}"} for column in columns]
    show_rows("columns", OF_SCHEMA, texts, Format.TABLE)
    if not is_shown_on_terminal():
        print()
    show_rows("rows", names, shown, Format.TABLE)
    for warning in found.schema.warnings:
        say(f"Warning: {warning}.")
    read = counted(found.read, "row")
    part = "the whole report" if found.is_complete else "its first page"
    say(f"Empty cells were counted in {part}: {read}.")


def _columns(schema: Schema, empty: Mapping[str, float]) -> list[dict[str, Any]]:
    return [
        {
            "name": column.name,
            "type": str(column.type),
            "empty": empty.get(column.name, 0.0),
            "label": column.label,
        }
        for column in schema.columns
    ]


def _show_document(
    found: Preview, columns: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    report = found.schema.report
    show_document(
        {
            "kind": str(report.kind),
            "id": report.id,
            "name": report.name,
            "read": found.read,
            "is_complete": found.is_complete,
            "rows": rows,
            "columns": columns,
        }
    )
