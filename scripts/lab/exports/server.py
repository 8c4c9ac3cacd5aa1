"""The service whose reports are exported: canned pages on a loopback port.

It answers faster than any reader can read. Its forms have no fixed number: the id of a
form says how many rows it has.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from scripts.lab.bench import server
from scripts.lab.bench.server import Reply, Request, Service, answer
from scripts.lab.bench.site import Site
from scripts.lab.exports.pages import Pages, fields, form_id

LISTED_ROWS = (1000, 100_000)
"""The rows of the forms that the list has."""
OK = (
    "HTTP/1.1 200 OK\r\n"
    "Content-Type: application/json\r\n"
    "Content-Length: {length}\r\n\r\n"
)


class Reports(Service):
    """Answers requests for forms; every credential is good."""

    def __init__(self) -> None:
        """Prepare the pages."""
        super().__init__()
        self._pages = Pages()

    def reply(self, request: Request) -> Reply:
        """Answer a request."""
        url = urlsplit(request.path)
        words = url.path.strip("/").split("/")
        if words[0] != "reports":
            return super().reply(request)
        # The paths for OAuth2 have one word more.
        words = [word for word in words if word != "v2"]
        if words == ["reports", "forms"]:
            listed = [{"id": form_id(rows), "name": "Form"} for rows in LISTED_ROWS]
            return Reply(answer(200, {"count": len(listed), "items": listed}))
        if words == ["reports", "workflows"]:
            return Reply(answer(200, {"count": 0, "items": []}))
        form, part = words[2:]
        if part == "properties":
            described = {"name": "Form", "id": form, "fields": fields()}
            return Reply(answer(200, described))
        cursor = parse_qs(url.query).get("nextKey", [None])[0]
        body = self._pages.page(form, cursor)
        return Reply(OK.format(length=len(body)).encode() + body)


class ReportSite(Site):
    """The server that answers requests for reports, in its own process."""

    module = "scripts.lab.exports.server"


def main() -> None:
    """Serve reports."""
    service = Reports()
    server.run(lambda: server.Connection(service))


if __name__ == "__main__":
    main()
