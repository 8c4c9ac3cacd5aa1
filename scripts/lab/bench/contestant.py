"""What is measured: a client, or a source of tokens in front of an HTTP library."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from importlib.metadata import version
from itertools import count
from typing import Any, ClassVar, TypeAlias

import httpx

from scripts.lab.bench.server import PROFILE, TOKEN_BYTES
from scripts.lab.bench.site import Address

Get: TypeAlias = Callable[[], bool]
"""Makes one read, and says whether it succeeds; may raise instead."""
GetAsync: TypeAlias = Callable[[], Awaitable[bool]]

SECRET = "a-secret"

CONNECTIONS = 20
"""As many as our client opens."""
_numbers = count(1)


class Contestant(ABC):
    """One source of tokens, shared by all clients that it gives.

    A new one knows no token yet.
    """

    name: ClassVar[str]
    distribution: ClassVar[str]
    library: ClassVar[str] = "httpx"
    """The module that sends its requests."""
    base: ClassVar[str] = "bare httpx"
    """The name of the contestant that is its HTTP library and nothing else."""
    blocks: ClassVar[bool] = True
    """Whether it has a blocking client."""
    awaits: ClassVar[bool] = True
    """Whether it has an asynchronous client."""
    works_offline: ClassVar[bool] = True
    """Whether a function can answer instead of a network."""
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
        """Return what goes into a client of httpx or httpx2."""

    @property
    def http(self) -> Any:
        """The module that sends the requests; it is imported on first use."""
        return import_module(self.library)

    def options(self, *, offline: bool) -> dict[str, Any]:
        """Return the options of our client for a client of httpx or httpx2.

        Only the source of tokens differs then. Waiting for a connection is not a
        failure here.

        Args:
            offline: whether a function answers instead of a network.
        """
        return {
            "auth": self.auth(),
            "limits": self.http.Limits(
                max_connections=CONNECTIONS,
                max_keepalive_connections=CONNECTIONS,
                keepalive_expiry=5.0,
            ),
            "timeout": self.http.Timeout(30.0, pool=600.0),
            "transport": answering(self.http) if offline else None,
        }

    @contextmanager
    def blocking(self, *, offline: bool = False) -> Generator[Get]:
        """Give a read by a blocking client."""
        with self.http.Client(**self.options(offline=offline)) as client:
            yield lambda: bool(client.get(self.address.read_url).is_success)

    @asynccontextmanager
    async def awaited(self, *, offline: bool = False) -> AsyncGenerator[GetAsync]:
        """Give a read by an asynchronous client."""
        async with self.http.AsyncClient(**self.options(offline=offline)) as client:

            async def get() -> bool:
                answer = await client.get(self.address.read_url)
                return bool(answer.is_success)

            yield get

    @classmethod
    def lifetime(cls, stale_every: float) -> float:
        """Return how long tokens have to live to be renewed every so many seconds."""
        return cls.leeway + stale_every

    @classmethod
    def version(cls) -> str:
        """Return the version of the distribution."""
        return version(cls.distribution)


def answering(http: Any) -> Any:
    """Return a transport of httpx or httpx2 that answers without a network."""

    def reply(request: httpx.Request) -> Any:
        return http.Response(200, json=GRANTED if request.method == "POST" else PROFILE)

    return http.MockTransport(reply)


GRANTED = {"access_token": "x" * TOKEN_BYTES, "expires_in": 3600}
"""The token of `answering`."""


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
