"""Export a form, page by page, to CSV or JSON lines, with one page in memory.

    python export_form.py 4mkVzc9OX rows.csv
    python export_form.py 4mkVzc9OX rows.jsonl

The file appears under its name only when it is complete. Columns are those of the form's properties and of its first page.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from enboarder import Enboarder

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def pages(enboarder: Enboarder, form_id: str) -> Iterator[list[dict[str, Any]]]:
    """Page after page; each names the cursor of the next."""
    page = enboarder.reports.get_form_data(form_id)
    while True:
        yield [row.to_dict() for row in page.items or []]
        if not page.next_cursor:
            return
        page = enboarder.reports.get_form_data(form_id, cursor=page.next_cursor)


def to_csv(found: Iterator[list[dict[str, Any]]], columns: list[str], file: TextIO) -> None:
    first = next(found)
    columns = list(dict.fromkeys([*columns, *(name for row in first for name in row)]))
    writer = csv.DictWriter(file, columns)  # a column that turns up later is an error, not a silent loss
    writer.writeheader()
    for page in (first, *found):
        writer.writerows({name: harmless(value) for name, value in row.items()} for row in page)


def harmless(value: Any) -> Any:
    """A spreadsheet would run a text that begins like a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def main() -> None:
    form_id, target = sys.argv[1], Path(sys.argv[2])
    partial = Path(f"{target}.partial")
    try:
        with Enboarder.from_env() as enboarder, partial.open("w", encoding="utf-8", newline="") as file:
            os.chmod(partial, 0o600)  # forms hold personal data
            if target.suffix == ".csv":
                fields = enboarder.reports.get_form_properties(form_id).fields or []
                to_csv(pages(enboarder, form_id), [field.field_name for field in fields if field.field_name], file)
            else:
                for page in pages(enboarder, form_id):
                    file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in page)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
