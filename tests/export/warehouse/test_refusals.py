"""What cannot work is refused before anything is sent, and fails with a named error."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from enboarder import ConfigurationError, EnboarderError, InvalidInput
from enboarder.export.warehouse import LoadFailed, load_warehouse
from tests.conftest import Service, refusing_port
from tests.export.warehouse.conftest import STAFF, Load

NO_FILE = {"database": None}
POSTGRES = "DESTINATION__POSTGRES__CREDENTIALS"
PASSWORD = "only-the-database-knows"


@pytest.mark.parametrize(
    "options",
    [
        {"on_drift": "panic"},
        {"in_flight": 0},
        {"dataset": "HR data"},
        {"keys": {"anotherId": ["name"]}},
        {"tables": {"anotherId": "joiners"}},
        {"tables": {STAFF.id: "Joiners!"}},
        {"tables": {STAFF.id: ""}},
        {"filters": {"nextKey": "2"}},
        {"exclude": "Salary"},
        {"hash_fields": ["name"]},
        {"database": Path("missing/folder/people.duckdb")},
        {"database": Path("Enboarder.duckdb")},
        {"destination": "postgres"},
        {"destination": "nonsense", **NO_FILE},
        {"destination": "filesystem", "filters": {"status": "done"}, **NO_FILE},
    ],
    ids=lambda options: "-".join(options),
)
def test_wrong_argument_is_refused(
    load: Load, service: Service, options: dict[str, Any]
) -> None:
    """No request is made."""
    with pytest.raises((InvalidInput, ConfigurationError)):
        load(**options)

    assert [] == service.requests


def test_without_reports_nothing_is_done(
    load: Load, enboarder: Any, database: Path
) -> None:
    """An account may have no forms."""
    assert () == load_warehouse(enboarder, [], database=database).tables
    assert not database.exists()


def test_missing_library_is_named(
    load: Load, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "dlt", None)

    with pytest.raises(ConfigurationError, match=r"\[dlt\]"):
        load()

    assert [] == service.requests


def test_missing_settings_of_a_destination_are_named(
    load: Load, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are found missing before rows are read."""
    monkeypatch.delenv(POSTGRES, raising=False)

    with pytest.raises(ConfigurationError, match=POSTGRES):
        load(destination="postgres", database=None)

    assert [] == service.requests


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Name a database that nobody offers."""
    with refusing_port() as port:
        url = f"postgresql://enboarder:{PASSWORD}@127.0.0.1:{port}/x"
        monkeypatch.setenv(POSTGRES, url)
        yield


@pytest.mark.usefixtures("unreachable")
def test_password_of_an_unreachable_database_is_shown_nowhere(load: Load) -> None:
    """Neither in the error, nor in the variables of a frame."""
    with pytest.raises(LoadFailed) as caught:
        load(destination="postgres", database=None)

    shown = traceback.TracebackException.from_exception(
        caught.value, capture_locals=True
    )
    assert PASSWORD not in "".join(shown.format())


def test_file_of_another_kind_is_left_alone(load: Load, database: Path) -> None:
    """It is not a DuckDB file, and stays what it is."""
    database.write_text("somebody's notes", "utf-8")

    with pytest.raises(EnboarderError):
        load()

    assert "somebody's notes" == database.read_text("utf-8")
