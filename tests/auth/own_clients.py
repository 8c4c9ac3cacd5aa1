"""The user's own HTTP clients, blocking or asynchronous, of httpx or httpx2."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, NamedTuple

import httpx
import httpx2
import pytest


class OwnClient(NamedTuple):
    """Sends requests with the user's own client."""

    package: Any
    awaited: bool

    def send(self, requests: Iterable[tuple[str, str]], **options: Any) -> list[Any]:
        """Send requests (method and URL) one after the other; return the answers."""
        if self.awaited:
            return asyncio.run(self._send_async(requests, options))
        with self.package.Client(**options) as client:
            return [client.request(method, url) for method, url in requests]

    async def _send_async(
        self, requests: Iterable[tuple[str, str]], options: Any
    ) -> list[Any]:
        async with self.package.AsyncClient(**options) as client:
            return [await client.request(method, url) for method, url in requests]


EACH_OWN_CLIENT = pytest.mark.parametrize(
    "own_client",
    [
        pytest.param(OwnClient(httpx, awaited=False), id="httpx"),
        pytest.param(OwnClient(httpx, awaited=True), id="httpx-awaited"),
        pytest.param(OwnClient(httpx2, awaited=False), id="httpx2"),
        pytest.param(OwnClient(httpx2, awaited=True), id="httpx2-awaited"),
    ],
)
