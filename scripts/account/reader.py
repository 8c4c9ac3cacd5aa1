"""Reads of one's own account, and what may be told of them: no value, nothing of the credential."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx

from enboarder import Enboarder, EnboarderError, RetryPolicy
from enboarder_api.contract import API_KEY_HEADER, TOKEN_HEADER
from enboarder_api.operations import OPERATIONS
from shapes import shape


class Seen(NamedTuple):
    """What came back to a request; what is told of it holds no value."""

    sent: str
    status: int | None = None
    headers: Mapping[str, str] = {}
    content: bytes = b""
    error: EnboarderError | httpx.HTTPError | None = None

    @property
    def body(self) -> Any:
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None

    def lines(self, known: set[str]) -> Iterator[str]:
        yield f"- sent: {self.sent}"
        if self.status is None:
            yield f"- seen: no answer ({type(self.error).__name__})"
            return
        yield f"- seen: status {self.status}; headers {', '.join(sorted({name.lower() for name in self.headers}))}"
        if self.body is None:
            yield f"- body: no JSON, {len(self.content)} bytes"
        else:
            yield from (f"  - `{line}`" for line in shape([self.body], known))


def only_get(request: httpx.Request) -> None:
    """Raise for everything that could change something."""
    if request.method != "GET":
        raise RuntimeError(f"verify sends nothing but GET, and was about to send {request.method}")


class Account:
    """Reads with the credential of the environment; without it, or with another, only what was read with it before."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.by_key = bool(environ.get("ENBOARDER_API_KEY"))
        self.signed: httpx.Request | None = None
        hooks = {"request": [only_get, self._learn]}
        self.client = Enboarder.from_env(environ, retry=RetryPolicy(attempts=1), event_hooks=hooks)
        self.bare = httpx.Client(event_hooks={"request": [only_get]}, timeout=30)

    def _learn(self, request: httpx.Request) -> None:
        self.signed = self.signed or request

    @property
    def header(self) -> str:
        return API_KEY_HEADER if self.by_key else TOKEN_HEADER

    @property
    def value(self) -> str:
        """The key, or the token, as it was sent."""
        return self.signed.headers[self.header] if self.signed else ""

    def path(self, name: str, *, other: bool = False) -> str:
        """The path of an operation for this credential, or for the other one."""
        path = OPERATIONS[name].key_path if self.by_key != other else OPERATIONS[name].token_path
        assert path is not None
        return path

    def get(self, path: str, item: str = "", **query: str) -> Seen:
        sent = f"`GET {path}`" + (f" with {', '.join(f'`{name}=`' for name in query)}" if query else "")
        try:
            answer = self.client.request("GET", re.sub(r"\{\w+\}", quote(item, safe=""), path), params=query)
        except EnboarderError as error:
            found = getattr(error, "answer", None)
            return Seen(sent, found.status, found.headers, found.content) if found else Seen(sent, error=error)
        return Seen(sent, answer.status, answer.headers, answer.content)

    def first_read_with(self, told: str, headers: Mapping[str, str]) -> Seen:
        """The first read once more, with these headers instead of the credential."""
        assert self.signed is not None
        sent = f"`GET {self.path('reports.get_forms')}`, {told}"
        try:
            answer = self.bare.get(self.signed.url, headers=headers)
        except httpx.HTTPError as error:
            return Seen(sent, error=error)
        return Seen(sent, answer.status_code, answer.headers, answer.content)
