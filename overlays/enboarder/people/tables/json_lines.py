"""Read JSON lines: one object on each line, one member for each column."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import InvalidInput
from ..json_objects import is_object
from ..problems import Kind, Problem
from .table import Row, Table, Value, is_blank


def read_json_lines(path: Path, content: bytes, encoding: str | None) -> Table:
    """Read a file of JSON objects, one on each line.

    The columns are the members, in the order in which they first appear. A line is a
    row, and no line is a header, so the first row is 1.

    Raises:
        InvalidInput: the file is not text of this encoding.
    """
    try:
        text = content.decode(encoding or "utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        raise InvalidInput(
            f"{path.name} is not {encoding or 'UTF-8'} text; pass its encoding="
        ) from None
    problems: list[Problem] = []
    objects: dict[int, dict[str, Any]] = {}
    # Only line feeds separate lines: splitlines() would split at others, too.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            value = _loaded(line)
            if is_object(value):
                objects[number] = value
            else:
                problems.append(_no_object(path.name, number))
    header = tuple(dict.fromkeys(name for value in objects.values() for name in value))
    problems.extend(_nested(path.name, objects))
    rows = _rows(header, objects)
    return Table(path.name, header, rows, header_row=0, problems=tuple(problems))


def _loaded(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _rows(
    header: tuple[str, ...], objects: dict[int, dict[str, Any]]
) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number, members in objects.items():
        cells = tuple(_cell(members.get(name)) for name in header)
        if not is_blank(cells):
            rows.append(Row(number, cells))
    return tuple(rows)


def _cell(value: Any) -> Value:
    if isinstance(value, (str, int, float)):
        return value
    return None


def _nested(name: str, objects: dict[int, dict[str, Any]]) -> Iterator[Problem]:
    for number, members in objects.items():
        for column, value in members.items():
            if isinstance(value, (list, dict)):
                yield Problem(
                    file=name,
                    row=number,
                    column=column,
                    message="the member is a list or an object, not a single value",
                    fix="write one member for each value",
                    kind=Kind.CELL_NESTED,
                )


def _no_object(name: str, number: int) -> Problem:
    return Problem(
        file=name,
        row=number,
        column=None,
        message="the line is not a JSON object",
        fix='write one object on each line, such as {"external_id": "E-1"}',
        kind=Kind.LINE_UNREADABLE,
    )
