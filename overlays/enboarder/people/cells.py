"""What is wrong with a cell, whatever it is for."""

from __future__ import annotations

import re
from typing import NamedTuple

from enboarder_api.spelling import flaw_of

from ..quoting import quotable
from .problems import Kind
from .targets import Content

EXCEL_ERRORS = {
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#SPILL!",
    "#VALUE!",
}
PLACEHOLDERS = {"-", "--", "?", "n/a", "na", "nil", "none", "null", "tba", "tbc", "tbd"}
ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""How Excel shows, and saves, a number that is too long for its cell."""
LONGEST = 60
"""Characters of a cell that a problem quotes at most."""


class Flaw(NamedTuple):
    """What is wrong with a cell."""

    kind: Kind
    message: str
    fix: str


def quoted(text: str) -> str:
    """Return a cell's text in quotation marks, on one line and not too long."""
    return f"'{quotable(text, LONGEST)}'"


def flaw_in(text: str, content: Content) -> Flaw | None:
    """Return what is wrong with a text before it is read as what it is for."""
    if _is_placeholder(text, content):
        return Flaw(
            Kind.TEXT_PLACEHOLDER,
            f"{quoted(text)} stands for a value that is missing",
            "put the value in its place, or leave the cell empty",
        )
    # Most cells are plain text.
    if text.isascii() and text.isprintable() and text[:1] not in "#=":
        return None
    return _spreadsheet_flaw(text) or _character_flaw(text, content)


def _spreadsheet_flaw(text: str) -> Flaw | None:
    if text.upper() in EXCEL_ERRORS:
        return Flaw(
            Kind.CELL_ERROR,
            f"{quoted(text)} is an error of Excel",
            "correct the formula, or put the value in its place",
        )
    if text.startswith("="):
        return Flaw(
            Kind.CELL_FORMULA,
            f"{quoted(text)} is a formula, not a value",
            "replace the formula by its value",
        )
    return None


def _character_flaw(text: str, content: Content) -> Flaw | None:
    if not text.isascii() and _is_broken(text):
        return Flaw(
            Kind.TEXT_BROKEN,
            f"{quoted(text)} was read with the wrong encoding",
            "correct the letters, or say with encoding= how the file is saved",
        )
    lines = text.splitlines()
    if len(lines) > 1 and content is not Content.PROSE:
        return Flaw(
            Kind.TEXT_LINES,
            f"{quoted(text)} has more than one line",
            "write it on one line",
        )
    if flaw_of(_without_seen(" ".join(lines), content)):
        return Flaw(
            Kind.TEXT_INVISIBLE,
            f"{quoted(text)} contains a character that nobody sees",
            "type the text again instead of copying it",
        )
    return None


def _without_seen(line: str, content: Content) -> str:
    """Return a line without characters that seem invisible, but change what is seen."""
    seen = line.replace("\t", " ").strip()
    if content in (Content.NAME, Content.TEXT, Content.PROSE):
        # Names in Persian or Hindi, for example, need joiners and non-joiners.
        seen = seen.replace("\u200c", "").replace("\u200d", "")
    return seen


def _is_broken(text: str) -> bool:
    """Return whether UTF-8 was read as cp1252, or characters were lost."""
    if "\ufffd" in text:
        return True
    try:
        text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return False
    return True


def _is_placeholder(text: str, content: Content) -> bool:
    if text.lower() not in PLACEHOLDERS:
        return False
    # A custom field may have such a value, and a family may have such a name.
    return content not in (Content.PROSE, Content.TEXT, Content.CHOICE)
