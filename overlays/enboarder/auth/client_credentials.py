"""An OAuth2 client, and how its token signs requests."""

from __future__ import annotations

import hmac
import os
import re
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Iterable
from functools import partial
from typing import Unpack

from attrs import define, fields

from enboarder_api.contract import SCOPES, TOKEN_HEADER

from ..clock import SYSTEM_CLOCK
from ..errors import ConfigurationError
from ..hidden import without_password
from ..transport.engine import (
    HttpRequest,
    HttpResponse,
    choose_engine,
    engine_of,
    signing,
)
from ..transport.options import Binding, HttpOptions, conceal_binding
from ..url_checks import token_url_of
from .origin import OriginAuth, origin_of
from .process_caches import TOKEN_CACHES
from .replays import Replays
from .secret import HasSecretValue, Secret, visible
from .shown import shown
from .threads import in_thread
from .token import Token, TokenKey, TokenStore
from .token_cache import Caller, TokenCache
from .token_endpoint import ClientAuth, TokenCause, TokenEndpoint
from .token_source import TokenSource

# The answers that may mean a dead token.
REFUSALS = (401, 403)
# The extension of a request that holds its token.
TOKEN = "enboarder_token"


def _client_id(client_id: str, client_auth: str) -> str:
    visible("client_id", client_id)
    if client_auth not in ("basic", "post"):
        raise ConfigurationError("client_auth must be 'basic' or 'post'")
    if client_auth == "basic" and ":" in client_id:
        raise ConfigurationError(
            "client_id has a colon, which HTTP Basic does not allow; "
            "use client_auth='post'"
        )
    return client_id


def _prefix(prefix: str) -> str:
    if not isinstance(prefix, str) or not re.fullmatch("[!-~]*", prefix):
        raise ConfigurationError("prefix must be a word such as 'Bearer', or empty")
    return prefix


def _store(store: TokenStore | None) -> TokenStore | None:
    if store is not None and not hasattr(store, "token"):
        kind = type(store).__name__
        raise ConfigurationError(
            f"store must be a token store such as FileStore(); got {kind}"
        )
    return store


def _scopes(value: Iterable[str]) -> tuple[str, ...]:
    scopes: list[str] = []
    if isinstance(value, Iterable) and not isinstance(value, str):
        scopes = [visible("a scope", scope) for scope in value]
    if not scopes:
        raise ConfigurationError(
            "scopes must be a tuple with at least one scope; "
            "leave it out to ask for the three documented scopes"
        )
    return tuple(scopes)


