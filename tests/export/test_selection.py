"""Which fields are exported: included, left out, or hashed."""

from __future__ import annotations

import hashlib
import hmac
import json
import traceback
from pathlib import Path
from typing import Any

import pytest

from enboarder import EnboarderError, InvalidInput
from enboarder.export import Exported, export_reports
from enboarder.export.columns import Treatment
from tests.engine import httpx

from .reports import FORM, ReportService, field

KEY = "a key of sixteen or more characters"
FIELDS = [
    {"fieldName": "name", "id": "f1", "label": "Full name", "datatype": "text"},
    field("salary", "number", "Salary"),
    field("bank", "text", "Account"),
    field("iban", "text", "Account"),
]
ROW = {
    "name": "Alex Example",
    "salary": 7,
    "bank": "first account",
    "iban": "second account",
    "more": "x",
}


def exported(service: ReportService, folder: Path, **options: Any) -> Exported:
    """Export the report of a service."""
    with service.client() as enboarder:
        (found,) = export_reports(enboarder, [FORM], folder, **options)
    return found


def chosen(folder: Path, *rows: dict[str, Any], **options: Any) -> list[Any]:
    """Return the exported rows."""
    service = ReportService(rows or [ROW], fields=FIELDS)
    found = exported(service, folder, **options)
    return [json.loads(line) for line in found.path.read_bytes().splitlines()]


def keyed(text: str) -> str:
    """Return the documented hash of a text."""
    return hmac.new(KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


@pytest.mark.parametrize("name", ["salary", "Salary"])
def test_excluded_field_is_left_out(name: str, tmp_path: Path, reader: str) -> None:
    """Its name and its label mean it."""
    (row,) = chosen(tmp_path, exclude=[name])

    assert row == {key: value for key, value in ROW.items() if key != "salary"}


def test_only_included_fields_are_exported(tmp_path: Path, reader: str) -> None:
    """A member that appears later is not exported, either."""
    rows = chosen(tmp_path, ROW, {"name": "B", "later": 1}, include=["f1"])

    assert rows == [{"name": "Alex Example"}, {"name": "B"}]


def test_shared_label_means_all_of_its_fields(tmp_path: Path) -> None:
    """The strictest meaning counts for personal data."""
    (row,) = chosen(tmp_path, exclude=["Account"])

    assert set(row) == {"name", "salary", "more"}


def test_rows_may_have_labels(tmp_path: Path) -> None:
    """A field is left out, however rows call it."""
    row = {"Full name": "Alex Example", "Account": "123", "salary": 1}

    assert chosen(tmp_path, row, exclude=["name", "iban"]) == [{"salary": 1}]


def test_hash_is_keyed_and_always_the_same(tmp_path: Path, reader: str) -> None:
    """Tables can be joined by it; empty cells stay empty."""
    rows = chosen(
        tmp_path,
        ROW,
        {"name": "", "salary": None},
        hash_fields=["name", "salary"],
        hash_key=KEY,
    )

    assert rows[0]["name"] == keyed("Alex Example")
    assert rows[0]["salary"] == keyed("7")
    assert rows[1] == {"name": None, "salary": None}


def test_table_has_no_column_for_what_is_left_out(tmp_path: Path) -> None:
    """The schema says what was done with each field."""
    service = ReportService([ROW], fields=FIELDS)

    found = exported(
        service,
        tmp_path,
        format="csv",
        exclude=["Account"],
        hash_fields=["salary"],
        hash_key=KEY,
    )

    assert found.path.read_text().splitlines()[0] == "name,salary,more"
    treatments = {one.name: one.treatment for one in found.schema.columns}
    assert treatments["bank"] is Treatment.LEFT_OUT
    assert treatments["salary"] is Treatment.HASHED
    assert treatments["name"] is Treatment.KEPT


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_left_out_values_never_reach_the_disk(format: str, tmp_path: Path) -> None:
    """Not even the rows of an interrupted export have them."""
    service = ReportService([ROW], httpx.Response(503), fields=FIELDS)

    with pytest.raises(EnboarderError):
        exported(
            service,
            tmp_path,
            format=format,
            exclude=["Account"],
            hash_fields=["name"],
            hash_key=KEY,
        )

    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"salary" in content
    for secret in (b"first account", b"second account", b"Alex", KEY.encode()):
        assert secret not in content


def test_misspelt_field_exports_nothing(tmp_path: Path) -> None:
    """What should stay would be exported otherwise; the error names a close one."""
    service = ReportService([ROW], fields=FIELDS)

    with pytest.raises(InvalidInput, match="'salary'"):
        exported(service, tmp_path, exclude=["salery"])

    assert list(tmp_path.glob("form-*")) == []


def test_field_that_is_no_longer_protected_is_told(tmp_path: Path) -> None:
    """Somebody may have forgotten an option that an earlier export had."""
    service = ReportService([ROW], fields=FIELDS)
    before = exported(
        service,
        tmp_path,
        exclude=["bank"],
        hash_fields=["name", "salary"],
        hash_key=KEY,
    )
    now = exported(service, tmp_path, exclude=["salary"])

    assert not any("last export" in warning for warning in before.warnings)
    (told,) = [warning for warning in now.warnings if "last export" in warning]
    assert "'bank', 'name'" in told
    assert "'salary'" not in told


def test_member_of_rows_can_be_left_out(tmp_path: Path) -> None:
    """A first export may name what no property lists."""
    (row,) = chosen(tmp_path, exclude=["more"])

    assert "more" not in row


@pytest.mark.parametrize(
    ("options", "argument"),
    [
        ({"exclude": "name"}, "exclude"),
        ({"exclude": ["name"], "include": ["name"]}, "exclude"),
        ({"hash_fields": ["name"]}, "hash_key"),
        ({"hash_fields": ["name"], "hash_key": "short"}, "hash_key"),
        ({"format": "xlsx"}, "format"),
        ({"on_drift": "warn"}, "on_drift"),
        ({"in_flight": 0}, "in_flight"),
        ({"filters": {"nextkey": "c1"}}, "nextKey"),
    ],
)
def test_wrong_argument_is_refused_before_a_request(
    options: dict[str, Any], argument: str, tmp_path: Path
) -> None:
    """The error names the argument."""
    service = ReportService([ROW])

    with pytest.raises(InvalidInput, match=argument):
        exported(service, tmp_path / "new", **options)
    assert service.requests == []
    assert not (tmp_path / "new").exists()


def test_row_without_fields_cannot_be_chosen_from(tmp_path: Path) -> None:
    """Nobody can say whether it contains what should stay."""
    service = ReportService([[1, 2]], fields=FIELDS)

    with pytest.raises(EnboarderError, match="not a JSON object"):
        exported(service, tmp_path, exclude=["name"])


@pytest.mark.parametrize("hash_key", [KEY, "short secret"])
def test_key_is_in_no_frame_of_an_error(hash_key: str, tmp_path: Path) -> None:
    """Tools that record local variables never see it."""
    service = ReportService([ROW], httpx.Response(503), fields=FIELDS)

    with service.client() as enboarder, pytest.raises(EnboarderError) as caught:
        export_reports(
            enboarder, [FORM], tmp_path, hash_fields=["name"], hash_key=hash_key
        )

    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    ours = [frame for frame in frames if "/enboarder/" in frame.f_code.co_filename]
    assert len(ours) > 1
    assert not any(hash_key in repr(frame.f_locals) for frame in ours)
