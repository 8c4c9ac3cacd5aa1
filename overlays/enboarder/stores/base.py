"""The base of all stores: four verbs, and the token request that uses them.

The verbs may block, so the asynchronous client runs them in a thread. A store that
fails never makes a call fail: the token is then kept in memory only.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import cached_property
from typing import ClassVar, TypeVar

from attrs import frozen

from ..auth.token import Moment, Token, TokenKey, issued_token
from ..clock import Clock
from ..errors import TokenUnavailable

T = TypeVar("T")
log = logging.getLogger("enboarder")


@frozen(repr=False)
class StoredToken:
    """A token in the form in which a store keeps it."""

    token: str
    left: float
    """Seconds for which it is still valid."""
    lifetime: float
    """Seconds for which it was valid when it was issued."""

    def __repr__(self) -> str:
        return f"StoredToken(***, left={self.left:.0f}, lifetime={self.lifetime:.0f})"


class NotReached(Exception):
    """A store could not be reached, so the rest of the call goes on without it."""


class Store(ABC):
    """Shares tokens between clients, processes or machines.

    A custom store implements the four verbs. Each verb may raise anything: each kind of
    failure is logged once per store, and the token is kept in memory only.
    """

    unreachable: ClassVar[tuple[type[Exception], ...]] = (TimeoutError, ConnectionError)
    """The errors of `load` after which the caller does not try the other verbs."""

    @abstractmethod
    def load(self, key: TokenKey) -> StoredToken | None:
        """Return the token under a key; None if there is no readable token."""

    @abstractmethod
    def save(self, key: TokenKey, stored: StoredToken) -> None:
        """Keep a token under a key for as long as it is valid."""

    @abstractmethod
    def delete(self, key: TokenKey) -> None:
        """Delete the token under a key."""

    @abstractmethod
    def lock(self, key: TokenKey) -> AbstractContextManager[object]:
        """Return a lock for the caller that requests the next token.

        One caller holds it at a time, so that a fleet requests one token. Entering it
        raises an error when it is not free in time.
        """

    def token(
        self,
        key: TokenKey,
        ask: Callable[[], Token],
        clock: Clock,
        refused: Token | None,
    ) -> Token:
        """Return a valid token: the stored one, or else a new one, which is stored.

        Args:
            key: which token it is.
            ask: requests a new token.
            clock: the time.
            refused: the token that the service refused; it is not returned again.

        Raises:
            TokenUnavailable: the event loop did not deliver a new token in time.
        """
        with ExitStack() as held:
            try:
                token = self._found(key, clock, refused, held)
            except NotReached:
                # The other verbs would make the caller wait as long again.
                return _requested(ask)
            if token is not None:
                return token
            token = _requested(ask)
            left = token.lifetime - token.age(clock)
            stored = StoredToken(token.value, left, token.lifetime)
            self._attempt(self.save, key, stored)
            return token

    def forget(self, key: TokenKey) -> None:
        """Delete the token under a key, if the store works."""
        self._attempt(self.delete, key)

    def _found(
        self, key: TokenKey, clock: Clock, refused: Token | None, held: ExitStack
    ) -> Token | None:
        """Return the stored token; without one, enter the lock until `held` closes.

        Raises:
            NotReached: the store could not be reached.
        """
        token = self._usable(key, clock, refused)
        if token is None and self._enter_lock(key, held):
            # Another process may have stored a token while this one waited.
            token = self._usable(key, clock, refused)
        return token

    def _usable(
        self, key: TokenKey, clock: Clock, refused: Token | None
    ) -> Token | None:
        """Return the stored token unless it is missing, due for renewal or refused."""
        try:
            token = self._loaded(key, clock)
        # A custom store can raise anything.
        except Exception as error:  # noqa: BLE001
            self._report(error)
            if isinstance(error, self.unreachable):
                raise NotReached from None
            return None
        if token is None or token.is_same(refused) or not token.is_fresh(clock):
            return None
        return token

    def _loaded(self, key: TokenKey, clock: Clock) -> Token | None:
        stored = self.load(key)
        if stored is None:
            return None
        # A token from the future would be used beyond its lifetime.
        age = stored.lifetime - min(stored.left, stored.lifetime)
        requested_at = Moment(clock.monotonic() - age, clock.wall() - age)
        return issued_token(stored.token, stored.lifetime, requested_at, clock)

    def _enter_lock(self, key: TokenKey, held: ExitStack) -> bool:
        """Enter the lock until `held` is closed; return whether that worked."""
        lock = self._attempt(self._entered, key)
        if lock is None:
            return False
        # The lock does not see or hide an error of the token request, and if the lock
        # itself fails, the token is not lost.
        held.callback(self._attempt, lambda: lock.__exit__(None, None, None))
        return True

    def _entered(self, key: TokenKey) -> AbstractContextManager[object]:
        lock = self.lock(key)
        lock.__enter__()
        return lock

    def _attempt(self, verb: Callable[..., T], *arguments: object) -> T | None:
        """Return the result of a verb, or None if it fails."""
        try:
            return verb(*arguments)
        # A custom store can raise anything.
        except Exception as error:  # noqa: BLE001
            self._report(error)
            return None

    def _report(self, error: Exception) -> None:
        """Log a failure, unless this store has already logged one of that kind."""
        kind = f"{type(self).__name__}: {type(error).__name__}"
        if kind not in self._reported_kinds:
            self._reported_kinds.add(kind)
            log.warning(
                "the token store failed (%s); tokens are kept in memory only", kind
            )

    # This is not set in a constructor, because a custom store may override that without
    # calling it.
    @cached_property
    def _reported_kinds(self) -> set[str]:
        return set()


def _requested(ask: Callable[[], Token]) -> Token:
    try:
        return ask()
    except TimeoutError:
        message = (
            "no token arrived in time because the event loop was blocked; "
            "keep blocking calls out of it"
        )
        raise TokenUnavailable(message) from None
