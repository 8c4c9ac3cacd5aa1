"""A store in Redis: one token for a whole fleet, sealed with the client secret."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import LockError, LockNotOwnedError
from redis.retry import Retry

from ..errors import ConfigurationError
from ..tokens import TIMEOUT, Slot
from .base import Kept, Store

ANSWER_WITHIN = 2.0  # seconds for connecting and for each answer, unless the URL has others: ?socket_timeout=5
LOCKED_FOR = TIMEOUT + 3.0  # seconds after which the lock of a machine that died is free
LONGEST_WAIT = 15.0  # seconds for the lock; then the caller asks for a token of its own
NONCE = 12  # bytes (NIST SP 800-38D, 8.2)


class RedisStore(Store):
    """Keeps each token in Redis until it expires there, sealed (AES-256-GCM) with a key that the client secret gives.

    Who may open a token owns the secret anyway: there is no further key to manage, and a dump is of no use. A store is
    used about once an hour, so no connection is kept: none is left to close, to go stale, or to share after a fork.

    Args:
        url: `redis://…`, `rediss://…` (TLS) or `unix://…`, with the options of `redis.Redis.from_url`.

    Raises:
        ConfigurationError: the URL cannot be read.
    """

    def __init__(self, url: str) -> None:
        def connect() -> Any:  # what redis-py says of its types is partly unknown, and for pipelines wrong
            once = Retry(NoBackoff(), 0)
            within = {"socket_timeout": ANSWER_WITHIN, "socket_connect_timeout": ANSWER_WITHIN}
            return cast(Any, Redis).from_url(url, retry=once, **within)

        try:
            connect().connection_pool.make_connection()  # not connected yet, but it refuses unknown options
        except (ValueError, TypeError):
            message = "a Redis URL is like redis://host:6379/0, rediss://… or unix:///path/of/socket; this one is not"
            raise ConfigurationError(message) from None
        self._connect = connect  # a function, as its variables are shown by nothing

    @classmethod
    def from_url(cls, name: str) -> RedisStore:
        """The store at a URL."""
        return cls(name)

    def load(self, slot: Slot) -> Kept | None:
        """The token in a slot; None when there is none, or it was sealed with another secret."""
        with self._connect() as server:
            left, sealed = server.pipeline().pttl(_key(slot)).get(_key(slot)).execute()
        if sealed is None or left <= 0:
            return None
        try:
            opened = AESGCM(slot.key).decrypt(sealed[:NONCE], sealed[NONCE:], slot.name.encode())
            token, lifetime = json.loads(opened)
        except (InvalidTag, ValueError):
            return None
        return Kept(token, min(left / 1000, lifetime), lifetime)

    def save(self, slot: Slot, kept: Kept) -> None:
        """Keep a token, for as long as it is valid by the server's clock."""
        nonce, value = os.urandom(NONCE), json.dumps([kept.token, kept.lifetime])
        sealed = nonce + AESGCM(slot.key).encrypt(nonce, value.encode(), slot.name.encode())
        with self._connect() as server:
            server.set(_key(slot), sealed, px=max(1, int(kept.left * 1000)))

    def delete(self, slot: Slot) -> None:
        """Empty a slot."""
        with self._connect() as server:
            server.delete(_key(slot))

    def lock(self, slot: Slot) -> AbstractContextManager[object]:
        """Held by one caller of the fleet at a time; raises redis.exceptions.LockError after 15 s."""
        return self._locked(f"{_key(slot)}:lock")

    @contextmanager
    def _locked(self, name: str) -> Generator[None]:
        with self._connect() as server:
            looks_every = random.uniform(0.02, 0.06)  # seconds
            lock = server.lock(name, LOCKED_FOR, looks_every, blocking_timeout=LONGEST_WAIT, thread_local=False)
            if not lock.acquire():
                raise LockError("the lock was not free in time")
            try:
                yield
            finally:
                with suppress(LockNotOwnedError):  # it was held for too long, and is somebody else's by now
                    lock.release()

    def __repr__(self) -> str:
        return "RedisStore(***)"


def _key(slot: Slot) -> str:
    return f"enboarder:{slot.name}"
