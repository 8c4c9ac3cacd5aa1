"""`enboarder export warehouse`: load each report into a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from ...errors import InvalidInput
from ..codes import ExitCode
from ..data import Format, show_document, show_rows
from ..stopping import ended_by_sigterm
from ..talk import counted, say
from .choosing import Choice, chosen, warn_of_filters
from .progress import shown_progress

if TYPE_CHECKING:
    from ...export.warehouse import Loaded, LoadedTable
    from ..connection import Connection

COLUMNS = ("report", "name", "rows", "table")


@frozen
class Warehouse:
    """Where the tables go."""

    destination: str = "duckdb"
    database: Path | None = None
    dataset: str | None = None
    keys: Mapping[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])

    def settings(self) -> dict[str, Any]:
        """Return the arguments of a load; what is not given has a default there."""
        given: dict[str, Any] = {"destination": self.destination, "keys": self.keys}
        if self.database is not None:
            given["database"] = self.database
        if self.dataset is not None:
            given["dataset"] = self.dataset
        return given


def keys_of(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the fields that tell rows apart, by the id of the report.

    Raises:
        InvalidInput: a word names no report or no field.
    """
    keys: dict[str, tuple[str, ...]] = {}
    for word in words:
        report_id, _, name = word.partition("=")
        if not report_id or not name:
            raise InvalidInput(
                f"--key {word!r} is not REPORT=FIELD; nothing was requested. Write the "
                "id of a report, = and the name of a field"
            )
        keys[report_id] = (*keys.get(report_id, ()), name)
    return keys


def load(
    connection: Connection, choice: Choice, target: Warehouse, *, as_json: bool
) -> ExitCode:
    """Load, show what was loaded, and return the exit code."""
    # Slow to import.
    from ...export.warehouse import load_warehouse

    key = choice.hash_key()
    with connection.client() as enboarder:
        reports = chosen(enboarder, choice.reports)
        warn_of_filters(choice.filters)
        try:
            with ended_by_sigterm(), shown_progress() as show:
                loaded = load_warehouse(
                    enboarder,
                    reports,
                    **target.settings(),
                    **choice.settings(),
                    hash_key=key.reveal(),
                    progress=show,
                )
        except KeyboardInterrupt:
            say(
                "enboarder: interrupted; the tables are as before. Run the same "
                "command again"
            )
            return ExitCode.INTERRUPTED
    _show(loaded, as_json=as_json)
    _conclude(loaded)
    return ExitCode.OK


def _show(loaded: Loaded, *, as_json: bool) -> None:
    if as_json:
        show_document(
            {
                "destination": loaded.destination,
                "dataset": loaded.dataset,
                "tables": [_document(one) for one in loaded.tables],
            }
        )
        return
    rows = [
        {
            "report": str(one.report),
            "name": one.report.name,
            "rows": one.rows,
            "table": one.table,
        }
        for one in loaded.tables
    ]
    show_rows("tables", COLUMNS, rows, Format.TABLE)


def _document(one: LoadedTable) -> dict[str, Any]:
    return {
        "kind": str(one.report.kind),
        "id": one.report.id,
        "name": one.report.name,
        "table": one.table,
        "rows": one.rows,
        "pages": one.pages,
        "schema_version": one.schema.version,
        "changes": [str(change) for change in one.changes],
        "warnings": list(one.warnings),
    }


def _conclude(loaded: Loaded) -> None:
    for one in loaded.tables:
        for remark in (*one.changes, *one.warnings):
            say(f"{one.report}: {remark}.")
    rows = counted(loaded.rows, "row")
    tables = counted(len(loaded.tables), "table")
    say(
        f"Loaded {rows} into {tables} of {loaded.destination}, schema "
        f"{loaded.dataset}. They hold personal data."
    )
