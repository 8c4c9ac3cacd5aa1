"""The same load as Parquet files, by the filesystem destination of dlt."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import dlt
import pyarrow as pa
import pyarrow.parquet as pq

from tests.export.warehouse.conftest import ALEX, MORGAN, Forms, Load


def table(folder: Path) -> Any:
    """Return what all Parquet files of the form hold."""
    files = sorted(folder.glob("enboarder/form_4mkvzc9ox/*.parquet"))
    return pa.concat_tables([pq.read_table(file) for file in files])


def test_parquet_files_have_the_rows_once(
    forms: Forms, load: Load, tmp_path: Path
) -> None:
    """Files cannot be merged, so each load replaces them."""
    folder = tmp_path / "lake"
    folder.mkdir()
    files = dlt.destinations.filesystem(folder.as_uri())
    load(destination=files, database=None)
    forms.rows = [ALEX, MORGAN, MORGAN]
    load(destination=files, database=None)

    found = table(folder)

    assert pa.date32() == found.schema.field("start_date").type
    assert pa.float64() == found.schema.field("salary").type
    dates = sorted(found.column("start_date").to_pylist())
    assert [date(2027, 1, 12), date(2027, 2, 1), date(2027, 2, 1)] == dates
