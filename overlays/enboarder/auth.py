"""A credential bound to an origin, as `httpx.Auth`: it signs what goes there and nothing else."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import TYPE_CHECKING, NoReturn

import httpx

from enboarder_api.client import Answer
from enboarder_api.contract import API_KEY_HEADER, TOKEN_HEADER

from . import transport
from .cache import cache_of
from .errors import ConfigurationError, TokenUnavailable
from .regions import base_url_of, token_url_of
from .retry import SYSTEM_CLOCK
from .tokens import Token, read_token, token_request
from .transport import Binding

if TYPE_CHECKING:
    from .credentials import ApiKey, ClientCredentials

DEAD_FROM = 60.0  # seconds of age from which a 403 may mean a dead token: the gateways answer 403 to any bad credential


class BoundAuth(httpx.Auth):
    """Signs requests to one origin."""

    client: httpx.Client | httpx.AsyncClient | None = None
    """Whose connections token requests use; without one, a short-lived client for each."""

    def __init__(self, binding: Binding) -> None:
        if unknown := binding.keys() - (Binding.__optional_keys__ | Binding.__required_keys__):
            raise ConfigurationError(
                f"there is no option {min(unknown)!r}; a credential takes {sorted(Binding.__optional_keys__)}"
            )
        url = base_url_of(binding.get("region"), binding.get("base_url"))
        try:
            self._origin = self._origin_of(httpx.URL(url))
        except (httpx.InvalidURL, UnicodeError):
            raise ConfigurationError(f"base_url {url[:200]!r} names no host; give one like api.example.com") from None

    @staticmethod
    def _origin_of(url: httpx.URL) -> tuple[str, str, int | None]:
        return url.scheme, url.host, url.port

    def __reduce__(self) -> NoReturn:
        raise TypeError("a bound credential is not pickled or copied; bind the credential where it is used")


class KeyAuth(BoundAuth):
    """Sends the API key."""

    def __init__(self, credential: ApiKey, binding: Binding) -> None:
        super().__init__(binding)
        self._credential = credential

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._origin_of(request.url) == self._origin:
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
        self._options = {name: value for name, value in binding.items() if name not in ("region", "base_url", "clock")}
        self._token_url = token_url_of(binding.get("region"), credential.token_url)
        self._cache = cache_of(credential.fingerprint(self._token_url))

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        own = self._origin_of(request.url) == self._origin
        token = self._cache.get(self._fetch, self._clock) if own else None
        replayable = isinstance(request.stream, httpx.ByteStream)
        response = yield self._signed(request, token)
        if token and replayable and self._is_dead(response, token):
            response.read()  # gives the connection back, which a pool of one needs for the token request
            renewed = self._cache.get(self._fetch, self._clock, refused=token)
            if renewed:
                yield self._signed(request, renewed)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        own = self._origin_of(request.url) == self._origin
        token = await self._cache.get_async(self._fetch_async, self._clock) if own else None
        replayable = isinstance(request.stream, httpx.ByteStream)
        response = yield self._signed(request, token)
        if token and replayable and self._is_dead(response, token):
            await response.aread()
            renewed = await self._cache.get_async(self._fetch_async, self._clock, refused=token)
            if renewed:
                yield self._signed(request, renewed)

    def _signed(self, request: httpx.Request, token: Token | None) -> httpx.Request:
        if token:
            request.headers[TOKEN_HEADER] = f"{self._credential.prefix} {token.value}".strip()
        return request

    def _is_dead(self, response: httpx.Response, token: Token) -> bool:
        return response.status_code == 401 or (response.status_code == 403 and token.age(self._clock) >= DEAD_FROM)

    def _fetch(self) -> Token:
        asked, message = self._asking()
        if isinstance(self.client, httpx.Client):
            return self._read(transport.send(self.client, message, auth=None), asked)
        with transport.build(None, self._options) as client:
            return self._read(transport.send(client, message), asked)

    async def _fetch_async(self) -> Token:
        asked, message = self._asking()
        if isinstance(self.client, httpx.AsyncClient):
            return self._read(await transport.send_async(self.client, message, auth=None), asked)
        async with transport.build_async(None, self._options) as client:
            return self._read(await transport.send_async(client, message), asked)

    def _asking(self) -> tuple[tuple[float, float], transport.Message]:
        now = self._clock.monotonic(), self._clock.wall()
        url, own = self._token_url, self._credential
        return now, token_request(url, own.client_id, own.client_secret.reveal(), own.scopes, own.client_auth)

    def _read(self, result: Answer | transport.Failure, asked: tuple[float, float]) -> Token:
        if isinstance(result, Answer):
            return read_token(result, asked, self._clock)
        host = httpx.URL(self._token_url).host
        raise TokenUnavailable(
            f"no token from {host} ({result.reason}); check network, proxy, CA certificates and token_url"
        )
