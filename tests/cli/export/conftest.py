"""What the tests of `enboarder export` share: an account with a few small reports."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from enboarder.mock import MockServer

FIELDS = [
    {"fieldName": "externalId", "label": "Employee ID", "datatype": "text"},
    {"fieldName": "startDate", "label": "First day", "datatype": "date"},
    {"fieldName": "salary", "label": "Salary", "datatype": "number"},
]
ROWS: list[dict[str, Any]] = [
    {"externalId": "E-1", "startDate": "2027-01-12", "salary": 5000},
    {"externalId": "E-2", "startDate": None, "salary": None},
    {"externalId": "=1+1", "startDate": "2027-01-19", "salary": 700.5},
]


@pytest.fixture
def reports(mock: MockServer, monkeypatch: pytest.MonkeyPatch) -> MockServer:
    """An account with one form of three rows, and one workflow of two."""
    for name, value in mock.environ("apikey").items():
        monkeypatch.setenv(name, value)
    mock.state.forms.clear()
    mock.state.definitions.clear()
    mock.add_form("form-1", ROWS, fields=FIELDS, name="First day")
    mock.add_workflow_report("flow-1", [{"status": "Done"}] * 2, name="Onboarding")
    return mock


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file of comma-separated values."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
