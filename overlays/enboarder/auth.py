"""A credential bound to an origin, as `httpx.Auth`: it signs what goes there and nothing else."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Callable, Generator
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import httpx

from enboarder_api.client import Answer
from enboarder_api.contract import API_KEY_HEADER, TOKEN_HEADER

from . import transport
from .cache import CACHES
from .errors import ConfigurationError, TokenUnavailable
from .messages import Failure, Message
from .regions import base_url_of, token_url_of
from .retry import SYSTEM_CLOCK
from .tokens import TIMEOUT, Token, read_token, token_request
from .transport import Binding

if TYPE_CHECKING:
    from .credentials import ApiKey, ClientCredentials

B = TypeVar("B", bound="BoundAuth")
T = TypeVar("T")
DEAD_FROM = 60.0  # seconds of age from which a 403 may mean a dead token: the gateways answer 403 to any bad credential


def _origin(url: str, name: str) -> tuple[str, str, int | None]:
    try:
        parsed = httpx.URL(url)
        return parsed.scheme, parsed.host, parsed.port
    except (httpx.InvalidURL, UnicodeError):
        raise ConfigurationError(f"{name} {url[:200]!r} names no host; give one like api.example.com") from None


class BoundAuth(httpx.Auth):
    """Signs requests to one origin."""

    def __init__(self, binding: Binding) -> None:
        if unknown := binding.keys() - Binding.__optional_keys__:
            raise ConfigurationError(f"there is no option {min(unknown)!r}, but {sorted(Binding.__optional_keys__)}")
        self._origin = _origin(base_url_of(binding.get("region"), binding.get("base_url")), "base_url")

    def _owns(self, request: httpx.Request) -> bool:
        url = request.url
        return (url.scheme, url.host, url.port) == self._origin

    def forget(self, *, shared: bool = False) -> None:
        """Drop what was fetched; an API key has nothing of the kind."""

    def __reduce__(self) -> NoReturn:
        raise TypeError("a bound credential is not pickled or copied; bind the credential where it is used")


class KeyAuth(BoundAuth):
    """Sends the API key."""

    def __init__(self, credential: ApiKey, binding: Binding) -> None:
        super().__init__(binding)
        self._credential = credential

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._owns(request):
            request.headers[API_KEY_HEADER] = self._credential.key.reveal()
        yield request


class TokenAuth(BoundAuth):
    """Sends an access token: fetched on first use, renewed ahead of expiry, replaced once when dead.

    After a 401, or a 403 to a token older than 60 s, the request is sent once more with a new token. For a write this
    rests on the assumption that the service refuses a dead token before it does anything.
    """

    def __init__(self, credential: ClientCredentials, binding: Binding) -> None:
        super().__init__(binding)
        self._credential, self._clock = credential, binding.get("clock", SYSTEM_CLOCK)
        self._prefix = f"{credential.prefix} ".lstrip()
        self._options = {name: value for name, value in binding.items() if name not in ("region", "base_url", "clock")}
        self._token_url = token_url_of(binding.get("region"), credential.token_url)
        self._token_host = _origin(self._token_url, "token_url")[1]
        self._cache = CACHES.get(credential.slot(self._token_url).name, self._clock)

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        token = self._cache.get(self._fetch) if self._owns(request) else None
        replayable = type(request.stream).__name__ == "ByteStream"  # of httpx or httpx2
        response = yield self._signed(request, token)
        if token and response.status_code in (401, 403) and self._is_dead(response, token):
            response.read()  # gives the connection back
            if (renewed := self._cache.get(self._fetch, refused=token)) and replayable:
                yield self._signed(request, renewed)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        token = await self._cache.get_async(self._fetch_async) if self._owns(request) else None
        replayable = type(request.stream).__name__ == "ByteStream"  # of httpx or httpx2
        response = yield self._signed(request, token)
        if token and response.status_code in (401, 403) and self._is_dead(response, token):
            await response.aread()
            if (renewed := await self._cache.get_async(self._fetch_async, refused=token)) and replayable:
                yield self._signed(request, renewed)

    def _signed(self, request: httpx.Request, token: Token | None) -> httpx.Request:
        if token:
            request.headers[TOKEN_HEADER] = self._prefix + token.value
        return request

    def _is_dead(self, response: httpx.Response, token: Token) -> bool:
        return response.status_code == 401 or token.age(self._clock) >= DEAD_FROM

    def _fetch(self, refused: Token | None, may_wait: bool) -> Token:
        store = self._credential.store
        if store is None or not may_wait:
            return self._ask()
        return store.token(self._credential.slot(self._token_url), self._ask, self._clock, refused)

    async def _fetch_async(self, refused: Token | None) -> Token:
        store = self._credential.store
        if store is None:
            return await self._ask_async()
        import asyncio

        loop = asyncio.get_running_loop()

        def ask() -> Token:  # called in the thread, in which the store may block
            return asyncio.run_coroutine_threadsafe(self._ask_async(), loop).result(2 * TIMEOUT)

        return await _in_thread(lambda: store.token(self._credential.slot(self._token_url), ask, self._clock, refused))

    def _ask(self) -> Token:
        asked, message = self._asking()
        return self._read(transport.exchange(self._options, message), asked)

    async def _ask_async(self) -> Token:
        asked, message = await _in_thread(self._asking)  # the function that gives the secret may block
        return self._read(await transport.exchange_async(self._options, message), asked)

    def _asking(self) -> tuple[tuple[float, float], Message]:
        now, own = (self._clock.monotonic(), self._clock.wall()), self._credential
        secret = own.client_secret.reveal()
        return now, token_request(self._token_url, own.client_id, secret, own.scopes, own.client_auth)

    def _read(self, result: Answer | Failure, asked: tuple[float, float]) -> Token:
        if isinstance(result, Answer):
            return read_token(result, asked, self._clock)
        why = f"no token from {self._token_host} ({result.reason})"
        raise TokenUnavailable(f"{why}; check network, proxy, CA certificates, this machine's clock and token_url")

    def forget(self, *, shared: bool = False) -> None:
        """Drop the token, so that the next call asks for one; `shared`: in the credential's store, too."""
        self._cache.forget()
        if shared and self._credential.store is not None:
            self._credential.store.forget(self._credential.slot(self._token_url))


async def _in_thread(function: Callable[[], T]) -> T:
    """In a thread of its own, which ends with it: those of `asyncio.to_thread` may all be waiting for this very token."""
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    return await asyncio.get_running_loop().run_in_executor(ThreadPoolExecutor(1), function)


def kind(own: type[B]) -> type[B]:
    """That class; where httpx2, the continuation of httpx, is in use, one that its clients take, too."""
    other = getattr(sys.modules.get("httpx2"), "Auth", None)
    return own if other is None else cast(Any, type)(own.__name__, (own, other), {})
