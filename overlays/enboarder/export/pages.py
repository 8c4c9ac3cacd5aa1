"""The pages of a report, as raw JSON: no model is made of a row."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import GenericAlias
from typing import Any

from attrs import field, frozen

from enboarder_api.client import Answer

from ..client import Enboarder
from ..errors import InvalidInput
from ..paging import naming_cursor
from ..quoting import quotable
from .definitions import CURSOR, Report
from .errors import BrokenPages
from .json_values import decode_lines
from .libraries import msgspec

ITEMS = "items"
PARTIAL_CONTENT = 206
MOST_EMPTY_PAGES = 100
"""Pages without a row, one after the other, that are followed."""
BLANK = re.compile(r"[ \t\n\r]*")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
NOTHING = b"null"

Members = dict[str, bytes]


@frozen
class RawPage:
    """One page of a report."""

    rows: tuple[bytes, ...] = field(repr=False)
    """Each row as JSON, as the service sent it."""
    cursor: str | None = None
    """The cursor that fetched it; None on the first page."""
    next_cursor: str | None = None
    """The cursor of the next page; None on the last page."""

    @property
    def lines(self) -> bytes:
        """The rows as JSON lines."""
        if not self.rows:
            return b""
        text = b"\n".join(map(_on_one_line, self.rows))
        return text + b"\n"

    def decoded(self) -> list[Any]:
        """Return the rows as Python values."""
        return decode_lines(self.lines)


def read_pages(
    enboarder: Enboarder,
    report: Report,
    *,
    filters: Mapping[str, Any] | None = None,
    cursor: str | None = None,
) -> Iterator[RawPage]:
    """Yield the pages of a report, from the page of a cursor on.

    Args:
        enboarder: the client.
        report: the form or workflow definition.
        filters: query parameters that are sent with every page. No filter is
            documented.
        cursor: where to begin; None means the first page. It belongs to the filters
            with which the service gave it.

    Raises:
        InvalidInput: a filter is called like the cursor; nothing was sent.
        BrokenPages: the pages do not lead to all rows.
        EnboarderError: a page cannot be fetched; `cursor` says which one.
    """
    return _follow(enboarder, report, checked_filters(filters), cursor)


def checked_filters(filters: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return filters that can be sent with every page.

    Raises:
        InvalidInput: one of them is called like the cursor.
    """
    chosen = dict(filters or {})
    if any(str(name).lower() == CURSOR.lower() for name in chosen):
        raise InvalidInput(
            f"{CURSOR} is not a filter, but the cursor; leave it out of filters"
        )
    return chosen


def _follow(
    enboarder: Enboarder,
    report: Report,
    filters: Mapping[str, Any],
    cursor: str | None,
) -> Iterator[RawPage]:
    seen: set[str] = set() if cursor is None else {cursor}
    ids = {report.kind.id_name: report.id}
    empty = 0
    while True:
        with naming_cursor(cursor or ""):
            params = {**filters, CURSOR: cursor}
            answer = enboarder.read(report.kind.data, ids, params=params)
            page = page_of(answer, report, cursor)
            empty = 0 if page.rows else empty + 1
            _refuse_endless(page, report, seen, empty)
        yield page
        cursor = page.next_cursor
        if cursor is None:
            return
        seen.add(cursor)


def _refuse_endless(page: RawPage, report: Report, seen: set[str], empty: int) -> None:
    if page.next_cursor in seen:
        shown = quotable(page.next_cursor, 60)
        raise _broken(
            report,
            f'the cursor "{shown}" came back, so its pages would never end. Rows may '
            "be missing: export it again later, or ask the support of Enboarder",
        )
    if empty >= MOST_EMPTY_PAGES and page.next_cursor is not None:
        raise _broken(
            report,
            f"{empty} pages in a row have no rows, and each has a cursor of another "
            "page. Rows may be missing: export it again later",
        )


def page_of(answer: Answer, report: Report, cursor: str | None = None) -> RawPage:
    """Return the page that an answer contains.

    Args:
        answer: of the operation that returns rows.
        report: for errors.
        cursor: which fetched it.

    Raises:
        BrokenPages: it is not a page, or says that there is more without a cursor.
    """
    rows, next_cursor = _cut(answer, report)
    if answer.status == PARTIAL_CONTENT and next_cursor is None:
        raise _broken(
            report,
            "the service says that there are more rows (status 206), and gives no "
            "cursor that leads to them. Export it again later",
            answer,
        )
    return RawPage(rows, cursor, next_cursor)


