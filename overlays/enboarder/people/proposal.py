"""Propose a mapping from the header of a file, for a person to review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from enboarder_api.rules import RULES
from enboarder_api.spelling import same_letters

from .mapping import ColumnMapping, FileSettings
from .tables import Table, read_table

FIRST_AND_LAST = ("employee_first_name", "employee_last_name")
FULL_NAME = "employee_name"

# What HR systems call the fields, beside the readable names and the wire names.
USUAL_NAMES: Mapping[str, tuple[str, ...]] = {
    "external_id": (
        "employee id",
        "employee number",
        "employee no",
        "external id",
        "id",
        "payroll id",
        "person id",
        "personnel number",
        "staff id",
        "worker id",
    ),
    FULL_NAME: ("name", "full name", "employee", "new hire", "worker"),
    "employee_first_name": ("first name", "given name", "forename", "preferred name"),
    "employee_last_name": ("last name", "surname", "family name"),
    "employee_email": ("email", "email address", "personal email", "work email"),
    "employee_mobile": (
        "mobile",
        "mobile number",
        "mobile phone",
        "cell",
        "cell phone",
        "phone",
        "phone number",
    ),
    "employee_channel": ("channel", "preferred channel"),
    "start_date": ("start date", "start", "hire date", "commencement date", "key date"),
    "manager_name": ("manager", "line manager", "supervisor", "reports to"),
    "manager_email": (
        "manager email address",
        "line manager email",
        "supervisor email",
    ),
    "manager_mobile": (
        "manager mobile number",
        "manager phone",
        "line manager mobile",
        "supervisor mobile",
    ),
    "custom_fields[brand]": ("brand",),
    "custom_fields[location]": ("location", "office", "site"),
}


def propose_mapping(
    source: str | Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> ColumnMapping:
    """Propose a mapping from the header of a file; a person reviews it.

    Print it (`to_toml`), save it (`save`) and correct it in the file. Columns that are
    not recognised are comments there, and problems until somebody decides.

    Args:
        source: a CSV, XLSX or JSONL file.
        encoding: a text file's encoding, such as `cp1252`; by default UTF-8.
        delimiter: what is between the cells of a text file.
        sheet: the sheet of a workbook.

    Raises:
        ConfigurationError: the extra for the file is missing.
        InvalidInput: the file cannot be read.
    """
    table = read_table(source, encoding=encoding, delimiter=delimiter, sheet=sheet)
    return propose(table, FileSettings(encoding, delimiter, sheet))


def propose(table: Table, file: FileSettings | None = None) -> ColumnMapping:
    """Propose a mapping for a table."""
    columns: dict[str, tuple[str, ...]] = {}
    undecided: list[str] = []
    taken: set[str] = set()
    for column in filter(None, table.header):
        found = _field_of(column)
        if found is None or found in taken:
            undecided.append(column)
        else:
            taken.add(found)
            columns[column] = (found,)
    return ColumnMapping(
        columns=columns,
        joined=_joined_name(columns, taken),
        file=file or FileSettings(),
        undecided=tuple(undecided),
    )


def _joined_name(
    columns: Mapping[str, tuple[str, ...]], taken: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return how the full name is made if the file has only its parts."""
    by_field = {texts[0]: column for column, texts in columns.items()}
    parts = tuple(by_field[name] for name in FIRST_AND_LAST if name in by_field)
    if FULL_NAME in taken or len(parts) != len(FIRST_AND_LAST):
        return {}
    return {FULL_NAME: parts}


def _field_of(column: str) -> str | None:
    letters = same_letters(column)
    for wire, field in RULES["BasicLaunch"].fields.items():
        if field.type != "array" and letters in map(same_letters, (wire, field.name)):
            return field.name
    for name, words in USUAL_NAMES.items():
        if letters in map(same_letters, words):
            return name
    return None
