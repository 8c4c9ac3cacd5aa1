"""Export a form, page by page, to CSV or JSON lines, with one page in memory.

    python export_form.py 4mkVzc9OX rows.csv
    python export_form.py 4mkVzc9OX rows.jsonl

The file gets its name only when it is complete. Its columns are those of the form's
properties and of the first page.
"""

from __future__ import annotations

import csv
import itertools
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from enboarder import Enboarder

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def pages(enboarder: Enboarder, form_id: str) -> Iterator[list[dict[str, Any]]]:
    """Yield page after page; `next_cursor` alone says whether there is another."""
    page = enboarder.reports.get_form_data(form_id)
    while True:
        yield [row.to_dict() for row in page.items or []]
        if not page.next_cursor:
            return
        page = enboarder.reports.get_form_data(form_id, cursor=page.next_cursor)


def columns(enboarder: Enboarder, form_id: str) -> list[str]:
    """Return the names of the form's fields."""
    fields = enboarder.reports.get_form_properties(form_id).fields or []
    return [field.field_name for field in fields if field.field_name]


def write_csv(
    found: Iterator[list[dict[str, Any]]], names: list[str], file: TextIO
) -> None:
    """Write the rows as CSV."""
    first = next(found)
    known = dict.fromkeys(names)
    for row in first:
        known.update(dict.fromkeys(row))
    # A column that appears on a later page is an error, not a silent loss.
    writer = csv.DictWriter(file, list(known))
    writer.writeheader()
    for page in itertools.chain([first], found):
        for row in page:
            writer.writerow({name: harmless(value) for name, value in row.items()})


def write_json_lines(found: Iterator[list[dict[str, Any]]], file: TextIO) -> None:
    """Write one JSON object per row and line."""
    for page in found:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in page)


def harmless(value: Any) -> Any:
    """Return the value so that a spreadsheet does not run it as a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def export(enboarder: Enboarder, form_id: str, target: Path) -> None:
    """Write the rows next to the target, and replace the target at the end."""
    partial = Path(f"{target}.partial")
    try:
        # Half a character (a lone surrogate) is written as its escape, such as \ud83d.
        with partial.open(
            "w", encoding="utf-8", errors="backslashreplace", newline=""
        ) as file:
            # Forms hold personal data: the file is for its owner alone.
            os.chmod(partial, 0o600)
            found = pages(enboarder, form_id)
            if target.suffix == ".csv":
                write_csv(found, columns(enboarder, form_id), file)
            else:
                write_json_lines(found, file)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def main() -> None:
    """Export the form that the command line names."""
    form_id, target = sys.argv[1:3]
    with Enboarder.from_env() as enboarder:
        export(enboarder, form_id, Path(target))


if __name__ == "__main__":
    main()
