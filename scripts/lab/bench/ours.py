"""enboarder in both ways, and httpx without it.

The two ways are the whole client, and its credential in the user's httpx client.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx

from enboarder import AsyncEnboarder, ClientCredentials, Enboarder
from enboarder.stores import FileStore, RedisStore
from scripts.lab.bench.contestant import OPTIONS, SECRET, Contestant, Get, GetAsync


class InHttpx(Contestant):
    """`credential.auth()` in a bare httpx client, as the others are used."""

    name = "enboarder `auth()`"
    distribution = "enboarder"
    stores = ("file", "redis")

    def set_up(self) -> None:
        """Make the credential."""
        self.credential = ClientCredentials(
            self.client_id,
            SECRET,
            token_url=self.address.token_url,
            store=_store(self.store),
        )

    def auth(self) -> httpx.Auth:
        """Return the credential's `httpx.Auth`."""
        return self.credential.auth(base_url=self.address.base_url)


class Client(InHttpx):
    """The whole client: checks, a deadline, retries, the outcome, a model."""

    name = "enboarder"

    @contextmanager
    def blocking(self, transport: httpx.MockTransport | None = None) -> Generator[Get]:
        """Give a read by the blocking client."""
        with Enboarder(
            self.credential, base_url=self.address.base_url, **_options(transport)
        ) as client:
            yield lambda: client.profiles.get("p1").id == "p1"

    @asynccontextmanager
    async def awaited(
        self, transport: httpx.MockTransport | None = None
    ) -> AsyncGenerator[GetAsync]:
        """Give a read by the asynchronous client."""
        async with AsyncEnboarder(
            self.credential, base_url=self.address.base_url, **_options(transport)
        ) as client:

            async def get() -> bool:
                profile = await client.profiles.get("p1")
                return profile.id == "p1"

            yield get


class StaticHeader(Contestant):
    """Bare httpx with a header that never changes: what costs are compared with."""

    name = "static header"
    distribution = "httpx"

    def set_up(self) -> None:
        """Fetch the one token."""
        form = {"grant_type": "client_credentials"}
        reply = httpx.post(self.address.token_url, data=form).raise_for_status()
        self._headers = {"Authorization": str(reply.json()["access_token"])}

    def auth(self) -> None:
        """Return nothing: the header is enough."""

    @contextmanager
    def blocking(self, transport: httpx.MockTransport | None = None) -> Generator[Get]:
        """Give a read by a blocking client."""
        with httpx.Client(
            headers=self._headers, transport=transport, **OPTIONS
        ) as client:
            yield lambda: client.get(self.address.read_url).is_success

    @asynccontextmanager
    async def awaited(
        self, transport: httpx.MockTransport | None = None
    ) -> AsyncGenerator[GetAsync]:
        """Give a read by an asynchronous client."""
        async with httpx.AsyncClient(
            headers=self._headers, transport=transport, **OPTIONS
        ) as client:

            async def get() -> bool:
                answer = await client.get(self.address.read_url)
                return answer.is_success

            yield get


def _store(name: str | None) -> FileStore | RedisStore | None:
    if name is None:
        return None
    if name.startswith("redis:"):
        return RedisStore.from_url(name)
    return FileStore(name)


def _options(transport: httpx.MockTransport | None) -> dict[str, Any]:
    if transport is None:
        return {}
    return {"transport": transport}
