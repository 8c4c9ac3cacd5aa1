"""The ways to export a form that are compared; each runs in a process of its own.

A way is a function of an address, a number of rows and an empty folder. It returns what
it needs to count the rows that it wrote, which is not measured.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import httpx

from scripts.lab.exports.pages import ROWS_ON_A_PAGE, form_id

Count: TypeAlias = Callable[[], int]
Way: TypeAlias = Callable[[str, int, Path], Count]

KEY = "a-key"
TABLE = "form"


def fetch_alone(url: str, rows: int, _: Path) -> Count:
    """Fetch every page, and look into none; the cursors are known."""
    fetched = 0
    with _client(url) as client:
        for number in range(0, rows, ROWS_ON_A_PAGE):
            cursor = f"page-{number // ROWS_ON_A_PAGE}" if number else None
            client.get(_path(rows), params=_params(cursor)).raise_for_status()
            fetched += min(ROWS_ON_A_PAGE, rows - number)
    return lambda: fetched


def everyday_loop(url: str, rows: int, folder: Path) -> Count:
    """Do what everybody writes: `.json()`, and `json.dumps` for each row."""
    path = folder / "form.jsonl"
    cursor = None
    with _client(url) as client, path.open("w", encoding="utf-8") as file:
        while True:
            answer = client.get(_path(rows), params=_params(cursor))
            page = answer.raise_for_status().json()
            for row in page["items"]:
                file.write(json.dumps(row) + "\n")
            cursor = page.get("nextKey")
            if not cursor:
                return lambda: _lines(path)


def rows_as_models(url: str, rows: int, folder: Path) -> Count:
    """Write what `iter_form_data` gives, which has a model for each row."""
    path = folder / "form.jsonl"
    with _enboarder(url) as enboarder, path.open("w", encoding="utf-8") as file:
        for row in enboarder.reports.iter_form_data(form_id(rows)):
            file.write(json.dumps(row.to_dict()) + "\n")
    return lambda: _lines(path)


def json_lines(url: str, rows: int, folder: Path) -> Count:
    """Export to JSON lines."""
    return _to_files(url, rows, folder, "jsonl")


def json_lines_alone(url: str, rows: int, folder: Path) -> Count:
    """Export to JSON lines with the standard library alone."""
    # An import of it fails from now on.
    sys.modules["msgspec"] = None  # type: ignore[assignment]
    return _to_files(url, rows, folder, "jsonl")


def comma_separated(url: str, rows: int, folder: Path) -> Count:
    """Export to CSV."""
    return _to_files(url, rows, folder, "csv")


def parquet(url: str, rows: int, folder: Path) -> Count:
    """Export to Parquet."""
    return _to_files(url, rows, folder, "parquet")


def duckdb_file(url: str, rows: int, folder: Path) -> Count:
    """Load into DuckDB through the project's source for dlt."""
    from enboarder import export
    from enboarder.export.warehouse import load_warehouse

    database = folder / "reports.duckdb"
    report = export.form(form_id(rows))
    with _enboarder(url) as enboarder:
        loaded = load_warehouse(enboarder, [report], database=database, dataset="forms")
    (table,) = loaded.tables
    return lambda: _rows_in(database, f"forms.{table.table}")


def rest_api(url: str, rows: int, folder: Path) -> Count:
    """Load into DuckDB with dlt's generic source, as its guide shows it."""
    _quiet_dlt(folder)
    import dlt
    from dlt.sources.rest_api import rest_api_source

    config: Any = {
        "client": {
            "base_url": url,
            "headers": {"apikey": KEY},
            "paginator": {
                "type": "cursor",
                "cursor_path": "nextKey",
                "cursor_param": "nextKey",
            },
        },
        "resources": [
            {
                "name": TABLE,
                "endpoint": {"path": _path(rows), "data_selector": "items"},
            }
        ],
    }
    database = folder / "reports.duckdb"
    pipeline = dlt.pipeline(
        "rest_api",
        destination=dlt.destinations.duckdb(str(database)),
        dataset_name="forms",
        pipelines_dir=str(folder),
    )
    pipeline.run(rest_api_source(config))
    return lambda: _rows_in(database, f"forms.{TABLE}")


def _to_files(url: str, rows: int, folder: Path, format: str) -> Count:
    from enboarder import export

    report = export.form(form_id(rows))
    with _enboarder(url) as enboarder:
        (exported,) = export.export_reports(enboarder, [report], folder, format=format)
    return lambda: _count_in(exported.path)


def _enboarder(url: str) -> Any:
    from enboarder import ApiKey, Enboarder

    return Enboarder(ApiKey(KEY), base_url=url)


def _quiet_dlt(folder: Path) -> None:
    """Let dlt report nothing to anybody, and keep its files together."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    os.environ["DLT_DATA_DIR"] = str(folder / "dlt")
    os.environ["RUNTIME__LOG_LEVEL"] = "CRITICAL"


def _client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"apikey": KEY})


def _path(rows: int) -> str:
    return f"/reports/forms/{form_id(rows)}/data"


def _params(cursor: str | None) -> dict[str, str]:
    return {} if cursor is None else {"nextKey": cursor}


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)


def _count_in(path: Path) -> int:
    if path.suffix == ".parquet":
        import pyarrow.parquet

        return int(pyarrow.parquet.read_metadata(path).num_rows)
    # No cell of these rows has a line break.
    return _lines(path) - (path.suffix == ".csv")


def _rows_in(database: Path, table: str) -> int:
    import duckdb

    with duckdb.connect(str(database)) as connection:
        (found,) = connection.sql(f"SELECT count(*) FROM {table}").fetchall()
    return int(found[0])


WAYS: dict[str, Way] = {
    "fetching alone": fetch_alone,
    "the everyday loop": everyday_loop,
    "iter_form_data": rows_as_models,
    "JSONL": json_lines,
    "JSONL without msgspec": json_lines_alone,
    "CSV": comma_separated,
    "Parquet": parquet,
    "DuckDB": duckdb_file,
    "rest_api of dlt": rest_api,
}
