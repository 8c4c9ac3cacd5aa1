"""Read from an account, with GET requests only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from enboarder_api.client import Answer
from enboarder_api.contract import API_KEY_HEADER, TOKEN_HEADER
from enboarder_api.operations import OPERATIONS

from ...client import Enboarder
from ...errors import EnboarderError
from ...sending.retry import RetryPolicy
from ...transport.bare import get_bare, is_failure
from ...transport.engine import HttpRequest
from ...transport.proxies import proxy_of
from .shapes import shape

PARAMETER = re.compile(r"\{\w+\}")
TIMEOUT = 30.0
"""Seconds for a request without the credential."""


class Observation(NamedTuple):
    """What came back to a request; its lines hold no value."""

    sent: str
    status: int | None = None
    headers: Mapping[str, str] = {}
    content: bytes = b""
    error: Exception | None = None

    @property
    def body(self) -> Any:
        """Return the body as data; None when it is not JSON."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None

    def lines(self, known: set[str]) -> Iterator[str]:
        """Say what was sent and seen; `known` are the names that may be shown."""
        yield f"- sent: {self.sent}"
        if self.status is None:
            yield f"- seen: no answer ({type(self.error).__name__})"
            return
        names = sorted({name.lower() for name in self.headers})
        yield f"- seen: status {self.status}; headers {', '.join(names)}"
        if self.body is None:
            yield f"- body: not JSON, {len(self.content)} bytes"
            return
        for line in shape([self.body], known):
            yield f"  - `{line}`"


def refuse_writes(request: HttpRequest) -> None:
    """Raise for every request that could change something."""
    if request.method != "GET":
        raise RuntimeError(
            f"verify sends nothing but GET, and was about to send {request.method}"
        )


class AccountReader:
    """Reads with the credential of the environment.

    A request without it, or with another one, repeats only a read that was sent with it
    before.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Build the client; nothing is sent."""
        self.by_key = bool(environ.get("ENBOARDER_API_KEY"))
        self.signed: HttpRequest | None = None
        self.client = Enboarder.from_env(
            environ,
            retry=RetryPolicy(attempts=1),
            event_hooks={"request": [refuse_writes, self._remember]},
        )

    def _remember(self, request: HttpRequest) -> None:
        if self.signed is None:
            self.signed = request

    @property
    def header(self) -> str:
        """Return the name of the header that carries the credential."""
        return API_KEY_HEADER if self.by_key else TOKEN_HEADER

    @property
    def value(self) -> str:
        """Return the key or the token as it was sent."""
        if self.signed is None:
            return ""
        return self.signed.headers[self.header]

    def path(self, name: str) -> str:
        """Return the path of an operation for this credential."""
        operation = OPERATIONS[name]
        path = operation.key_path if self.by_key else operation.token_path
        assert path is not None
        return path

    def other_path(self, name: str) -> str:
        """Return the path of an operation for the other kind of credential."""
        operation = OPERATIONS[name]
        path = operation.token_path if self.by_key else operation.key_path
        assert path is not None
        return path

    def get(self, path: str, item: str = "", **query: str) -> Observation:
        """Read a path, with `item` in the place of its parameter."""
        sent = f"`GET {path}`"
        if query:
            sent += f" with {', '.join(f'`{name}=`' for name in query)}"
        target = PARAMETER.sub(quote(item, safe=""), path)
        try:
            answer = self.client.request("GET", target, params=query)
        except EnboarderError as error:
            refused: Answer | None = getattr(error, "answer", None)
            if refused is None:
                return Observation(sent, error=error)
            answer = refused
        return Observation(sent, answer.status, answer.headers, answer.content)

    def repeat_first_read(self, change: str, headers: Mapping[str, str]) -> Observation:
        """Send the first read again, with these headers instead of the credential."""
        assert self.signed is not None
        sent = f"`GET {self.path('reports.get_forms')}`, {change}"
        url = str(self.signed.url)
        try:
            answer = get_bare(url, proxy_of(url, {}), TIMEOUT, headers)
        except Exception as error:
            if not is_failure(error):
                raise
            return Observation(sent, error=error)
        return Observation(sent, answer.status, answer.headers, answer.content)
