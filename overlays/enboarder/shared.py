"""A store that shares tokens beyond a process, and a token request that goes through it.

A store is four verbs. They block; asyncio's side calls them in a thread. A store that fails never fails a call.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol


class Slot(NamedTuple):
    """Where one token stands in a store. Another client, secret, scope set or endpoint is another slot."""

    name: str
    """64 hexadecimal digits that tell nothing: an HMAC under the client secret."""
    key: bytes
    """32 bytes derived from the client secret, for stores that seal what they keep."""

    def __repr__(self) -> str:
        return f"Slot({self.name[:8]}…)"


class Kept(NamedTuple):
    """A token as a store keeps it."""

    token: str
    left: float
    """Seconds that it is still valid."""
    lifetime: float
    """Seconds that it was valid when it was issued."""

    def __repr__(self) -> str:
        return f"Kept(***, left={self.left:.0f}, lifetime={self.lifetime:.0f})"


class Store(Protocol):
    """Keeps tokens for several clients, processes or machines. Methods may raise anything: memory serves then."""

    def load(self, slot: Slot) -> Kept | None:
        """The token in a slot; None when there is none, or none that can be read."""
        ...

    def save(self, slot: Slot, kept: Kept) -> None:
        """Keep a token, for as long as it is valid."""
        ...

    def delete(self, slot: Slot) -> None:
        """Empty a slot."""
        ...

    def lock(self, slot: Slot) -> AbstractContextManager[object]:
        """Held by whoever asks for the next token, so that a whole fleet asks once; raises when it cannot be had in time."""
        ...
