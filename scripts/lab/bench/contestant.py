"""What is measured: a source of tokens, as its user would put it in front of httpx."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from importlib.metadata import version
from itertools import count
from typing import Any, ClassVar, TypeAlias

import httpx

from scripts.lab.bench.site import Address

Get: TypeAlias = Callable[[], bool]
"""Makes one read, and says whether it succeeds; may raise instead."""
GetAsync: TypeAlias = Callable[[], Awaitable[bool]]

SECRET = "a-secret"

# The options of our client, for all of them: only the source of tokens differs then.
# Waiting for a connection is not a failure here.
OPTIONS: dict[str, Any] = {
    "limits": httpx.Limits(
        max_connections=20, max_keepalive_connections=20, keepalive_expiry=5.0
    ),
    "timeout": httpx.Timeout(30.0, pool=600.0),
}
_numbers = count(1)


class Contestant(ABC):
    """One source of tokens, shared by all clients that it gives.

    A new one knows no token yet.
    """

    name: ClassVar[str]
    distribution: ClassVar[str]
    leeway: ClassVar[float] = 0.0
    """Seconds before its expiry from which a token is not used, by default."""
    stores: ClassVar[tuple[str, ...]] = ()
    """What it can share a token through: "file", "redis"."""

    def __init__(
        self, address: Address, client_id: str | None = None, store: str | None = None
    ) -> None:
        """Set the source up; no request is sent yet."""
        # Caches are process-wide, so a new client id is a cold start.
        self.client_id = client_id or f"client-{next(_numbers)}"
        self.address = address
        self.store = store
        self.set_up()

    def set_up(self) -> None:  # noqa: B027 (some have nothing to set up)
        """Make the source of tokens."""

    @abstractmethod
    def auth(self) -> httpx.Auth | None:
        """Return what goes into an httpx client."""

    @contextmanager
    def blocking(self, transport: httpx.MockTransport | None = None) -> Generator[Get]:
        """Give a read by a blocking client."""
        with httpx.Client(auth=self.auth(), transport=transport, **OPTIONS) as client:
            yield lambda: client.get(self.address.read_url).is_success

    @asynccontextmanager
    async def awaited(
        self, transport: httpx.MockTransport | None = None
    ) -> AsyncGenerator[GetAsync]:
        """Give a read by an asynchronous client."""
        async with httpx.AsyncClient(
            auth=self.auth(), transport=transport, **OPTIONS
        ) as client:

            async def get() -> bool:
                answer = await client.get(self.address.read_url)
                return answer.is_success

            yield get

    @classmethod
    def version(cls) -> str:
        """Return the version of the distribution."""
        return version(cls.distribution)


class HeaderAuth(httpx.Auth):
    """For sources that are not an `httpx.Auth`: `sign` writes the header.

    It is called from the asynchronous flow as well.
    """

    def __init__(self, sign: Callable[[httpx.Request], None]) -> None:
        """Remember who signs."""
        self._sign = sign

    def auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response]:
        """Sign the request, and send it."""
        self._sign(request)
        yield request
