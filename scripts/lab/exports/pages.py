"""The form that is exported: 35 columns, and pages of 500 rows as JSON.

Every row is another one, by its number; what else is in it repeats with each page.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

ROWS_ON_A_PAGE = 500
KINDS: dict[str, str] = {
    "externalId": "text",
    "workEmail": "email",
    "privateEmail": "email",
    "firstName": "text",
    "lastName": "text",
    "preferredName": "text",
    "jobTitle": "text",
    "department": "dropdown",
    "location": "dropdown",
    "contract": "dropdown",
    "laptop": "dropdown",
    "tools": "multiselect",
    "languages": "multiselect",
    "startDate": "date",
    "birthDate": "date",
    "signedDate": "date",
    "firstDayDate": "date",
    "probationDate": "date",
    "reviewDate": "date",
    "salary": "number",
    "bonus": "number",
    "hours": "number",
    "allowance": "number",
    "daysOff": "number",
    "floor": "number",
    "street": "text",
    "city": "text",
    "postcode": "text",
    "country": "text",
    "phone": "text",
    "emergencyContact": "text",
    "diet": "text",
    "remarks": "text",
    "welcomeNote": "text",
    "passport": "file",
}
"""The columns, and the type of each."""
OPTIONS: dict[str, list[str]] = {
    "department": ["Product", "Sales", "Support", "People and culture"],
    "location": ["Sydney", "Berlin", "Toronto", "Portland"],
    "contract": ["Permanent", "Fixed term"],
    "laptop": ["Small", "Large", "None"],
    "tools": ["Mail", "Calendar", "Chat", "Design"],
    "languages": ["English", "German", "French"],
}
TEXTS = (
    "Alex Example",
    "Müller-Lüdenscheidt",
    "12 Example Street, Unit 4",
    'Says "hello", and nothing else',
    "",
)
NUMBER = "0000000"
"""Where the number of a row goes; all numbers have as many digits."""
FIRST_COLUMNS = ("externalId", "workEmail")
"""The columns that have the number of the row."""


def form_id(rows: int) -> str:
    """Return the id of the form with so many rows."""
    return f"rows-{rows}"


def rows_of(form_id: str) -> int:
    """Return how many rows a form has, which is in its id."""
    return int(form_id.removeprefix("rows-"))


def fields() -> list[dict[str, Any]]:
    """Return the fields of a form, as its properties have them."""
    described = []
    for name, kind in KINDS.items():
        field: dict[str, Any] = {
            "fieldName": name,
            "label": f"{name} (as asked)",
            "datatype": kind,
            "isRequired": name == "externalId",
        }
        if name in OPTIONS:
            field["options"] = OPTIONS[name]
        described.append(field)
    return described


def row(number: int) -> dict[str, Any]:
    """Return a row, whose number is left open."""
    values: dict[str, Any] = {}
    for position, (name, kind) in enumerate(KINDS.items()):
        values[name] = _value(name, kind, number + position)
    values["externalId"] = f"E-{NUMBER}"
    values["workEmail"] = f"alex.{NUMBER}@example.com"
    return values


def _value(name: str, kind: str, seed: int) -> Any:
    if kind == "email":
        return f"private.{seed}@example.com"
    if kind == "dropdown":
        options = OPTIONS[name]
        return options[seed % len(options)]
    if kind == "multiselect":
        return OPTIONS[name][: seed % 3]
    if kind == "date":
        return f"20{seed % 30:02}-{seed % 12 + 1:02}-{seed % 28 + 1:02}"
    if kind == "number":
        return seed * 37 if seed % 2 else seed * 1.25
    if kind == "file":
        return f"https://files.example.com/{seed}"
    return TEXTS[seed % len(TEXTS)]


class _Template(NamedTuple):
    """The texts of a row before, between and after its numbers."""

    before: bytes
    between: bytes
    after: bytes


def _template(number: int) -> _Template:
    text = json.dumps(row(number), ensure_ascii=False, separators=(",", ":"))
    return _Template(*text.encode().split(NUMBER.encode()))


class Pages:
    """Makes the pages of a form, fast enough to keep any reader busy."""

    def __init__(self) -> None:
        """Prepare the rows of a page."""
        self._templates = [_template(number) for number in range(ROWS_ON_A_PAGE)]

    def page(self, form_id: str, cursor: str | None) -> bytes:
        """Return the body of a page.

        Args:
            form_id: says how many rows the form has.
            cursor: of the page; None is the first one.
        """
        total = rows_of(form_id)
        first = int(cursor.removeprefix("page-")) * ROWS_ON_A_PAGE if cursor else 0
        end = min(first + ROWS_ON_A_PAGE, total)
        parts: list[bytes] = []
        for number, template in zip(range(first, end), self._templates, strict=False):
            digits = b"%07d" % number
            parts += (template.before, digits, template.between, digits, template.after)
            parts.append(b",")
        next_key = f',"nextKey":"page-{end // ROWS_ON_A_PAGE}"' if end < total else ""
        rows = b"".join(parts[:-1])
        return b'{"items":[%s]%s}' % (rows, next_key.encode())
