"""A service in memory with one report, whose pages a test gives byte by byte."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from enboarder import ApiKey, Enboarder, RetryPolicy
from enboarder.export import Report, ReportKind, form
from tests.conftest import BASE_URL
from tests.engine import httpx

FORM = form("F1")
Page = Sequence[Any] | bytes | httpx.Response


class ReportService:
    """Answers for reports: their properties, and their pages by cursor.

    Args:
        pages: the rows of each page; or the bytes, or the whole answer of a page.
        fields: what the properties list.
    """

    def __init__(self, *pages: Page, fields: Iterable[Any] = ()) -> None:
        self.pages = list(pages) or [[]]
        self.fields = list(fields)
        self.requests: list[httpx.Request] = []
        self.before: Callable[[httpx.Request], object] = lambda request: None
        """Is called with each request for a page, before it is answered."""
        self._lock = threading.Lock()

    @property
    def cursors(self) -> list[str | None]:
        """The cursors of the pages that were asked for."""
        asked = [one for one in self.requests if one.url.path.endswith("/data")]
        return [one.url.params.get("nextKey") for one in asked]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            self.requests.append(request)
        if request.url.path.endswith("/properties"):
            described = {"id": "F1", "name": "A form", "fields": self.fields}
            return httpx.Response(200, content=json.dumps(described))
        self.before(request)
        return self._page(request.url.params.get("nextKey"))

    def _page(self, cursor: str | None) -> httpx.Response:
        number = 0 if cursor is None else int(cursor.removeprefix("c"))
        if number >= len(self.pages):
            return httpx.Response(400, json={"message": "nextKey is not known"})
        page = self.pages[number]
        if isinstance(page, httpx.Response):
            return page
        if isinstance(page, bytes):
            return httpx.Response(200, content=page)
        body: dict[str, Any] = {"items": page}
        if number + 1 < len(self.pages):
            body["nextKey"] = f"c{number + 1}"
        return httpx.Response(200, content=json.dumps(body))

    def client(self) -> Enboarder:
        """Return a client of this service, which tries nothing twice."""
        return Enboarder(
            ApiKey("key"),
            base_url=BASE_URL,
            transport=httpx.MockTransport(self),
            retry=RetryPolicy(attempts=1),
        )


def field(name: str, data_type: str = "text", label: str = "") -> dict[str, Any]:
    """Return a field of a form, as the properties list it."""
    return {"fieldName": name, "label": label or name, "datatype": data_type}


def report(number: int, kind: ReportKind = ReportKind.FORM) -> Report:
    """Return one of several reports."""
    return Report(kind, f"R{number}")
