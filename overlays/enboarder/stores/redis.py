"""A store in Redis: one token for a whole fleet, sealed with the client secret."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from redis import Redis, exceptions
from redis.backoff import NoBackoff
from redis.exceptions import LockError, LockNotOwnedError
from redis.retry import Retry

from ..auth.token import TokenKey
from ..auth.token_endpoint import TIMEOUT
from ..errors import ConfigurationError
from ..hidden import Hidden
from .base import Store, StoredToken

ANSWER_WITHIN = 2.0
"""Seconds to connect, and to wait for an answer; `?socket_timeout=5` overrides it."""
LOCKED_FOR = TIMEOUT + 3.0
"""Seconds after which the lock of a dead machine is free."""
LONGEST_WAIT = 15.0
"""Seconds to wait for the lock; the caller then requests a token without it."""
NONCE_BYTES = 12
"""The length of a nonce (NIST SP 800-38D, 8.2)."""


class RedisStore(Store):
    """Keeps each token in Redis until it expires there.

    Tokens are encrypted (AES-256-GCM) with a key derived from the client secret. So
    there is no other key to manage, and a dump of the server is useless without the
    secret.

    A store is used about once an hour, so it keeps no connection. No connection can
    become stale, or be shared after a fork.

    Args:
        url: `redis://…`, `rediss://…` (TLS) or `unix://…`, with the options of
            `redis.Redis.from_url`.

    Raises:
        ConfigurationError: the URL cannot be read.
    """

    unreachable = (exceptions.TimeoutError, exceptions.ConnectionError)

    def __init__(self, url: str) -> None:
        # This comes first, so that no frame of an error shows a password in the URL.
        hidden = Hidden(url)
        del url
        self._url = hidden
        problem = _problem_of(hidden)
        if problem:
            raise ConfigurationError(f"the URL of RedisStore {problem}")

    @classmethod
    def from_url(cls, name: str) -> RedisStore:
        """Return the store at a URL."""
        hidden = Hidden(name)
        del name
        return cls(hidden.reveal())

    def _connect(self) -> Any:
        return _connected(self._url)

    def load(self, key: TokenKey) -> StoredToken | None:
        """Return the token under a key.

        Returns:
            None if it is missing, or was sealed with another secret.
        """
        name = _name(key)
        with self._connect() as server:
            pipeline = server.pipeline()
            pipeline.pttl(name)
            pipeline.get(name)
            milliseconds, sealed = pipeline.execute()
        if sealed is None or milliseconds <= 0:
            return None
        try:
            token, lifetime = json.loads(_opened(sealed, key))
        except (InvalidTag, ValueError):
            return None
        return StoredToken(token, min(milliseconds / 1000, lifetime), lifetime)

    def save(self, key: TokenKey, stored: StoredToken) -> None:
        """Keep a token for as long as it is valid by the server's clock."""
        value = json.dumps([stored.token, stored.lifetime])
        sealed = _sealed(value.encode(), key)
        milliseconds = max(1, int(stored.left * 1000))
        with self._connect() as server:
            server.set(_name(key), sealed, px=milliseconds)

    def delete(self, key: TokenKey) -> None:
        """Delete the token under a key."""
        with self._connect() as server:
            server.delete(_name(key))

    def lock(self, key: TokenKey) -> AbstractContextManager[object]:
        """Return a lock that one caller of the fleet holds at a time.

        Entering it raises redis.exceptions.LockError after 15 s.
        """
        return self._locked(f"{_name(key)}:lock")

    @contextmanager
    def _locked(self, name: str) -> Generator[None]:
        with self._connect() as server:
            lock = server.lock(
                name,
                timeout=LOCKED_FOR,
                sleep=random.uniform(0.02, 0.06),
                blocking_timeout=LONGEST_WAIT,
                thread_local=False,
            )
            if not lock.acquire():
                raise LockError("the lock was not free in time")
            try:
                yield
            finally:
                # It was held for too long, so another caller may hold it now.
                with suppress(LockNotOwnedError):
                    lock.release()

    def __repr__(self) -> str:
        return "RedisStore(***)"


def _connected(url: Hidden[str]) -> Any:
    # The types of redis-py are partly unknown, and wrong for pipelines.
    untyped: Any = Redis
    server = untyped.from_url(
        url.reveal(),
        retry=Retry(NoBackoff(), 0),
        socket_timeout=ANSWER_WITHIN,
        socket_connect_timeout=ANSWER_WITHIN,
    )
    # A sealed token is bytes, not text.
    server.connection_pool.connection_kwargs["decode_responses"] = False
    return server


def _problem_of(url: Hidden[str]) -> str | None:
    """Return what is wrong with a URL, without repeating a part of it."""
    if not isinstance(url.reveal(), str):
        return "is not a string"
    if "#" in url.reveal():
        return "has a #, which would end it; in a password, write # as %23"
    try:
        # This does not connect yet, but refuses unknown options.
        _connected(url).connection_pool.make_connection()
    except Exception:  # noqa: BLE001
        # Which kind of error it is depends on the option, and on the version of redis.
        return (
            "cannot be used; write it like redis://host:6379/0, rediss://… or "
            "unix:///path/to/socket, after a ? only options that redis-py knows, and "
            "in a password # as %23, / as %2F, ? as %3F and @ as %40"
        )
    return None


def _name(key: TokenKey) -> str:
    return f"enboarder:{key.name}"


def _sealed(value: bytes, key: TokenKey) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key.seal).encrypt(nonce, value, key.name.encode())


def _opened(sealed: bytes, key: TokenKey) -> bytes:
    nonce = sealed[:NONCE_BYTES]
    return AESGCM(key.seal).decrypt(nonce, sealed[NONCE_BYTES:], key.name.encode())
