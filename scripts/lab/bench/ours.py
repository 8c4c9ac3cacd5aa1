"""enboarder in every way that it is used.

Those are the whole client on each engine, and its credential in the user's own client.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from typing import Any, ClassVar

import httpx

from enboarder import AsyncEnboarder, ClientCredentials, Enboarder
from enboarder.stores import FileStore, RedisStore
from scripts.lab.bench.contestant import (
    SECRET,
    Contestant,
    Get,
    GetAsync,
    answering,
)

RENEWED_AT = 0.75
"""The share of a token's life after which ours renews it."""


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
        # A class of httpx2 is a base of it only if httpx2 is imported by now.
        import_module(self.library)
        return self.credential.auth(base_url=self.address.base_url)

    @classmethod
    def lifetime(cls, stale_every: float) -> float:
        """Return how long tokens have to live to be renewed every so many seconds."""
        return stale_every / (RENEWED_AT + 0.02)


class InHttpx2(InHttpx):
    """`credential.auth()` in a bare client of httpx2."""

    name = "enboarder `auth()` in httpx2"
    library = "httpx2"
    base = "bare httpx2"


class Client(InHttpx):
    """The whole client: checks, a deadline, retries, the outcome, a model."""

    name = "enboarder"
    engine: ClassVar[str] = "httpx"

    @contextmanager
    def blocking(self, *, offline: bool = False) -> Generator[Get]:
        """Give a read by the blocking client."""
        with Enboarder(
            self.credential, base_url=self.address.base_url, **self.settings(offline)
        ) as client:
            yield lambda: client.profiles.get("p1").id == "p1"

    @asynccontextmanager
    async def awaited(self, *, offline: bool = False) -> AsyncGenerator[GetAsync]:
        """Give a read by the asynchronous client."""
        async with AsyncEnboarder(
            self.credential, base_url=self.address.base_url, **self.settings(offline)
        ) as client:

            async def get() -> bool:
                profile = await client.profiles.get("p1")
                return profile.id == "p1"

            yield get

    def settings(self, offline: bool) -> dict[str, Any]:
        """Return the settings of the client besides credential and address."""
        if offline:
            return {"engine": self.engine, "transport": answering(self.http)}
        return {"engine": self.engine}


class ClientOnHttpx2(Client):
    """The whole client on httpx2."""

    name = "enboarder on httpx2"
    library = "httpx2"
    base = "bare httpx2"
    engine = "httpx2"


class ClientOverAiohttp(Client):
    """The whole client over aiohttp."""

    name = "enboarder over aiohttp"
    base = "bare aiohttp"
    engine = "aiohttp"
    blocks = False
    works_offline = False


def _store(name: str | None) -> FileStore | RedisStore | None:
    if name is None:
        return None
    if name.startswith("redis:"):
        return RedisStore.from_url(name)
    return FileStore(name)
