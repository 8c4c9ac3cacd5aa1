"""The pages of a report, as raw JSON: no model is made of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from enboarder_api.client import Answer

from ..client import Enboarder
from ..errors import InvalidInput
from ..paging import naming_cursor
from ..quoting import quotable
from .cutting import ITEMS, CutPage, ways
from .definitions import CURSOR, Report
from .errors import BrokenPages
from .json_values import decode_lines

PARTIAL_CONTENT = 206
MOST_EMPTY_PAGES = 100
"""Pages without a row, one after the other, that are followed."""
ON_ONE_LINE = bytes.maketrans(b"\r\n", b"  ")


@frozen
class RawPage:
    """One page of a report."""

    rows: tuple[bytes, ...] = field(repr=False)
    """Each row as JSON, as the service sent it."""
    cursor: str | None = None
    """The cursor that fetched it; None on the first page."""
    next_cursor: str | None = None
    """The cursor of the next page; None on the last page."""
    members: tuple[str, ...] | None = None
    """The members of all rows, if they are known; nobody looked if this is None."""

    @property
    def lines(self) -> bytes:
        """The rows as JSON lines."""
        if not self.rows:
            return b""
        text = b"\n".join(self.rows)
        if b"\r" in text or text.count(b"\n") >= len(self.rows):
            # In JSON, line breaks are between tokens only.
            text = b"\n".join(row.translate(ON_ONE_LINE) for row in self.rows)
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
    cut = _cut(answer, report)
    next_cursor = _cursor_of(cut.cursor, report, answer)
    if answer.status == PARTIAL_CONTENT and next_cursor is None:
        raise _broken(
            report,
            "the service says that there are more rows (status 206), and gives no "
            "cursor that leads to them. Export it again later",
            answer,
        )
    return RawPage(cut.rows, cursor, next_cursor, cut.members)


def _cut(answer: Answer, report: Report) -> CutPage:
    """Return the parts of an answer, cut in the fastest way that can read it."""
    for way in ways():
        try:
            cut = way(answer)
        except (ValueError, RecursionError):
            # The next way is slower, and reads more.
            continue
        if cut is None:
            raise _broken(
                report,
                f'a page has no list "{ITEMS}", which is the name of the list of rows '
                "that this client assumes; look at the answer with `enboarder api`",
                answer,
            )
        return cut
    raise _broken(
        report,
        "an answer is not JSON with the rows of a page. Export it again later",
        answer,
    )


def _cursor_of(value: Any, report: Report, answer: Answer) -> str | None:
    """Return the cursor of the next page; None if there is no next page."""
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
