"""A service with reports in memory, and a DuckDB file for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from enboarder import Enboarder
from enboarder.export import Report, form
from enboarder.export.warehouse import Loaded, load_warehouse
from tests.conftest import Service, keyed
from tests.engine import httpx

ON_A_PAGE = 2

Load = Callable[..., Loaded]
Query = Callable[[str], list[tuple[Any, ...]]]

STAFF = form("4mkVzc9OX")
FIELDS = [
    {"fieldName": "name", "label": "What's your name?", "datatype": "text"},
    {"fieldName": "startDate", "label": "First day", "datatype": "date"},
    {"fieldName": "Salary ", "label": "Salary", "datatype": "number"},
    {"fieldName": "Laptop?", "label": "Laptop?", "datatype": "multiselect"},
]
ALEX = {
    "name": "Alex Example",
    "startDate": "2027-01-12",
    "Salary ": 50_000,
    "Laptop?": ["small", "silver"],
}
SAM = {"name": "Sam Example", "startDate": None, "Salary ": "700.50", "Laptop?": None}
MORGAN = {"name": "Morgan Sample", "startDate": "2027-02-01"}


@dataclass
class Forms:
    """A service with forms, whose fields and rows a test may change."""

    fields: list[dict[str, Any]] = field(default_factory=lambda: list(FIELDS))
    rows: list[Any] = field(default_factory=lambda: [ALEX, SAM, MORGAN])
    fails_at: int | None = None
    """The row whose page is refused."""
    cursor_comes_back: bool = False
    """Whether the last page leads to itself."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        _, _, form_id, what = request.url.path.strip("/").split("/")
        if what == "properties":
            found = {"id": form_id, "name": "Joiners' form", "fields": self.fields}
            return httpx.Response(200, json=found)
        start = int(request.url.params.get("nextKey", 0))
        end = start + ON_A_PAGE
        if self.fails_at is not None and start <= self.fails_at < end:
            return httpx.Response(403, json={"message": "no"})
        page: dict[str, Any] = {"items": self.rows[start:end]}
        if end < len(self.rows):
            page["nextKey"] = str(end)
        elif self.cursor_comes_back:
            page["nextKey"] = str(start)
        # As JSON with escapes, which may hold half a character.
        return httpx.Response(200, text=json.dumps(page))


@pytest.fixture
def forms() -> Forms:
    return Forms()


@pytest.fixture
def service(forms: Forms) -> Service:
    return Service(forms)


@pytest.fixture
def enboarder(service: Service) -> Iterator[Enboarder]:
    with Enboarder(**keyed(service)) as client:
        yield client


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A DuckDB file that is not there yet."""
    return tmp_path / "people.duckdb"


@pytest.fixture
def load(enboarder: Enboarder, database: Path) -> Load:
    """Load one form into the DuckDB file."""

    def load_form(*reports: Report, **options: Any) -> Loaded:
        chosen = {"database": database, **options}
        return load_warehouse(enboarder, reports or (STAFF,), **chosen)

    return load_form


@pytest.fixture
def query(database: Path) -> Query:
    """Ask the DuckDB file, as another program does."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(database), read_only=True) as connection:
            rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
            return rows

    return ask
