"""Measure how long it takes to check 10,000 people, and how much memory.

    python -m scripts.lab.people.checking

Each format is read by a process of its own, so that the memory is its own, too.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from enboarder import people

PEOPLE = 10_000
SECONDS = 3.0
MEGABYTES = 150.0
TODAY = date(2027, 1, 4)
COLUMNS = {
    "Employee ID": "external_id",
    "Name": "employee_name",
    "E-mail": "employee_email",
    "Mobile": "employee_mobile",
    "Start date": "start_date",
    "Manager": "manager_name",
    "Manager e-mail": "manager_email",
    "Office": "custom_fields[location]",
    "Brand": "custom_fields[brand]",
    "Department": "custom_fields[Department]",
}
MAPPING = people.ColumnMapping(
    columns={column: (name,) for column, name in COLUMNS.items()}
)
VOCABULARY = people.Vocabulary(
    custom_fields={"Department": ("Product", "Sales")},
    brands=("Example",),
    locations=("Sydney", "Perth"),
)


def main() -> int:
    """Measure each format, or the one whose file is named."""
    if sys.argv[1:]:
        return measure(Path(sys.argv[1]))
    status = 0
    with tempfile.TemporaryDirectory() as folder:
        for suffix, write in WRITERS.items():
            path = Path(folder, f"hires.{suffix}")
            write(path)
            command = [sys.executable, "-m", "scripts.lab.people.checking", str(path)]
            status |= subprocess.run(command, check=False).returncode
    return status


def measure(path: Path) -> int:
    """Check one file, and print what that takes."""
    started = time.perf_counter()
    cpu = time.process_time()
    plan = people.plan_launch(path, MAPPING, today=TODAY, vocabulary=VOCABULARY)
    elapsed = time.perf_counter() - started
    cpu = time.process_time() - cpu
    # Linux counts in kilobytes.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{path.suffix:6} {len(plan.actions)} people, {len(plan.problems)} problems: "
        f"{elapsed:.2f} s ({cpu:.2f} s of processor time), {memory:.0f} MB"
    )
    return int(elapsed > SECONDS or memory > MEGABYTES)


def rows() -> Iterator[list[str]]:
    """Yield the header, and the cells of each person."""
    yield list(COLUMNS)
    for number in range(1, PEOPLE + 1):
        yield [
            f"E-{number}",
            f"Alex Example {number}",
            f"alex.{number}@example.com",
            f"+61400{number:06}",
            "2027-01-18",
            f"Morgan Sample {number % 200}",
            f"morgan.{number % 200}@example.com",
            ("Sydney", "Perth")[number % 2],
            "Example",
            ("Product", "Sales")[number % 2],
        ]


def write_csv(path: Path) -> None:
    """Write the people as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows())


def write_workbook(path: Path) -> None:
    """Write the people as a workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, cells in enumerate(rows()):
        sheet.write_row(number, 0, cells)
    book.close()


WRITERS: Mapping[str, Callable[[Path], None]] = {
    "csv": write_csv,
    "xlsx": write_workbook,
}

if __name__ == "__main__":
    raise SystemExit(main())
