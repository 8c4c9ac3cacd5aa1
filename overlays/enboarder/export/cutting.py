"""Cut a page into its rows, without making objects of them.

msgspec does it fast. The standard library does it without msgspec, and reads what
msgspec refuses, such as a lone half of a surrogate pair or NaN.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from types import GenericAlias
from typing import Any

from attrs import field, frozen

from enboarder_api.client import Answer

from .definitions import CURSOR
from .json_values import is_object
from .libraries import msgspec

ITEMS = "items"
NULL = b"null"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
BLANK = re.compile(r"[ \t\n\r]*")


@frozen
class CutPage:
    """The parts of a page."""

    rows: tuple[bytes, ...] = field(repr=False)
    """Each row as JSON, as it was sent."""
    cursor: Any = None
    """What the page has as its cursor."""
    members: tuple[str, ...] | None = None
    """The members of all rows; None if they were not looked at."""


Way = Callable[[Answer], CutPage | None]
"""Cuts a page; returns None if it has no list of rows, and raises ValueError or
RecursionError if it cannot read the page."""


@cache
def ways() -> tuple[Way, ...]:
    """Return the ways to cut a page, the fastest first."""
    slow: tuple[Way, ...] = (_scanned, _reread)
    library = msgspec()
    return slow if library is None else (_fast_way(library), *slow)


def _fast_way(library: Any) -> Way:
    raw: Any = library.Raw
    rows = GenericAlias(list, raw)
    page = library.defstruct(
        "Page",
        [("items", rows | None, library.UNSET), ("cursor", raw, raw(NULL))],
        rename={"items": ITEMS, "cursor": CURSOR},
    )
    page_decoder = library.json.Decoder(page)
    rows_decoder = library.json.Decoder(rows | None)
    members_decoder = library.json.Decoder(GenericAlias(dict, (str, raw)))

    def cut(answer: Answer) -> CutPage | None:
        # msgspec does not look at the bytes of raw texts.
        answer.content.decode()
        found = page_decoder.decode(answer.content)
        items = found.items
        cursor = found.cursor
        if items is library.UNSET or cursor == NULL:
            # The names may differ in case.
            members = members_decoder.decode(answer.content)
            if items is library.UNSET:
                spelled = _member(members, ITEMS)
                if spelled is None:
                    return None
                items = rows_decoder.decode(spelled)
            cursor = _member(members, CURSOR) or NULL
        rows = tuple(map(bytes, items or ()))
        return CutPage(rows, json.loads(bytes(cursor)))

    return cut


def _member(members: Mapping[str, Any], name: str) -> Any:
    """Return a member whose name may differ in case; None if there is none."""
    if name in members:
        return members[name]
    for spelling, value in members.items():
        if spelling.lower() == name.lower():
            return value
    return None


def _scanned(answer: Answer) -> CutPage | None:
    return _scan(answer.content.removeprefix(BYTE_ORDER_MARK).decode())


def _reread(answer: Answer) -> CutPage | None:
    """Cut an answer in another encoding, written again."""
    return _scan(json.dumps(answer.json(), separators=(",", ":")))


# Whole numbers of any length stay text, because nothing is made of them here.
_DECODER = json.JSONDecoder(parse_int=str)


def _scan(text: str) -> CutPage | None:
    members: dict[str, Any] = {}
    place = _after(text, 0, "{")
    while not text.startswith("}", place):
        name, end = _DECODER.raw_decode(text, place)
        start = _after(text, end, ":")
        if str(name).lower() == ITEMS and text.startswith("[", start):
            members[name], place = _scan_rows(text, start)
        else:
            members[name], place = _DECODER.raw_decode(text, start)
        place = _next(text, place, "}")
    if _skip(text, place + 1) != len(text):
        raise ValueError("something follows the object")
    found = _member(members, ITEMS)
    if not isinstance(found, CutPage):
        is_null = found is None and any(name.lower() == ITEMS for name in members)
        if not is_null:
            return None
        found = CutPage((), None, ())
    return CutPage(found.rows, _member(members, CURSOR), found.members)


def _scan_rows(text: str, place: int) -> tuple[CutPage, int]:
    """Return the rows of the list at a place, and where it ends."""
    rows: list[bytes] = []
    merged: dict[str, Any] = {}
    place = _after(text, place, "[")
    while not text.startswith("]", place):
        row, end = _DECODER.raw_decode(text, place)
        if is_object(row):
            merged.update(row)
        rows.append(text[place:end].encode())
        place = _next(text, end, "]")
    return CutPage(tuple(rows), None, tuple(merged)), place + 1


def _after(text: str, place: int, mark: str) -> int:
    """Return where the next value begins, behind a mark."""
    place = _skip(text, place)
    if not text.startswith(mark, place):
        raise ValueError(f"{mark} is missing")
    return _skip(text, place + len(mark))


def _next(text: str, place: int, end: str) -> int:
    """Return where the next value begins, or where the end is."""
    place = _skip(text, place)
    if text.startswith(end, place):
        return place
    return _after(text, place, ",")


def _skip(text: str, place: int) -> int:
    found = BLANK.match(text, place)
    return place if found is None else found.end()
