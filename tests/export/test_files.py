"""Files: complete or not there, private, and the same whoever reads them."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from enboarder import Clock, ConfigurationError
from enboarder.export import Exported, Schema, export_reports
from tests.conftest import FakeClock

from .reports import FORM, ReportService, field

EVERYDAY = ("jsonl", "csv")


def exported(service: ReportService, folder: Path, **options: Any) -> Exported:
    """Export the report of a service."""
    with service.client() as enboarder:
        (found,) = export_reports(enboarder, [FORM], folder, **options)
    return found


def csv_rows(path: Path) -> list[list[str]]:
    """Read a CSV file, with its header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_json_lines_lose_nothing(tmp_path: Path, reader: str) -> None:
    """Each row is the text that the service sent."""
    rows = b'{"a":1.10,"b":null},{"a":"\\ud83d","c":{"d":[]}},7'
    service = ReportService(b'{"items":[' + rows + b"]}")

    found = exported(service, tmp_path)

    assert found.path.read_bytes() == (
        b'{"a":1.10,"b":null}\n{"a":"\\ud83d","c":{"d":[]}}\n7\n'
    )
    assert (found.rows, found.pages) == (3, 1)


def test_csv_has_a_column_for_each_field(tmp_path: Path, reader: str) -> None:
    """Its header is the names, and the order is that of the properties."""
    rows = [{"b": "x", "a": 1}, {"a": None, "c": True}, {"a": 2.5, "b": ["y", "z"]}]
    service = ReportService(rows, fields=[field("a", "number"), field("b")])

    found = exported(service, tmp_path, format="csv")

    assert csv_rows(found.path) == [
        ["a", "b", "c"],
        ["1", "x", ""],
        ["", "", "true"],
        ["2.5", '["y","z"]', ""],
    ]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("=123", "'=123"),
        ("@sum", "'@sum"),
        ("-2+3", "'-2+3"),
        ("+61400000000", "+61400000000"),
        ("-5.5", "-5.5"),
        (-5.5e-30, "-5.5e-30"),
        ("\tx", "'\tx"),
        ('a "b", c\r\nd', 'a "b", c\r\nd'),
        ("", ""),
        ("\ud83d", "\\ud83d"),
        ("\0", "\0"),
        (False, "false"),
        ({"=a": 1}, '{"=a":1}'),
    ],
)
def test_csv_cells(value: Any, cell: str, tmp_path: Path, reader: str) -> None:
    """No cell runs as a formula, and numbers and phone numbers stay readable."""
    service = ReportService([{"a": value, "b": "x"}, {"a": "1", "b": None}])

    found = exported(service, tmp_path, format="csv")

    assert csv_rows(found.path)[1:] == [[cell, "x"], ["1", ""]]


def test_csv_with_one_column_has_no_empty_lines(tmp_path: Path) -> None:
    """An empty line would be no row for most readers."""
    service = ReportService([{"a": None}, {"a": "x"}, {}])

    found = exported(service, tmp_path, format="csv")

    assert csv_rows(found.path) == [["a"], [""], ["x"], [""]]


def test_column_that_appears_late_is_exported(tmp_path: Path, reader: str) -> None:
    """The file is written again with it; no page is fetched twice."""
    service = ReportService([{"a": 1}], [{"a": 2, "late": "x"}], [{"a": 3}])

    found = exported(service, tmp_path, format="csv")

    assert csv_rows(found.path) == [["a", "late"], ["1", ""], ["2", "x"], ["3", ""]]
    assert service.cursors == [None, "c1", "c2"]


def test_row_that_is_no_object_is_kept(tmp_path: Path, reader: str) -> None:
    """What has no column is kept as JSON."""
    service = ReportService([{"a": "x"}, [1, "=2"], None])

    found = exported(service, tmp_path, format="csv")

    assert csv_rows(found.path) == [
        ["a", "_unfit"],
        ["x", ""],
        ["", '[1,"=2"]'],
        ["", "null"],
    ]
    assert any("_unfit" in warning for warning in found.warnings)


@pytest.mark.parametrize("format", EVERYDAY)
def test_large_cells_survive(format: str, tmp_path: Path) -> None:
    """A file that somebody attached as text may have megabytes."""
    cell = "é," * 1_300_000
    service = ReportService([{"a": cell, "b": "x"}])

    found = exported(service, tmp_path, format=format)

    if format == "csv":
        limit = csv.field_size_limit(10_000_000)
        rows = csv_rows(found.path)
        csv.field_size_limit(limit)
        assert rows[1] == [cell, "x"]
    else:
        assert json.loads(found.path.read_bytes())["a"] == cell


