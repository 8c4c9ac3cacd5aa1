"""Keep spreadsheets from running the cells of a file as formulas."""

from __future__ import annotations

import re

FORMULA = re.compile(r"[=+\-@\t\r]")
# A number or a phone number is no formula, and must stay readable.
NUMBER = re.compile(r"[+-]?[\d][\d .,()/-]*")
GUARD = "'"


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    if FORMULA.match(cell) and not NUMBER.fullmatch(cell):
        return GUARD + cell
    return cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before `guarded`."""
    if not cell.startswith(GUARD):
        return cell
    rest = cell.removeprefix(GUARD)
    return rest if guarded(rest) == cell else cell
