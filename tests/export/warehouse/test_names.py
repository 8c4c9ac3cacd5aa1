"""Names and keys: properties that hold for whatever a service calls things."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pyarrow as pa
from dlt.common.normalizers.naming.snake_case import NamingConvention
from hypothesis import given, settings
from hypothesis import strategies as st

from enboarder.export import Report, ReportKind
from enboarder.export.warehouse.keys import ContentKeys
from enboarder.export.warehouse.names import column_names, table_name, table_names

# The first example imports pyarrow.
UNHURRIED = settings(deadline=None, max_examples=50, database=None, derandomize=True)
NAMING = NamingConvention(63)
TEXTS = st.text(min_size=1, max_size=60)
CELLS = st.none() | st.text(st.sampled_from("ab\x1b\x1e\x1f0"), max_size=3)


@UNHURRIED
@given(st.lists(TEXTS, unique=True))
def test_no_two_columns_share_a_name_and_dlt_keeps_it(names: list[str]) -> None:
    """Whatever people type into a form, also after a normalisation by dlt."""
    found = column_names(names)

    assert set(names) == set(found)
    assert len(found) == len({*found.values(), "_content_key", "_unfit"}) - 2
    for name in found.values():
        assert name == NAMING.normalize_identifier(name)


@UNHURRIED
@given(st.lists(TEXTS, unique=True), TEXTS)
def test_new_column_renames_no_older_one(names: list[str], added: str) -> None:
    """Also if they would share a name."""
    known = column_names(names)

    later = column_names([added, *names], known)

    assert known == {name: later[name] for name in names}
    assert len(later) == len(set(later.values()))


@UNHURRIED
@given(st.lists(TEXTS, unique=True, min_size=1))
def test_order_of_columns_decides_nothing(names: list[str]) -> None:
    """A tag comes from the name of the column."""
    assert column_names(names) == column_names(names[::-1])


@UNHURRIED
@given(st.lists(st.text("aAbB_-0", min_size=1, max_size=9), unique=True))
def test_no_two_reports_share_a_table(ids: list[str]) -> None:
    """Ids differ by case, hyphens and underscores."""
    reports = [Report(ReportKind.FORM, report_id) for report_id in ids]

    names = table_names(reports).values()

    assert len(ids) == len(set(names))
    for name in names:
        assert name == NAMING.normalize_identifier(name)


def test_table_is_named_by_the_id() -> None:
    """A form that gets another name keeps its table."""
    renamed = Report(ReportKind.WORKFLOW, "Vr4Q_-ttA", "Another name")

    assert "workflow_vr4q_tta" == table_name(renamed)


@UNHURRIED
@given(st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_each_row_has_a_key_of_its_own(rows: list[tuple[Any, Any]]) -> None:
    """Equal rows are numbered, and no other two rows share a key."""
    keys = ContentKeys().of(table_of(rows))

    assert len(rows) == len(set(keys))
    firsts = [key for key in keys if "-" not in key]
    assert len(set(rows)) == len(firsts)


@UNHURRIED
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_column_without_values_changes_no_key(rows: list[tuple[Any, Any]]) -> None:
    """A new question leaves older rows as they are; the size of a page, too."""
    table = table_of(rows)
    wide = table.append_column("c", pa.nulls(len(rows), pa.float64()))
    keys = ContentKeys()
    pages = [wide.slice(start, end - start) for start, end in pairwise([0, 1, 8])]

    assert ContentKeys().of(table) == [key for page in pages for key in keys.of(page)]


def table_of(rows: list[tuple[Any, Any]]) -> Any:
    """Return rows of two columns."""
    columns = [[row[0] for row in rows], [row[1] for row in rows]]
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.table(arrays, names=["a", "b"])
