"""Columns that change between two exports: stop, add or ignore."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from enboarder import InvalidInput
from enboarder.export import Exported, SchemaDrift, export_reports

from .reports import FORM, ReportService, field

OLD = [field("a"), field("b")]
NEW = [field("a", "number"), field("c")]


def exported(service: ReportService, folder: Path, **options: Any) -> Exported:
    """Export the report of a service as CSV."""
    with service.client() as enboarder:
        (found,) = export_reports(enboarder, [FORM], folder, format="csv", **options)
    return found


def export_old(folder: Path) -> bytes:
    """Export the old columns, and return the file."""
    row = {"a": "1", "b": "2"}
    return exported(ReportService([row], fields=OLD), folder).path.read_bytes()


def changed() -> ReportService:
    """Return a service whose columns have changed."""
    return ReportService([{"a": "3", "c": "4"}], fields=NEW)


def header(found: Exported) -> list[str]:
    """Return the header of an exported file."""
    with found.path.open(newline="") as file:
        return next(csv.reader(file))


def test_changed_columns_stop_the_export(tmp_path: Path) -> None:
    """Every change is named, no row is read, and the old file stays."""
    before = export_old(tmp_path)
    service = changed()

    with pytest.raises(SchemaDrift) as caught:
        exported(service, tmp_path)

    assert len(caught.value.changes) == 3
    assert all(
        any(f"{name!r}" in change for change in caught.value.changes) for name in "abc"
    )
    assert service.cursors == []
    assert (tmp_path / "form-F1.csv").read_bytes() == before


def test_changed_columns_are_added(tmp_path: Path) -> None:
    """The changes are reported, and are no changes for the next export."""
    export_old(tmp_path)

    found = exported(changed(), tmp_path, on_drift="add")

    assert header(found) == ["a", "c"]
    assert [str(change.kind) for change in found.changes] == [
        "retyped",
        "removed",
        "added",
    ]
    assert exported(changed(), tmp_path).changes == ()


def test_changed_columns_are_ignored(tmp_path: Path) -> None:
    """The columns stay, and what is left out is reported."""
    export_old(tmp_path)

    found = exported(changed(), tmp_path, on_drift="ignore")

    assert header(found) == ["a", "b"]
    assert len(found.changes) == 3
    assert any("'c'" in warning for warning in found.warnings)


@pytest.mark.parametrize("fields", [OLD[::-1], [field("a", label="A?"), OLD[1]]])
def test_order_and_labels_are_no_change(fields: list[Any], tmp_path: Path) -> None:
    """An editor who moves or rewords a question breaks nothing."""
    export_old(tmp_path)

    assert exported(ReportService([], fields=fields), tmp_path).changes == ()


def test_first_export_learns_what_rows_have(tmp_path: Path, reader: str) -> None:
    """Later ones stop at a member that is new."""
    rows = [{"a": "1", "extra": "x"}]
    first = exported(ReportService(rows, fields=OLD), tmp_path)
    assert header(first) == ["a", "b", "extra"]
    assert exported(ReportService(rows, fields=OLD), tmp_path).changes == ()

    service = ReportService(rows, [{"another": "y"}], fields=OLD)
    with pytest.raises(SchemaDrift, match="another"):
        exported(service, tmp_path)


def test_rows_are_not_fetched_again_after_drift(tmp_path: Path, reader: str) -> None:
    """With another policy, the export continues where it stopped."""
    export_old(tmp_path)
    pages = [[{"a": "1"}], [{"new": "x"}], [{"a": "2"}]]
    with pytest.raises(SchemaDrift):
        exported(ReportService(*pages, fields=OLD), tmp_path)

    service = ReportService(*pages, fields=OLD)
    found = exported(service, tmp_path, on_drift="add")

    assert service.cursors == ["c1", "c2"]
    assert found.path.read_text().splitlines() == ["a,b,new", "1,,", ",,x", "2,,"]


def test_json_lines_stop_at_new_members_too(tmp_path: Path, reader: str) -> None:
    """The policy does not depend on the format."""
    export_old(tmp_path)
    service = ReportService([{"a": "1", "new": "x"}], fields=OLD)

    with service.client() as enboarder, pytest.raises(SchemaDrift, match="new"):
        export_reports(enboarder, [FORM], tmp_path)


def test_column_of_rows_may_become_a_question(tmp_path: Path) -> None:
    """A member that the properties list later is no new column."""
    exported(ReportService([{"a": "1", "b": "2"}]), tmp_path)

    found = exported(ReportService([{"a": "1", "b": "2"}], fields=OLD), tmp_path)

    assert found.changes == ()


def test_schema_that_somebody_changed_is_refused(tmp_path: Path) -> None:
    """The next export does not guess what the last one had."""
    export_old(tmp_path)
    (tmp_path / "form-F1.schema.json").write_text("{}")

    with pytest.raises(InvalidInput, match=r"schema\.json"):
        exported(changed(), tmp_path)


def test_too_many_members_are_a_named_error(tmp_path: Path) -> None:
    """Ids as names of members would never end."""
    row = {f"m{number}": 1 for number in range(5_001)}

    with pytest.raises(SchemaDrift, match="5000"):
        exported(ReportService([row]), tmp_path)
