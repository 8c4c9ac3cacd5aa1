"""A look at a report: its columns, its first rows, and how empty they are."""

from __future__ import annotations

import pytest

from enboarder import InvalidInput
from enboarder.export import Preview, preview

from .reports import FORM, ReportService, field


def previewed(service: ReportService, rows: int = 10) -> Preview:
    """Look at the report of a service."""
    with service.client() as enboarder:
        return preview(enboarder, FORM, rows)


def test_preview_has_columns_and_first_rows(reader: str) -> None:
    """The columns of rows come after those of the properties."""
    page = [{"b": "x", "a": 1}, {"b": ""}, {"b": None, "extra": [1]}, {"a": 0}]
    service = ReportService(page, [{"a": 5}], fields=[field("a", "number")])

    found = previewed(service, rows=2)

    assert found.schema.names == ("a", "b", "extra")
    assert found.rows == ((1, "x", None), (None, "", None))
    assert found.empty == {"a": 0.5, "b": 0.75, "extra": 0.75}
    assert (found.read, found.is_complete) == (4, False)
    assert service.cursors == [None]


def test_preview_of_an_empty_report() -> None:
    """It shows its columns."""
    found = previewed(ReportService([], fields=[field("a")]))

    assert (found.rows, found.empty, found.read) == ((), {"a": 0.0}, 0)
    assert found.is_complete


def test_preview_does_not_show_values_in_its_repr() -> None:
    """They are personal data, and a log is no place for them."""
    found = previewed(ReportService([{"a": "Alex Example"}]))

    assert "Alex" not in repr(found)


def test_wrong_number_of_rows_is_refused() -> None:
    """Nothing is sent."""
    service = ReportService()

    with pytest.raises(InvalidInput, match="rows"):
        previewed(service, rows=-1)
    assert service.requests == []
