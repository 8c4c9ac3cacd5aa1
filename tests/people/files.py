"""Files for the tests of people: synthetic people only."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from enboarder import people

TODAY = date(2027, 1, 4)
COLUMNS: dict[str, tuple[str, ...]] = {
    "Employee ID": ("external_id",),
    "Name": ("employee_name",),
    "E-mail": ("employee_email",),
    "Mobile": ("employee_mobile",),
    "Channel": ("employee_channel",),
    "Start date": ("start_date",),
    "Manager": ("manager_name",),
    "Manager e-mail": ("manager_email",),
    "Office": ("custom_fields[location]",),
    "Department": ("custom_fields[Department]",),
}
HEADER = tuple(COLUMNS)
MAPPING = people.ColumnMapping(columns=COLUMNS)


def person(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return the cells of a person without a problem, by column."""
    cells = {
        "Employee ID": f"E-{number}",
        "Name": f"Alex Example {number}",
        "E-mail": f"alex.{number}@example.com",
        "Mobile": f"+61400{number:06}",
        "Channel": "eml",
        "Start date": "2027-01-18",
        "Manager": "Morgan Sample",
        "Manager e-mail": "morgan@example.com",
        "Office": "Sydney",
        "Department": "Product",
    }
    return cells | {COLUMN_OF[name]: value for name, value in changes.items()}


COLUMN_OF = {
    "id": "Employee ID",
    "name": "Name",
    "email": "E-mail",
    "mobile": "Mobile",
    "channel": "Channel",
    "start": "Start date",
    "manager": "Manager",
    "manager_email": "Manager e-mail",
    "office": "Office",
    "department": "Department",
}


def csv_text(rows: Sequence[Mapping[str, Any]], delimiter: str = ",") -> str:
    """Return people as CSV, with the line ends that Excel writes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(HEADER)
    writer.writerows([row[column] for column in HEADER] for row in rows)
    return text.getvalue()


def write_csv(folder: Path, *rows: Mapping[str, Any]) -> Path:
    """Write people to `hires.csv`."""
    path = folder / "hires.csv"
    path.write_bytes(csv_text(rows).encode())
    return path


def write_json_lines(folder: Path, *rows: Mapping[str, Any]) -> Path:
    """Write people to `hires.jsonl`."""
    path = folder / "hires.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def plan(path: Path, **settings: Any) -> people.Plan:
    """Plan the launch of a file, on the first Monday of 2027."""
    settings.setdefault("mapping", MAPPING)
    settings.setdefault("today", TODAY)
    return people.plan_launch(path, **settings)


def places(plan: people.Plan) -> list[tuple[int | None, str | None, people.Kind]]:
    """Return where the problems of a plan are, and their kinds."""
    return [(one.row, one.column, one.kind) for one in plan.problems]
