"""Parquet and Arrow: typed columns, read back by pyarrow and polars."""

from __future__ import annotations

import json
import math
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from enboarder import EnboarderError
from enboarder.export import (
    Exported,
    SchemaDrift,
    export_reports,
    page_to_batch,
    read_pages,
    read_schema,
    to_arrow,
    to_pandas,
    to_polars,
)
from enboarder.export.files import parquet
from tests.engine import httpx
from tests.export.any_rows import FIELDS, ROWS_OF_PAGES
from tests.export.reports import FORM, ReportService, field

TYPED = [
    field("name", "text", "Full name"),
    field("start", "date"),
    field("pay", "number"),
    field("skills", "multiselect"),
]
ROWS: list[dict[str, Any]] = [
    {"name": "Alex", "start": "2027-01-12", "pay": 7.5, "skills": ["a", "b"]},
    {"name": None, "start": "", "pay": "700.50", "skills": "a"},
    {"name": 5, "start": "2027-01-12T00:00:00Z", "pay": None, "skills": None},
]


def exported(service: ReportService, folder: Path, **options: Any) -> Exported:
    """Export the report of a service as Parquet."""
    options = {"format": "parquet", **options}
    with service.client() as enboarder:
        (found,) = export_reports(enboarder, [FORM], folder, **options)
    return found


def test_columns_are_typed(tmp_path: Path, reader: str) -> None:
    """Dates are dates, numbers are numbers, and labels are descriptions."""
    found = exported(ReportService(ROWS, fields=TYPED), tmp_path)

    table = pq.read_table(found.path)
    assert table.schema.types == [
        pa.string(),
        pa.date32(),
        pa.float64(),
        pa.list_(pa.string()),
    ]
    assert table.schema.field("name").metadata[b"description"] == b"Full name"
    day = date(2027, 1, 12)
    assert table.to_pydict() == {
        "name": ["Alex", None, "5"],
        "start": [day, None, day],
        "pay": [7.5, 700.5, None],
        "skills": [["a", "b"], ["a"], None],
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pay", "n/a"),
        ("pay", "007"),
        ("pay", 2**60),
        ("pay", True),
        ("pay", [1]),
        ("start", "12/01/2027"),
        ("start", "2027-02-30"),
        ("start", "2027-01-12T09:00:00Z"),
        ("start", 5),
        ("new", "x"),
    ],
)
def test_value_that_does_not_fit_is_kept(
    name: str, value: Any, tmp_path: Path, reader: str
) -> None:
    """It is in a column of its own, as JSON, and the types stay."""
    service = ReportService(ROWS[:1], [{name: value}], fields=TYPED)

    found = exported(service, tmp_path)

    row = pq.read_table(found.path).to_pylist()[1]
    if name == "new":
        assert row["new"] == "x"
    else:
        assert row[name] is None
        assert json.loads(row["_unfit"]) == {name: value}


def test_value_that_does_not_fit_stops_a_later_export(tmp_path: Path) -> None:
    """The column and the kind of the value are named, and never the value."""
    exported(ReportService(ROWS, fields=TYPED), tmp_path)
    service = ReportService([{"pay": "secret amount"}], fields=TYPED)

    with pytest.raises(SchemaDrift, match="pay") as caught:
        exported(service, tmp_path)
    assert "secret" not in str(caught.value)

    kept = exported(service, tmp_path, on_drift="add")
    assert "_unfit" in pq.read_schema(kept.path).names
    assert exported(service, tmp_path).changes == ()


def test_value_that_does_not_fit_can_be_ignored(tmp_path: Path) -> None:
    """It is left out, and this is reported."""
    exported(ReportService(ROWS, fields=TYPED), tmp_path)
    service = ReportService([{"pay": "n/a", "new": 1}], fields=TYPED)

    found = exported(service, tmp_path, on_drift="ignore")

    assert pq.read_table(found.path).to_pylist() == [dict.fromkeys(ROWS[0])]
    assert len(found.warnings) == 2


