"""Fetch the token of a credential from its store, or else from the token endpoint."""

from __future__ import annotations

from collections.abc import Callable

from .threads import in_thread
from .token import Token, TokenKey, TokenStore
from .token_endpoint import TIMEOUT, TokenEndpoint


class TokenSource:
    """Fetches tokens for the token cache of this process.

    Args:
        endpoint: issues tokens.
        store: shares tokens with other processes, if there is a store.
        key: returns the key of the token in the store.
    """

    def __init__(
        self,
        endpoint: TokenEndpoint,
        store: TokenStore | None,
        key: Callable[[], TokenKey],
    ) -> None:
        self._endpoint = endpoint
        self._store = store
        self._key = key

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
        if store is None or not may_wait:
            return self._endpoint.ask()
        endpoint = self._endpoint
        return store.token(self._key(), endpoint.ask, endpoint.clock, refused)

    async def fetch_async(self, *, refused: Token | None = None) -> Token:
        """Return a token; like `fetch`, on asyncio."""
        store = self._store
        if store is None:
            return await self._endpoint.ask_async()
        # asyncio is slow to import, and blocking clients never need it.
        import asyncio

        endpoint = self._endpoint
        loop = asyncio.get_running_loop()

        def ask() -> Token:
            # The store calls this in its thread, which may block.
            future = asyncio.run_coroutine_threadsafe(endpoint.ask_async(), loop)
            return future.result(2 * TIMEOUT)

        def fetch_from_store() -> Token:
            return store.token(self._key(), ask, endpoint.clock, refused)

        return await in_thread(fetch_from_store)

    def forget(self) -> None:
        """Delete the token in the store."""
        if self._store is not None:
            self._store.forget(self._key())