@pytest.mark.parametrize("format", EVERYDAY)
def test_report_without_anything_is_a_file(format: str, tmp_path: Path) -> None:
    """No rows and no properties are no error."""
    found = exported(ReportService(), tmp_path, format=format)

    assert found.path.exists()
    assert (found.rows, found.pages) == (0, 1)


@pytest.mark.parametrize("format", EVERYDAY)
def test_only_the_finished_files_remain(format: str, tmp_path: Path) -> None:
    """Nothing partial and no position is left."""
    exported(ReportService([{"a": 1}]), tmp_path, format=format)

    names = {path.name for path in tmp_path.iterdir() if path.name[0] != "."}
    assert names == {f"form-F1.{format}", "form-F1.schema.json", "manifest.json"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists")
@pytest.mark.parametrize("format", EVERYDAY)
def test_files_are_private(format: str, tmp_path: Path) -> None:
    """Only the owner reads them, also while they grow."""
    folder = tmp_path / "new" / "export"
    modes: set[int] = set()

    def look() -> float:
        # An export asks for the time between its steps.
        modes.update(path.stat().st_mode & 0o777 for path in folder.iterdir())
        return 1_800_000_000.0

    service = ReportService([{"a": 1}], [{"a": 2}])
    exported(service, folder, format=format, clock=Clock(wall=look))
    look()

    assert modes == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_older_file_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    """A reader never sees half of a file."""
    exported(ReportService([{"a": "old"}]), tmp_path)
    seen: list[str] = []
    service = ReportService([{"a": "new"}], [{"a": "new"}])
    service.before = lambda _: seen.append((tmp_path / "form-F1.jsonl").read_text())

    exported(service, tmp_path)

    assert seen == ['{"a": "old"}\n'] * 2


def test_manifest_says_what_was_exported(tmp_path: Path, time: FakeClock) -> None:
    """Rows, pages, digest, schema, place, filters and time."""
    service = ReportService([{"a": 1}], [{"a": 2}], fields=[field("a")])

    found = exported(service, tmp_path, filters={"since": 7}, clock=time.clock)

    manifest = json.loads((tmp_path / "manifest.json").read_text())
    entry = manifest["reports"]["form-F1"]
    content = found.path.read_bytes()
    assert entry["report"] == {"kind": "form", "id": "F1", "name": "A form"}
    assert entry["sha256"] == hashlib.sha256(content).hexdigest() == found.sha256
    assert (entry["rows"], entry["pages"], entry["bytes"]) == (2, 2, len(content))
    assert entry["filters"] == {"since": "7"}
    assert entry["filters_are_documented"] is False
    assert (entry["base_url"], entry["region"]) == ("https://api.example.com", None)
    assert entry["exported_at"] == "2027-01-15T08:00:00+00:00"
    assert entry["schema_version"] == found.schema.version


def test_manifest_keeps_other_reports(tmp_path: Path) -> None:
    """Each report has its own entry."""
    path = tmp_path / "manifest.json"
    path.write_text('{"format": 1, "reports": {"form-other": {"rows": 3}}}')

    exported(ReportService([{"a": 1}]), tmp_path)

    assert set(json.loads(path.read_text())["reports"]) == {"form-other", "form-F1"}


def test_schema_is_beside_the_data(tmp_path: Path) -> None:
    """It has the columns of the file, those that only rows have among them."""
    service = ReportService([{"a": 1, "extra": 2}], fields=[field("a", "number")])

    found = exported(service, tmp_path)

    text = (tmp_path / "form-F1.schema.json").read_text()
    schema = Schema.from_json(json.loads(text))
    assert schema == found.schema
    assert [(column.name, column.is_listed) for column in schema.columns] == [
        ("a", True),
        ("extra", False),
    ]


def test_two_exports_of_one_folder_exclude_each_other(tmp_path: Path) -> None:
    """The second would write the files of the first."""
    service = ReportService([{"a": 1}])
    refused: list[str] = []

    def export_again(_: object) -> None:
        with pytest.raises(ConfigurationError, match="another export") as caught:
            exported(ReportService(), tmp_path)
        refused.append(str(caught.value))

    service.before = export_again
    exported(service, tmp_path)

    assert len(refused) == 1


def test_missing_library_is_named_before_a_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parquet needs an extra, and the error says which."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    service = ReportService()

    with pytest.raises(ConfigurationError, match="parquet"):
        exported(service, tmp_path, format="parquet")
    assert service.requests == []
