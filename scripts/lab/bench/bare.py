"""HTTP libraries with a header that never changes: what costs are compared with."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from io import BytesIO
from typing import Any

import httpx

from scripts.lab.bench.contestant import (
    CONNECTIONS,
    GRANTED,
    Contestant,
    Get,
    GetAsync,
)
from scripts.lab.bench.server import PROFILE


class BareHttpx(Contestant):
    """httpx."""

    name = "bare httpx"
    distribution = "httpx"

    def set_up(self) -> None:
        """Fetch the one token."""
        form = {"grant_type": "client_credentials"}
        reply = httpx.post(self.address.token_url, data=form).raise_for_status()
        self.headers = {"Authorization": str(reply.json()["access_token"])}

    def auth(self) -> None:
        """Return nothing: the header is enough."""

    def options(self, *, offline: bool) -> dict[str, Any]:
        """Return the same options, and the header."""
        return {**super().options(offline=offline), "headers": self.headers}


class BareHttpx2(BareHttpx):
    """httpx2, the continuation of httpx."""

    name = "bare httpx2"
    distribution = "httpx2"
    library = "httpx2"
    base = name


class HttpxOverAiohttp(BareHttpx):
    """httpx with the transport of httpx-aiohttp."""

    name = "httpx-aiohttp"
    distribution = "httpx-aiohttp"
    blocks = False
    works_offline = False

    def options(self, *, offline: bool) -> dict[str, Any]:
        """Return the same options, and the transport."""
        options = super().options(offline=offline)
        module: Any = import_module("httpx_aiohttp")
        transport = module.AiohttpTransport(limits=options["limits"])
        return {**options, "transport": transport}


class BareAiohttp(BareHttpx):
    """aiohttp."""

    name = "bare aiohttp"
    distribution = "aiohttp"
    library = "aiohttp"
    base = name
    blocks = False
    works_offline = False

    @asynccontextmanager
    async def awaited(self, *, offline: bool = False) -> AsyncGenerator[GetAsync]:
        """Give a read by its session."""
        connector = self.http.TCPConnector(limit=CONNECTIONS)
        async with self.http.ClientSession(
            connector=connector, headers=self.headers
        ) as session:

            async def get() -> bool:
                async with session.get(self.address.read_url) as answer:
                    await answer.read()
                    return bool(answer.ok)

            yield get


class BareRequests(BareHttpx):
    """requests."""

    name = "bare requests"
    distribution = "requests"
    library = "requests"
    base = name
    awaits = False

    @contextmanager
    def blocking(self, *, offline: bool = False) -> Generator[Get]:
        """Give a read by a session."""
        with connected(self.http.Session(), offline=offline) as session:
            session.headers.update(self.headers)
            yield lambda: bool(session.get(self.address.read_url).ok)


class AnsweringAdapter:
    """Answers the requests of a session of requests without a network."""

    def __init__(self) -> None:
        """Import the library."""
        self._requests: Any = import_module("requests")

    def send(self, request: Any, **_: object) -> Any:
        """Answer a request."""
        value = GRANTED if request.method == "POST" else PROFILE
        answer = self._requests.Response()
        answer.status_code = 200
        answer.raw = BytesIO(json.dumps(value).encode())
        answer.request = request
        answer.url = request.url
        return answer

    def close(self) -> None:
        """Do nothing: there is no connection."""


def connected(session: Any, *, offline: bool) -> Any:
    """Return a session of requests with as many connections as our client."""
    adapters: Any = import_module("requests.adapters")
    adapter: Any = AnsweringAdapter()
    if not offline:
        adapter = adapters.HTTPAdapter(pool_maxsize=CONNECTIONS, pool_block=True)
    session.mount("http://", adapter)
    return session
