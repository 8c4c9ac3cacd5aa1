"""Choose how dlt writes a table, by what the destination can do."""

from __future__ import annotations

from typing import Any

from ...errors import ConfigurationError
from .names import CONTENT_KEY

MIRROR = "cdc"
"""dlt's name for a merge that also deletes the rows that are not there any more."""
UPSERTS = ("upsert", "delete-insert")


def write_disposition(supported: set[str], *, is_whole: bool) -> dict[str, Any]:
    """Return how rows are written.

    If all rows of a report are read, its table has the same rows afterwards: new rows
    are added, changed rows replaced, and rows deleted in Enboarder are deleted. With
    filters, rows are added and replaced only.

    Args:
        supported: the merge strategies of the destination.
        is_whole: whether all rows are read.

    Raises:
        ConfigurationError: it cannot add a part of the rows without repeating some.
    """
    if is_whole and MIRROR in supported:
        return _merge(MIRROR)
    if is_whole:
        return {"disposition": "replace"}
    for strategy in UPSERTS:
        if strategy in supported:
            return _merge(strategy)
    raise ConfigurationError(
        "this destination cannot merge, so a load with filters would repeat rows or "
        "lose those of the last load; leave the filters out, or choose another "
        "destination. Nothing was sent"
    )


def _merge(strategy: str) -> dict[str, Any]:
    chosen: dict[str, Any] = {"disposition": "merge", "strategy": strategy}
    if strategy != "delete-insert":
        # A row with the same content is not written again.
        chosen["row_version_column_name"] = CONTENT_KEY
        chosen["skip_unchanged_rows"] = True
    return chosen
