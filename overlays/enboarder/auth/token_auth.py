"""Sign requests with the access token of a credential."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncGenerator, Generator
from functools import partial

from enboarder_api.contract import TOKEN_HEADER

from ..transport.engine import HttpRequest, HttpResponse
from .caller import Caller
from .origin import Origin, OriginAuth
from .process_caches import TOKEN_CACHES
from .replays import Replays
from .threads import in_thread
from .token import Token
from .token_cache import TokenCache
from .token_source import TokenSource

# The statuses that may mean a dead token.
REFUSALS = (401, 403)
# The extension of a request that holds the token with which it was signed.
TOKEN = "enboarder_token"


class TokenAuth(OriginAuth):
    """Sends an access token: fetched on first use, renewed before it expires.

    After a 401, or a 403 to a token older than 60 s, the token is replaced and the
    request is sent again (`Replays` says how often). For a write, this relies on an
    assumption: the service refuses a dead token before it does anything.

    Args:
        origin: the only origin that gets the token.
        source: where tokens come from.
        prefix: the word before the token, or empty.
    """

    def __init__(self, origin: Origin, source: TokenSource, prefix: str) -> None:
        super().__init__(origin)
        self._source = source
        self._prefix = f"{prefix} " if prefix else ""
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
        replays = Replays(self._source.clock)
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
        replays = Replays(self._source.clock)
        while replays.may_follow(response.status_code, token_of(request)):
            await response.aread()
            renewed = await self._replacement_async(request)
            if renewed is None or not _is_replayable(stream):
                return
            response = yield self._signed(request, renewed)

    def sign_again(self, request: HttpRequest) -> str | None:
        """Sign a request with a newer token just before it is sent, if there is one."""
        # A request to another origin has no token.
        signed_with = request.extensions.get(TOKEN)
        token = self._fresh_token()
        if signed_with is None or token is None or token is signed_with:
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
                key = self._source.key()
                self._found_cache = TOKEN_CACHES.get(key.name, self._source.clock)
            return self._found_cache

    def _search(self) -> threading.Lock:
        """Return the lock of this process; of several callers, one searches."""
        if self._process != os.getpid():
            # A thread of the parent process may hold the old lock.
            self._process = os.getpid()
            self._lock = threading.Lock()
        return self._lock

    async def _find_cache_async(self) -> TokenCache:
        if self._source.may_block:
            return await in_thread(self._find_cache)
        return self._find_cache()

    def _caller(self, request: HttpRequest) -> Caller:
        timeouts = request.extensions.get("timeout", {})
        return Caller(self._source.cause, timeouts.get("read"))

    def _signed(self, request: HttpRequest, token: Token) -> HttpRequest:
        request.headers[TOKEN_HEADER] = self._prefix + token.value
        request.extensions[TOKEN] = token
        return request


def token_of(request: HttpRequest) -> Token:
    """Return the token that a request was signed with."""
    token: Token = request.extensions[TOKEN]
    return token


def _is_replayable(stream: object) -> bool:
    # The class has this name in httpx and in httpx2.
    return type(stream).__name__ == "ByteStream"
