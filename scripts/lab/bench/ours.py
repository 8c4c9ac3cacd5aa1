"""enboarder, both ways: the whole client, and its credential in a client of the user's. And httpx without either."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx

from enboarder import AsyncEnboarder, ClientCredentials, Enboarder
from enboarder.stores import FileStore, RedisStore

from .contestant import OPTIONS, SECRET, Contestant, Get, GetAsync


class InHttpx(Contestant):
    """`credential.auth()` in a bare httpx client: what the others are compared with."""

    name = "enboarder `auth()`"
    distribution = "enboarder"
    stores = ("file", "redis")

    def set_up(self) -> None:
        self.credential = ClientCredentials(
            self.client_id, SECRET, token_url=self.address.token_url, store=_store(self.store)
        )

    def auth(self) -> httpx.Auth:
        return self.credential.auth(base_url=self.address.base_url)


class Client(InHttpx):
    """The whole client: checks, one attempt bounded as a whole, retries, the outcome, a model."""

    name = "enboarder"

    @contextmanager
    def blocking(self, transport: httpx.MockTransport | None = None) -> Generator[Get]:
        with Enboarder(self.credential, base_url=self.address.base_url, **_http(transport)) as client:
            yield lambda: client.profiles.get("p1").id == "p1"

    @asynccontextmanager
    async def awaited(self, transport: httpx.MockTransport | None = None) -> AsyncGenerator[GetAsync]:
        async with AsyncEnboarder(self.credential, base_url=self.address.base_url, **_http(transport)) as client:

            async def get() -> bool:
                return (await client.profiles.get("p1")).id == "p1"

            yield get


class StaticHeader(Contestant):
    """Bare httpx with a header that never changes: what costs are told against."""

    name = "static header"
    distribution = "httpx"

    def set_up(self) -> None:
        form = {"grant_type": "client_credentials"}
        reply = httpx.post(self.address.token_url, data=form).raise_for_status()
        self._token: str = reply.json()["access_token"]

    def auth(self) -> None:
        return None

    @contextmanager
    def blocking(self, transport: httpx.MockTransport | None = None) -> Generator[Get]:
        with httpx.Client(headers={"Authorization": self._token}, transport=transport, **OPTIONS) as client:
            yield lambda: client.get(self.address.read_url).is_success

    @asynccontextmanager
    async def awaited(self, transport: httpx.MockTransport | None = None) -> AsyncGenerator[GetAsync]:
        headers = {"Authorization": self._token}
        async with httpx.AsyncClient(headers=headers, transport=transport, **OPTIONS) as client:

            async def get() -> bool:
                return (await client.get(self.address.read_url)).is_success

            yield get


def _store(name: str | None) -> FileStore | RedisStore | None:
    if name is None:
        return None
    return RedisStore.from_url(name) if name.startswith("redis:") else FileStore(name)


def _http(transport: httpx.MockTransport | None) -> dict[str, Any]:
    return {} if transport is None else {"transport": transport}
