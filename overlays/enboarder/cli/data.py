"""What commands print on standard output: tables, JSON, or a JSON object per line.

On a terminal, rows are a table; elsewhere their cells are separated by tabs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any

FORMAT = 1
"""The version of the documents; a member may be added without a new one."""


class Format(Enum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    JSON_LINES = "jsonl"


def format_of(*, as_json: bool, as_lines: bool) -> Format:
    """Return the format that the options ask for.

    Raises:
        InvalidInput: both are given.
    """
    if as_json and as_lines:
        from ..errors import InvalidInput

        raise InvalidInput("--json and --jsonl exclude each other; give one of them")
    if as_json:
        return Format.JSON
    return Format.JSON_LINES if as_lines else Format.TABLE


def show_rows(
    name: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    format: Format = Format.TABLE,
    **members: Any,
) -> None:
    """Print rows.

    Args:
        name: what the list is called in JSON.
        columns: the members of a row that a table has.
        rows: the rows; JSON has all their members.
        format: how they are printed.
        members: what else the JSON document has.
    """
    if format is Format.JSON:
        show_document({**members, name: list(rows)})
    elif format is Format.JSON_LINES:
        for row in rows:
            show_line(row)
    else:
        _show_table(columns, rows)


def show_document(members: Mapping[str, Any]) -> None:
    """Print a JSON document."""
    document = {"format": FORMAT, **members}
    print(json.dumps(document, ensure_ascii=False, indent=2))


def show_line(row: Mapping[str, Any]) -> None:
    """Print a row as JSON on one line."""
    print(json.dumps(row, ensure_ascii=False), flush=True)


def utc_text(moment: datetime | None) -> str | None:
    """Return a time in UTC as JSON and tables have it."""
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _show_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    texts = [[_text(row.get(column)) for column in columns] for row in rows]
    if not is_shown_on_terminal():
        for line in [list(columns), *texts]:
            print("\t".join(line))
        return
    # Slow to import.
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for line in texts:
        # A text is never read as markup.
        table.add_row(*map(Text, line))
    Console().print(table)


def is_shown_on_terminal() -> bool:
    """Return whether a person reads the data on a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def _text(value: Any) -> str:
    from ..quoting import quotable

    return "" if value is None else quotable(value, 2000)