def _cut(answer: Answer, report: Report) -> tuple[tuple[bytes, ...], str | None]:
    """Return the rows and the next cursor of an answer."""
    for members_of, rows_of in _ways():
        try:
            members = members_of(answer)
            items = _member(members, ITEMS)
            if items is None:
                break
            rows = () if items == NOTHING else rows_of(items)
            return rows, _cursor_in(members, report, answer)
        except (ValueError, RecursionError, TypeError):
            # The next way is slower, and reads more.
            continue
    else:
        raise _broken(
            report,
            "an answer is not JSON with the rows of a page. Export it again later",
            answer,
        )
    raise _broken(
        report,
        f'a page has no list "{ITEMS}", which is the name of the list of rows that '
        "this client assumes; look at the answer with `enboarder api`",
        answer,
    )


def _member(members: Members, name: str) -> bytes | None:
    """Return a member whose name may differ in case; None if there is none."""
    found = members.get(name)
    if found is not None:
        return bytes(found)
    for spelling, value in members.items():
        if spelling.lower() == name.lower():
            return bytes(value)
    return None


def _cursor_in(members: Members, report: Report, answer: Answer) -> str | None:
    text = _member(members, CURSOR)
    value = None if text is None else json.loads(text)
    if value is None or value is False or value == "":
        return None
    if isinstance(value, (str, int)) and value is not True:
        return str(value)
    raise _broken(
        report,
        f"{CURSOR} is neither a text nor a number, so the next page cannot be asked "
        "for. Rows are missing: export it again later",
        answer,
    )


def _broken(report: Report, text: str, answer: Answer | None = None) -> BrokenPages:
    return BrokenPages(f"{report}: {text}", operation=report.kind.data, answer=answer)


def _on_one_line(row: bytes) -> bytes:
    """Return a row without line breaks, which JSON has between tokens only."""
    if b"\n" in row or b"\r" in row:
        return row.replace(b"\n", b" ").replace(b"\r", b" ")
    return row


# --- Ways to cut a page into rows, the fastest first ---------------------------------

Way = tuple[Callable[[Answer], Members], Callable[[bytes], tuple[bytes, ...]]]


@cache
def _ways() -> tuple[Way, ...]:
    slow: list[Way] = [(_members_by_scan, _rows_by_scan), (_reread, _rows_by_scan)]
    library = msgspec()
    if library is None:
        return tuple(slow)
    raw: Any = library.Raw
    members_decoder = library.json.Decoder(GenericAlias(dict, (str, raw)))
    rows_decoder = library.json.Decoder(GenericAlias(list, raw))

    def members_of(answer: Answer) -> Any:
        # msgspec does not look at the bytes of raw texts.
        answer.content.decode()
        return members_decoder.decode(answer.content)

    def rows_of(items: bytes) -> tuple[bytes, ...]:
        return tuple(map(bytes, rows_decoder.decode(items)))

    return ((members_of, rows_of), *slow)


def _members_by_scan(answer: Answer) -> Members:
    return _scan_members(answer.content.removeprefix(BYTE_ORDER_MARK).decode())


def _reread(answer: Answer) -> Members:
    """Return the members of an answer in another encoding, written again."""
    return _scan_members(json.dumps(answer.json(), separators=(",", ":")))


def _scan_members(text: str) -> Members:
    found: Members = {}
    place = _after(text, 0, "{")
    while not text.startswith("}", place):
        name, place = _value(text, place)
        start = _after(text, place, ":")
        _, place = _value(text, start)
        found[str(name)] = text[start:place].encode()
        place = _next(text, place, "}")
    if _skip(text, place + 1) != len(text):
        raise ValueError("something follows the object")
    return found


def _rows_by_scan(items: bytes) -> tuple[bytes, ...]:
    text = items.decode()
    found: list[bytes] = []
    place = _after(text, 0, "[")
    while not text.startswith("]", place):
        _, end = _value(text, place)
        found.append(text[place:end].encode())
        place = _next(text, end, "]")
    return tuple(found)


_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)


def _value(text: str, place: int) -> tuple[Any, int]:
    """Return the value that begins at a place, and where it ends."""
    return _DECODER.raw_decode(text, place)


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