def test_continued_file_has_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where groups of rows end does not depend on pages or interruptions."""
    monkeypatch.setattr(parquet, "GROUP_ROWS", 4)
    pages: list[Any] = [
        [{"pay": 3 * number + one} for one in range(3)] for number in range(6)
    ]
    expected = exported(ReportService(*pages, fields=TYPED), tmp_path / "whole")
    broken = [*pages[:3], httpx.Response(503)]
    with pytest.raises(EnboarderError):
        exported(ReportService(*broken, *pages[4:], fields=TYPED), tmp_path / "again")

    found = exported(ReportService(*pages, fields=TYPED), tmp_path / "again")

    assert found.was_continued
    assert found.sha256 == expected.sha256
    assert pq.ParquetFile(found.path).num_row_groups == 5


def test_large_and_broken_cells_survive(tmp_path: Path) -> None:
    """Megabytes are kept, and half a character as its escape."""
    cell = "é" * 2_500_000
    found = exported(ReportService([{"a": cell}, {"a": "\ud83d"}]), tmp_path)

    assert pq.read_table(found.path)["a"].to_pylist() == [cell, "\\ud83d"]


def test_hash_is_text_in_a_column_of_numbers(tmp_path: Path) -> None:
    """The type of a hashed column is that of hashes."""
    found = exported(
        ReportService(ROWS, fields=TYPED),
        tmp_path,
        hash_fields=["pay"],
        hash_key="a key of some length",
        exclude=["start"],
    )

    schema = pq.read_schema(found.path)
    assert schema.names == ["name", "pay", "skills"]
    assert schema.field("pay").type == pa.string()


def test_empty_reports_have_their_columns(tmp_path: Path) -> None:
    """A table without rows can be loaded as well."""
    found = exported(ReportService([], fields=TYPED), tmp_path / "a")
    bare = exported(ReportService([]), tmp_path / "b")

    assert pq.read_table(found.path).shape == (0, 4)
    assert pq.read_table(bare.path).num_rows == 0


@pytest.mark.parametrize(
    ("misfits", "expected"),
    [("keep", '{"pay":"n/a","new":1}'), ("drop", None)],
)
def test_page_is_a_batch(misfits: str, expected: str | None, reader: str) -> None:
    """What does not fit is refused, kept or dropped."""
    service = ReportService([{"name": "x", "pay": "n/a", "new": 1}], fields=TYPED)
    with service.client() as enboarder:
        schema = read_schema(enboarder, FORM)
        (page,) = read_pages(enboarder, FORM)

    with pytest.raises(SchemaDrift, match="new"):
        page_to_batch(page, schema)
    (row,) = page_to_batch(page, schema, misfits=misfits).to_pylist()
    found = row.pop("_unfit", None)
    assert row == {"name": "x", "start": None, "pay": None, "skills": None}
    assert (found and json.loads(found)) == (expected and json.loads(expected))


def test_rows_without_members_stay_rows(reader: str) -> None:
    """A report without a column still has as many rows as the service sent."""
    service = ReportService([{}, {}], fields=[])
    with service.client() as enboarder:
        schema = read_schema(enboarder, FORM)
        (page,) = read_pages(enboarder, FORM)

    assert page_to_batch(page, schema).num_rows == 2


def test_page_covered_by_its_schema_has_all_members(reader: str) -> None:
    """A schema can be widened by the rows of a page."""
    service = ReportService([{"name": "x", "new": 1}], fields=TYPED)
    with service.client() as enboarder:
        (page,) = read_pages(enboarder, FORM)
        schema = read_schema(enboarder, FORM).covering(page.decoded())

    assert page_to_batch(page, schema).to_pylist()[0]["new"] == "1"


def test_whole_report_in_memory(reader: str) -> None:
    """Arrow, pandas and polars have the same rows."""
    service = ReportService(ROWS[:1], ROWS[1:], fields=TYPED)
    with service.client() as enboarder:
        table = to_arrow(enboarder, FORM)
        data_frame = to_pandas(enboarder, FORM)
        polars_frame = to_polars(enboarder, FORM)

    assert table.column_names == ["name", "start", "pay", "skills"]
    assert table.num_rows == len(data_frame) == polars_frame.height == 3
    assert data_frame["pay"].sum() == polars_frame["pay"].sum() == 708


def test_whole_report_keeps_what_does_not_fit() -> None:
    """The column for it is there only if it is needed."""
    service = ReportService([{"pay": "n/a"}], fields=TYPED)

    with service.client() as enboarder:
        table = to_arrow(enboarder, FORM)

    assert json.loads(table["_unfit"][0].as_py()) == {"pay": "n/a"}


# --- Any pages ------------------------------------------------------------------------


def canonical(value: Any) -> str:
    """Return what a value means, whether it is a number, a date or its text."""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        try:
            number = float(value)
        except (ValueError, OverflowError):
            number = math.nan
        if math.isfinite(number):
            return repr(number)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value.encode(errors="backslashreplace").decode())


def values_in(row: Any) -> list[Any]:
    """Return the values of a row of a page; a row may be no object."""
    return list(row.values()) if isinstance(row, dict) else [row]


def values_out(row: dict[str, Any]) -> list[Any]:
    """Return the values of a row of a table, with those that did not fit."""
    unfit = row.pop("_unfit", None)
    values = [value for value in row.values() if value is not None]
    return values if unfit is None else values + values_in(json.loads(unfit))


def counted(values: list[Any], *, is_object: bool) -> Counter[str]:
    """Count values; an empty one in an object is the same as none."""
    kept = [value for value in values if not is_object or value not in (None, "")]
    return Counter(map(canonical, kept))


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pages=ROWS_OF_PAGES, fields=FIELDS)
def test_parquet_has_every_row(
    pages: list[Any], fields: list[Any], reader: str
) -> None:
    """Each row has its values, by pyarrow and by polars."""
    with TemporaryDirectory() as folder:
        found = exported(ReportService(*pages, fields=fields), Path(folder))
        written = pq.read_table(found.path).to_pylist()
        height = (
            polars.read_parquet(found.path).height if found.schema.columns else None
        )

    rows = [row for page in pages for row in page]
    assert len(written) == len(rows) == found.rows
    assert height in (None, len(rows))
    for out, row in zip(written, rows, strict=True):
        is_object = isinstance(row, dict)
        expected = counted(values_in(row), is_object=is_object)
        assert counted(values_out(out), is_object=is_object) == expected
