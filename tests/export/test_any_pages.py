"""Whatever pages come: rows in are rows out, read back by another library."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from enboarder.export import Exported, export_reports
from enboarder.formulas import unguarded

from .any_rows import FIELDS, ROWS_OF_PAGES
from .reports import FORM, ReportService

LIMITS = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def exported(pages: list[Any], fields: list[Any], folder: str, format: str) -> Exported:
    """Export any pages."""
    with ReportService(*pages, fields=fields).client() as enboarder:
        (found,) = export_reports(enboarder, [FORM], Path(folder), format=format)
    return found


def as_json(value: Any) -> str:
    """Return a value as JSON text; half a character as its escape."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="backslashreplace").decode()


def as_text(value: Any) -> str:
    """Return the text of a value in a CSV file."""
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()
    return as_json(value)


def texts_of(row: Any) -> Counter[str]:
    """Return the texts of a row that a CSV file must have, in any order."""
    if not isinstance(row, dict):
        return Counter([as_json(row)])
    values = [value for value in row.values() if value not in (None, "")]
    return Counter(map(as_text, values))


@LIMITS
@given(pages=ROWS_OF_PAGES, fields=FIELDS)
def test_json_lines_have_every_row(
    pages: list[Any], fields: list[Any], reader: str
) -> None:
    """The values are equal to those of the pages."""
    with TemporaryDirectory() as folder:
        found = exported(pages, fields, folder, "jsonl")
        lines = found.path.read_bytes().splitlines()

    rows = [row for page in pages for row in page]
    assert [json.loads(line) for line in lines] == rows
    assert found.rows == len(rows)


@LIMITS
@given(pages=ROWS_OF_PAGES, fields=FIELDS)
def test_csv_has_every_row(pages: list[Any], fields: list[Any], reader: str) -> None:
    """Each row has the texts of its values."""
    with TemporaryDirectory() as folder:
        found = exported(pages, fields, folder, "csv")
        with found.path.open(encoding="utf-8", newline="") as file:
            header, *lines = csv.reader(file)

    rows = [row for page in pages for row in page]
    assert len(lines) == len(rows)
    assert len(header) == len(set(header))
    for line, row in zip(lines, rows, strict=True):
        cells = [unguarded(cell) for cell in line if cell]
        assert Counter(cells) == texts_of(row)


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_examples_are_enough(format: str, reader: str) -> None:
    """A page with everything odd at once is exported, too."""
    odd = {"": "", "\0": "\0", 'q"': 'q"', "\ud83d": "\ud83d", "=": "=", "l": [[], {}]}
    with TemporaryDirectory() as folder:
        found = exported([[odd, {}, odd | {"new": 1e300}]], [], folder, format)

    assert found.rows == 3
