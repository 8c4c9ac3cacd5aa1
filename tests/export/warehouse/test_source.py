"""The source works in a pipeline that users run themselves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import dlt
import pytest

from enboarder import ClientCredentials, Enboarder
from enboarder.export import form
from enboarder.export.warehouse import load_warehouse, warehouse_source
from enboarder.mock import MockServer, faults
from tests.conftest import Service, credential_of
from tests.export.warehouse.conftest import STAFF, Query

PROGRAM = """
import json, sys, socket

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.connect"):
        host = arguments[0] if event == "socket.getaddrinfo" else arguments[1][0]
        hosts.add(str(host))

hosts = set()
sys.addaudithook(watch)
from enboarder import ApiKey, Enboarder
from enboarder.export import form
from enboarder.export.warehouse import load_warehouse
if "dlt first" in sys.argv:
    import dlt
    dlt.pipeline("mine", pipelines_dir=sys.argv[3] + ".pipelines")
with Enboarder(ApiKey(sys.argv[1]), base_url=sys.argv[2]) as enboarder:
    loaded = load_warehouse(enboarder, [form("4mkVzc9OX")], database=sys.argv[3])
print(json.dumps({"rows": loaded.rows, "hosts": sorted(hosts)}))
"""


def test_source_runs_in_a_pipeline_of_the_users(
    enboarder: Enboarder,
    service: Service,
    database: Path,
    query: Query,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is sent before the pipeline runs; a second run adds no row."""
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    source = warehouse_source(enboarder, [STAFF])
    assert [] == service.requests

    for _ in range(2):
        pipeline = dlt.pipeline(
            "people",
            destination=dlt.destinations.duckdb(str(database)),
            dataset_name="hr",
            pipelines_dir=str(tmp_path / "pipelines"),
        )
        pipeline.run(source)
        source = warehouse_source(enboarder, [STAFF])

    assert [(3,)] == query("SELECT count(*) FROM hr.form_4mkvzc9ox")


def test_token_that_dies_in_the_middle_costs_no_row(
    mock: MockServer, database: Path, query: Query
) -> None:
    """The client renews it, and no row comes twice."""
    seen: list[int] = []

    def end_tokens(progress: object) -> None:
        if not seen:
            mock.revoke_tokens()
        seen.append(1)

    credential = credential_of(mock)
    assert isinstance(credential, ClientCredentials)
    with Enboarder(credential, base_url=mock.base_url) as client:
        loaded = load_warehouse(client, [STAFF], database=database, progress=end_tokens)

    assert 1203 == loaded.rows
    assert [(1203,)] == query("SELECT count(*) FROM enboarder.form_4mkvzc9ox")
    assert 2 == mock.token_requests


def test_refused_cursor_begins_the_load_again(
    mock: MockServer, database: Path, query: Query
) -> None:
    """How long a cursor lives is not known."""
    refused = faults.html(410)
    mock.fail("reports.get_form_data", refused, after=1)
    with Enboarder(credential_of(mock, "apikey"), base_url=mock.base_url) as client:
        loaded = load_warehouse(client, [STAFF], database=database)

    assert 1203 == loaded.rows
    assert [(1203,)] == query("SELECT count(*) FROM enboarder.form_4mkvzc9ox")


def test_reports_are_read_at_the_same_time(
    mock: MockServer, database: Path, query: Query
) -> None:
    """Each report has its own table, whatever the order of the pages."""
    for number in range(3):
        rows = [{"name": f"{number}-{row}"} for row in range(700)]
        mock.add_form(f"form{number}", rows)
    reports = [form(f"form{number}") for number in range(3)]
    with Enboarder(credential_of(mock, "apikey"), base_url=mock.base_url) as client:
        load_warehouse(client, reports, database=database, in_flight=3)

    for number in range(3):
        named = f"name LIKE '{number}-%'"
        count = f"SELECT count(*), count(*) FILTER ({named})"
        assert [(700, 700)] == query(f"{count} FROM enboarder.form_form{number}")


@pytest.mark.parametrize("order", ["enboarder first", "dlt first"])
def test_no_other_host_is_asked(mock: MockServer, tmp_path: Path, order: str) -> None:
    """The telemetry of dlt is off, and DuckDB fetches no extension."""
    home = tmp_path / "home"
    variables = {**os.environ, "HOME": str(home), "DLT_DATA_DIR": str(home / "dlt")}
    variables.pop("RUNTIME__DLTHUB_TELEMETRY", None)
    arguments = [mock.api_key, mock.base_url, str(tmp_path / "x.duckdb"), order]
    found = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=variables,
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )

    told = json.loads(found.stdout.splitlines()[-1])
    assert {"rows": 1203, "hosts": ["127.0.0.1"]} == told
    if order == "enboarder first":
        # Not even the number by which dlt tells machines apart is made.
        assert not home.exists()
