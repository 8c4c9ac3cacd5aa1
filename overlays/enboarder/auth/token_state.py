"""The token of one credential, and the decision who renews it.

`token_cache` says how callers wait for a renewal. No function here waits: the lock
protects the decision which caller leads, and that takes microseconds.
"""

from __future__ import annotations

import copy
import logging
import threading

from ..clock import Clock
from .failures import FORCED_EVERY, Failures
from .pending_token import Ended, PendingToken
from .token import Token

log = logging.getLogger("enboarder")


class TokenState:
    """The token, the refresh that replaces it, and the failures of earlier ones."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._token: Token | None = None
        self._failures = Failures(clock)
        self._forced_at = float("-inf")
        self._refresh: PendingToken | None = None
        # Reentrant, because the garbage collector may end an abandoned refresh in a
        # thread that holds the lock.
        self._lock = threading.RLock()

    def fresh(self) -> Token | None:
        """Return the token if it is too young to be renewed; it takes no lock."""
        token = self._token
        if token is not None and token.is_fresh(self._clock):
            return token
        return None

    def forget(self) -> None:
        """Drop token and failures; only callers that wait get a refresh in progress."""
        with self._lock:
            self._token = None
            self._failures.clear()
            self._forced_at = float("-inf")
            self._refresh = None

    def renew_after_fork(self) -> None:
        """Forget threads that a forked child does not have."""
        self._lock = threading.RLock()
        self._refresh = None

    # The decisions.

    def use_or_refresh(self, mine: PendingToken) -> Token | PendingToken:
        """Decide whether to use the token, to wait for a refresh, or to lead `mine`."""
        with self._lock:
            token = self._valid_token()
            error = self._failures.current(mine.cause)
            if token is not None:
                others_renew_it = self._refresh is not None
                has_failed = error is not None
                if token.is_fresh(self._clock) or others_renew_it or has_failed:
                    return token
            elif self._refresh is None and error is not None:
                raise copy.copy(error)
            return self._join_or_lead(mine)

    def replace_or_refresh(
        self, refused: Token, mine: PendingToken
    ) -> Token | PendingToken | None:
        """Decide after a refusal; None means that another renewal is too soon."""
        with self._lock:
            token = self._valid_token()
            if token is None or not token.is_same(refused):
                return self.use_or_refresh(mine)
            # The other callers keep the refused token: the service may still accept it.
            if self._refresh is None:
                now = self._clock.monotonic()
                if now < self._unforced_until(mine):
                    return None
                self._forced_at = now
                mine.is_forced = True
            return self._join_or_lead(mine)

    def _unforced_until(self, mine: PendingToken) -> float:
        until = self._forced_at + FORCED_EVERY
        return max(until, self._failures.unforced_until(mine.cause))

    def _join_or_lead(self, mine: PendingToken) -> PendingToken:
        if self._refresh is None:
            self._refresh = mine
        return self._refresh

    def land(self, mine: PendingToken) -> None:
        """End a refresh: keep its result, and release all callers that wait for it."""
        with self._lock:
            if self._refresh is mine:
                self._refresh = None
                self._remember(mine)
        mine.end()

    def _remember(self, mine: PendingToken) -> None:
        result = mine.result
        if isinstance(result, Token):
            self._token = result
            self._failures.clear()
            return
        if mine.is_forced:
            # Nothing was renewed. The failure says when callers with its cause try
            # again.
            self._forced_at = float("-inf")
        if result is not None:
            token = self._valid_token()
            self._failures.remember(mine.cause, result, token, is_forced=mine.is_forced)

    def let_another_lead(self, late: PendingToken) -> None:
        """Forget a refresh that is late, so that the next caller starts another one."""
        with self._lock:
            if self._refresh is late:
                self._refresh = None

    # What a caller gets in the end.

    def usable(self, result: Ended) -> Token:
        """Return the token of a refresh, or else the old one while it is valid."""
        if isinstance(result, Token):
            return result
        token = self._valid_token()
        if token is None:
            # Each caller raises its own copy, because a shared error would collect the
            # tracebacks of all callers.
            raise copy.copy(result)
        log.warning("the token could not be renewed; the old one stays: %s", result)
        return token

    def replacement(self, refused: Token, result: Ended) -> Token | None:
        """Return the token that replaces a refused one; None if it is the same."""
        if isinstance(result, Token):
            return None if result.is_same(refused) else result
        token = self._valid_token()
        if token is None or token.is_same(refused):
            raise copy.copy(result)
        return token

    def _valid_token(self) -> Token | None:
        token = self._token
        if token is None or token.has_expired(self._clock):
            return None
        return token
