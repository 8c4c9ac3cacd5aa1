"""The token caches of this process: which clients share a token.

`token_cache` says how one cache fetches, shares and renews its token.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections import OrderedDict

from ..clock import Clock
from .token_cache import TokenCache

KEPT_TOKENS = 64  # how many tokens a process keeps


class TokenCaches:
    """The token caches of a process, which all its clients share.

    There is one cache for each credential, token endpoint and clock. The 64 caches that
    were used last are kept.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Clock], TokenCache] = OrderedDict()
        self._all: weakref.WeakSet[TokenCache] = weakref.WeakSet()
        self._lock = threading.Lock()

    def get(self, key: str, clock: Clock) -> TokenCache:
        """Return the cache of a credential; a cache never changes its clock."""
        with self._lock:
            cache = self._kept.pop((key, clock), None)
            if cache is None:
                cache = TokenCache(clock)
                self._all.add(cache)
            self._kept[key, clock] = cache
            if len(self._kept) > KEPT_TOKENS:
                self._kept.popitem(last=False)
            return cache

    def clear(self) -> None:
        """Drop every token and remembered failure, even if a client is using it."""
        # The caches themselves stay, so that existing and new clients still share them.
        with self._lock:
            caches = list(self._all)
        for cache in caches:
            cache.forget()

    def renew_after_fork(self) -> None:
        """Forget threads that a forked child does not have."""
        self._lock = threading.Lock()
        for cache in list(self._all):
            cache.renew_after_fork()


TOKEN_CACHES = TokenCaches()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=TOKEN_CACHES.renew_after_fork)


def clear_token_cache() -> None:
    """Drop all tokens and remembered failures of this process.

    Call it before and after each of your own tests, because tests would otherwise share
    tokens. Clients that exist already fetch a new token; token stores keep theirs.
    """
    TOKEN_CACHES.clear()