@define(frozen=True, eq=False, init=False, repr=False)
class ClientCredentials:
    """An OAuth2 client, for the v2 paths (article 4151199; RFC 6749, 4.4).

    Args:
        client_id: from Settings / Integration / Our Extensions, after "Activate
            OAuth2".
        client_secret: from the same page: a string, or a wrapped one such as pydantic's
            `SecretStr`; or a function that returns it and is called for each token
            request, so that the secret can change without a restart.
        scopes: the scopes to ask for; by default the three documented ones.
        token_url: where tokens come from; by default the URL that is published for the
            region (none is published for Canada).
        client_auth: how the client authenticates: by HTTP Basic, or with id and secret
            in the form ("post").
        prefix: the word before the token in `Authorization`: none, as documented, or
            "Bearer".
        store: shares the token with other processes or machines (`enboarder.stores`);
            by default, only this process has it.

    Raises:
        ConfigurationError: an argument is wrong.
    """

    client_id: str
    client_secret: Secret
    scopes: tuple[str, ...]
    token_url: str | None
    client_auth: ClientAuth
    prefix: str
    store: TokenStore | None

    def __init__(
        self,
        client_id: str,
        client_secret: str | Callable[[], str] | HasSecretValue | Secret,
        *,
        scopes: Iterable[str] = SCOPES,
        token_url: str | None = None,
        client_auth: ClientAuth = "basic",
        prefix: str = "",
        store: TokenStore | None = None,
    ) -> None:
        # It is wrapped first, so that no frame from here on shows it.
        secret = Secret(client_secret, "client_secret")
        del client_secret
        token_url = without_password(token_url)
        checked = {
            "client_id": _client_id(client_id, client_auth),
            "client_secret": secret.checked(),
            "scopes": _scopes(scopes),
            "token_url": token_url,
            "client_auth": client_auth,
            "prefix": _prefix(prefix),
            "store": _store(store),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return shown(self, tuple(field.name for field in fields(type(self))))

    def auth(self, **binding: Unpack[Binding]) -> TokenAuth:
        """Return an `httpx.Auth` for your own HTTP client.

        It fetches, keeps and renews the token. It signs only requests to the host of
        that `region` (or `base_url`). The other options (`proxy`, `verify`, `transport`
        …) apply to token requests.

        Raises:
            ConfigurationError: there is no region or token URL, or no such option.
        """
        conceal_binding(binding)
        choose_engine(binding)
        return signing(TokenAuth)(self, binding)

    def token_key(self, token_url: str) -> TokenKey:
        """Return the key of the token at this endpoint; it hides the secret.

        The name is an HMAC of everything that distinguishes two tokens. The seal is one
        step of HKDF-Expand (RFC 5869).
        """
        return _key_under(self, token_url, self.client_secret.read())


class TokenAuth(OriginAuth):
    """Sends an access token: fetched on first use, renewed before it expires.

    After a 401, or a 403 to a token older than 60 s, the token is replaced and the
    request is sent again (`Replays` says how often). For a write, this relies on an
    assumption: the service refuses a dead token before it does anything.
    """

    def __init__(self, credential: ClientCredentials, binding: Binding) -> None:
        super().__init__(binding)
        self._credential = credential
        self._clock = binding.get("clock", SYSTEM_CLOCK)
        self._prefix = f"{credential.prefix} " if credential.prefix else ""
        token_url = token_url_of(binding.get("region"), credential.token_url)
        origin_of(token_url, "token_url", engine_of(binding))
        options = _http_options(binding)
        endpoint = TokenEndpoint(
            token_url,
            credential.client_id,
            credential.client_secret,
            credential.scopes,
            credential.client_auth,
            options,
            self._clock,
        )
        # Each request derives it again, because the environment may name another proxy
        # by then.
        self._cause = partial(TokenCause.of, token_url, credential.client_auth, options)
        key_under = partial(_key_under, credential, token_url)
        self._source = TokenSource(endpoint, credential.store, key_under)
        self._found_cache: TokenCache | None = None
        self._process = os.getpid()
        self._lock = threading.Lock()

    def sync_auth_flow(
        self, request: HttpRequest
    ) -> Generator[HttpRequest, HttpResponse, None]:
        """Sign a request, and send it again if its token is dead."""
        if not self.owns(request):
            yield request
            return
        token = self._fresh_token() or self._token(request)
        # A stream can be sent only once, and a transport may replace it.
        stream = request.stream
        response = yield self._signed(request, token)
        if response.status_code not in REFUSALS:
            return
        replays = Replays(self._clock)
        while replays.may_follow(response.status_code, token_of(request)):
            # Reading the answer frees the connection.
            response.read()
            renewed = self._replacement(request)
            if renewed is None or not _is_replayable(stream):
                return
            response = yield self._signed(request, renewed)

    async def async_auth_flow(
        self, request: HttpRequest
    ) -> AsyncGenerator[HttpRequest, HttpResponse]:
        """Sign a request of an asynchronous client; like `sync_auth_flow`."""
        if not self.owns(request):
            yield request
            return
        token = self._fresh_token() or await self._token_async(request)
        stream = request.stream
        response = yield self._signed(request, token)
        if response.status_code not in REFUSALS:
            return
        replays = Replays(self._clock)
        while replays.may_follow(response.status_code, token_of(request)):
            await response.aread()
            renewed = await self._replacement_async(request)
            if renewed is None or not _is_replayable(stream):
                return
            response = yield self._signed(request, renewed)

    def sign_again(self, request: HttpRequest) -> str | None:
        """Sign a request with a newer token just before it is sent, if there is one."""
        token = self._fresh_token()
        if token is None or token is token_of(request):
            return None
        self._signed(request, token)
        return self._prefix + token.value

    def forget(self, *, shared: bool = False) -> None:
        """Drop the token, so that the next call asks for one.

        Args:
            shared: drop it in the credential's store, too.
        """
        cache = self._found_cache or self._find_cache()
        cache.forget()
        self._source.drop_reading()
        if shared:
            self._source.forget()

    def _fresh_token(self) -> Token | None:
        """Return the token that nearly all requests get; None if it is not fresh."""
        cache = self._found_cache
        return None if cache is None else cache.fresh()

    def _token(self, request: HttpRequest) -> Token:
        cache = self._found_cache or self._find_cache()
        try:
            return cache.get(self._source.fetch, self._caller(request))
        finally:
            self._source.drop_reading()

    async def _token_async(self, request: HttpRequest) -> Token:
        cache = self._found_cache or await self._find_cache_async()
        try:
            return await cache.get_async(
                self._source.fetch_async, self._caller(request)
            )
        finally:
            self._source.drop_reading()

    def _replacement(self, request: HttpRequest) -> Token | None:
        cache = self._found_cache or self._find_cache()
        refused = token_of(request)
        fetch = partial(self._source.fetch, refused=refused)
        return cache.replace(refused, fetch, self._caller(request))

    async def _replacement_async(self, request: HttpRequest) -> Token | None:
        cache = self._found_cache or await self._find_cache_async()
        refused = token_of(request)
        fetch = partial(self._source.fetch_async, refused=refused)
        return await cache.replace_async(refused, fetch, self._caller(request))

    def _find_cache(self) -> TokenCache:
        """Return the cache of this token.

        It is found on first use, because its key needs the secret, and the secret may
        come from a function of the user.
        """
        with self._search():
            if self._found_cache is None:
                self._found_cache = TOKEN_CACHES.get(
                    self._source.key().name, self._clock
                )
            return self._found_cache

    def _search(self) -> threading.Lock:
        """Return the lock of this process; of several callers, one searches."""
        if self._process != os.getpid():
            # A thread of the parent process may hold the old lock.
            self._process = os.getpid()
            self._lock = threading.Lock()
        return self._lock

    async def _find_cache_async(self) -> TokenCache:
        if self._credential.client_secret.is_function:
            # The function may block.
            return await in_thread(self._find_cache)
        return self._find_cache()

    def _caller(self, request: HttpRequest) -> Caller:
        timeouts = request.extensions.get("timeout", {})
        return Caller(self._cause, timeouts.get("read"))

    def _signed(self, request: HttpRequest, token: Token) -> HttpRequest:
        request.headers[TOKEN_HEADER] = self._prefix + token.value
        request.extensions[TOKEN] = token
        return request


def token_of(request: HttpRequest) -> Token:
    """Return the token that a request was signed with."""
    token: Token = request.extensions[TOKEN]
    return token


def _key_under(
    credential: ClientCredentials, token_url: str, secret: Secret
) -> TokenKey:
    scopes = sorted(credential.scopes)
    named = "\n".join(("1", token_url, credential.client_id, *scopes))
    name = hmac.digest(secret.reveal().encode(), named.encode(), "sha256")
    seal = hmac.digest(secret.reveal().encode(), b"seal\x01", "sha256")
    return TokenKey(name.hex(), seal)


def _http_options(binding: Binding) -> HttpOptions:
    options = binding.copy()
    options.pop("region", None)
    options.pop("base_url", None)
    options.pop("clock", None)
    return options


def _is_replayable(stream: object) -> bool:
    # The class has this name in httpx and in httpx2.
    return type(stream).__name__ == "ByteStream"
