"""What every store has in common: four verbs, and the token request that goes through them.

The verbs may block: asyncio's side runs them in a thread. A store that fails never fails a call.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import TypeVar

from attrs import frozen

from ..errors import TokenUnavailable
from ..retry import Clock
from ..tokens import Slot, Token, issued

T = TypeVar("T")
log = logging.getLogger("enboarder")
_told: set[str] = set()


@frozen(repr=False)
class Kept:
    """A token as a store keeps it."""

    token: str
    left: float
    """Seconds that it is still valid."""
    lifetime: float
    """Seconds that it was valid when it was issued."""

    def __repr__(self) -> str:
        return f"Kept(***, left={self.left:.0f}, lifetime={self.lifetime:.0f})"


class Store(ABC):
    """Keeps tokens for several clients, processes or machines. The four verbs may raise anything: memory serves then."""

    @abstractmethod
    def load(self, slot: Slot) -> Kept | None:
        """The token in a slot; None when there is none, or none that can be read."""

    @abstractmethod
    def save(self, slot: Slot, kept: Kept) -> None:
        """Keep a token, for as long as it is valid."""

    @abstractmethod
    def delete(self, slot: Slot) -> None:
        """Empty a slot."""

    @abstractmethod
    def lock(self, slot: Slot) -> AbstractContextManager[object]:
        """Held by whoever asks for the next token, so that a fleet asks once; raises when it cannot be had in time."""

    def token(self, slot: Slot, ask: Callable[[], Token], clock: Clock, refused: Token | None) -> Token:
        """The token that is kept, if it still serves and is not the refused one; or else the next, and keep that."""
        if token := self._serving(slot, clock, refused):
            return token
        with ExitStack() as held:
            lock = self._tried(self.lock, slot)
            if lock and self._tried(lambda: (lock.__enter__(),)):
                held.callback(self._tried, lock.__exit__, None, None, None)
                if token := self._serving(slot, clock, refused):
                    return token
            try:
                token = ask()
            except TimeoutError:
                told = "no token came in time, as the event loop stood still; keep blocking calls out of it"
                raise TokenUnavailable(told) from None
            self._tried(self.save, slot, Kept(token.value, token.lifetime - token.age(clock), token.lifetime))
            return token

    def forget(self, slot: Slot) -> None:
        """Empty a slot, if that can be done."""
        self._tried(self.delete, slot)

    def _serving(self, slot: Slot, clock: Clock, refused: Token | None) -> Token | None:
        kept = self._tried(self.load, slot)
        if kept is None:
            return None
        age = kept.lifetime - kept.left
        token = issued(kept.token, kept.lifetime, (clock.monotonic() - age, clock.wall() - age), clock)
        return token if token and token.is_fresh(clock) and not token.is_same(refused) else None

    def _tried(self, verb: Callable[..., T], *arguments: object) -> T | None:
        """What a verb returns; None when it fails, which is logged once for each kind of failure."""
        try:
            return verb(*arguments)
        except Exception as error:  # noqa: BLE001 (a store is anybody's, and no reason to fail a call)
            kind = f"{type(self).__name__}: {type(error).__name__}"
            if kind not in _told:
                _told.add(kind)
                log.warning("the token store fails, so that tokens are kept in memory only (%s)", kind)
            return None
