"""A guard against web pages: a browser on this machine reaches loopback, too."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ...url_checks import is_loopback


class LocalOnly:
    """Passes requests that name this machine and do not come from a foreign page.

    Args:
        application: Answers them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._application = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to a foreign request, and hand on any other."""
        reason = _refusal(Request(scope))
        if reason is None:
            await self._application(scope, receive, send)
        else:
            await JSONResponse({"message": reason}, 403)(scope, receive, send)


def _refusal(request: Request) -> str | None:
    # A page can give its own host name the address 127.0.0.1 afterwards.
    host = request.headers.get("host", "")
    if not _is_local(f"//{host}"):
        return f"Host must be a loopback address or localhost, not {host!r}"
    origin = request.headers.get("origin")
    if origin is not None and not _is_local(origin):
        return f"Origin must be missing or on this machine, not {origin!r}"
    return None


def _is_local(url: str) -> bool:
    try:
        return is_loopback(urlsplit(url).hostname)
    except ValueError:
        return False
