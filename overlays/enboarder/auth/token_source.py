"""Fetch the token of a credential from its store, or else from the token endpoint."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from .secret import Secret
from .threads import in_thread
from .token import Token, TokenKey, TokenStore
from .token_endpoint import TIMEOUT, TokenEndpoint

# Seconds for which a secret that was read to name the token may ask for it.
READING_LASTS = 5.0


@frozen(repr=False)
class Reading:
    """A client secret that was read, and when."""

    secret: Secret
    read_at: float


class TokenSource:
    """Fetches tokens for the token cache of this process.

    A function that returns the secret is called once for each token. It may block, so
    it is never called on an event loop.

    Args:
        endpoint: issues tokens.
        store: shares tokens with other processes, if there is a store.
        key_under: returns the key of the token under a secret.
    """

    def __init__(
        self,
        endpoint: TokenEndpoint,
        store: TokenStore | None,
        key_under: Callable[[Secret], TokenKey],
    ) -> None:
        self.clock = endpoint.clock
        self.cause = endpoint.cause
        self._endpoint = endpoint
        self._store = store
        self._key_under = key_under
        # The first fetch takes it, and no later one: the secret may change.
        self._reading: Reading | None = None

    @property
    def may_block(self) -> bool:
        """Whether `key` calls a function of the user's, which may block."""
        return self._endpoint.client_secret.is_function

    def key(self) -> TokenKey:
        """Return what names the token; the first fetch takes the same secret."""
        secret = self._endpoint.client_secret.read()
        self._reading = Reading(secret, self._endpoint.clock.monotonic())
        return self._key_under(secret)

    def drop_reading(self) -> None:
        """Read the secret again for the next fetch."""
        self._reading = None

    def fetch(self, *, refused: Token | None = None, may_wait: bool = True) -> Token:
        """Return a token.

        Args:
            refused: the token that the service no longer accepts.
            may_wait: whether the store may wait for other processes that fetch a token.

        Raises:
            TokenRefused: the endpoint refused the client.
            TokenUnavailable: the endpoint was not reached, or gave no usable answer.
        """
        store = self._store
        endpoint = self._endpoint
        secret = self._secret()
        if store is None or not may_wait:
            return endpoint.ask(secret)

        def ask() -> Token:
            return endpoint.ask(secret)

        return store.token(self._key_under(secret), ask, endpoint.clock, refused)

    async def fetch_async(self, *, refused: Token | None = None) -> Token:
        """Return a token; like `fetch`, on asyncio."""
        store = self._store
        endpoint = self._endpoint
        if store is None:
            return await endpoint.ask_async(await self._secret_async())
        # asyncio is slow to import, and blocking clients never need it.
        import asyncio

        loop = asyncio.get_running_loop()

        def fetch_from_store() -> Token:
            secret = self._secret()

            def ask() -> Token:
                # Called in the thread in which the store may block.
                asked = endpoint.ask_async(secret)
                future = asyncio.run_coroutine_threadsafe(asked, loop)
                return future.result(2 * TIMEOUT)

            return store.token(self._key_under(secret), ask, endpoint.clock, refused)

        return await in_thread(fetch_from_store)

    def forget(self) -> None:
        """Delete the token in the store."""
        if self._store is not None:
            secret = self._endpoint.client_secret.read()
            self._store.forget(self._key_under(secret))

    def _secret(self) -> Secret:
        """Return the client secret as it is now, or was a moment ago."""
        return self._taken() or self._endpoint.client_secret.read()

    async def _secret_async(self) -> Secret:
        secret = self._endpoint.client_secret
        if not secret.is_function:
            return secret
        taken = self._taken()
        if taken is not None:
            return taken
        # The function may block.
        return await in_thread(secret.read)

    def _taken(self) -> Secret | None:
        reading = self._reading
        self._reading = None
        if reading is None:
            return None
        age = self._endpoint.clock.monotonic() - reading.read_at
        return reading.secret if age <= READING_LASTS else None
