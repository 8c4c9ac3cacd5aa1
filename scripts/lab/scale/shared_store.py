"""A Redis server in virtual time, and the real store in front of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any, NamedTuple, Self

from redis import exceptions

from enboarder.auth.token import Token, TokenKey
from enboarder.clock import Clock
from enboarder.stores.redis import ANSWER_WITHIN, RedisStore
from scripts.lab.scale.virtual_time import VirtualLoop, announce_thread

COMMAND = (0.0005, 0.002)
"""Seconds that a command takes, from and to."""
RETRY = (0.02, 0.06)
"""Seconds between two attempts to get a lock, from and to; as `RedisStore` asks for."""
_numbers = count(1)


class Entry(NamedTuple):
    """What a key has, and until when."""

    value: bytes
    ends_at: float


class Server:
    """The part of Redis that `RedisStore` uses.

    Args:
        loop: the time.
        chance: how long a command takes.
    """

    def __init__(self, loop: VirtualLoop, chance: Random) -> None:
        """Start empty."""
        self.loop = loop
        self.is_silent = False
        """Whether no command is answered, so that each one runs into its timeout."""
        self.commands = 0
        self._chance = chance
        self._entries: dict[str, Entry] = {}

    def command(self) -> None:
        """Let the time of a command pass."""
        self.commands += 1
        if self.is_silent:
            self.loop.sleep(ANSWER_WITHIN)
            raise exceptions.TimeoutError("the server does not answer")
        self.loop.sleep(self._chance.uniform(*COMMAND))

    def wait_for_lock(self) -> None:
        """Let the time between two attempts pass."""
        self.loop.sleep(self._chance.uniform(*RETRY))

    def found(self, name: str) -> Entry | None:
        """Return what a key has now."""
        entry = self._entries.get(name)
        if entry is None or entry.ends_at <= self.loop.now:
            return None
        return entry

    def put(self, name: str, value: bytes, seconds: float) -> None:
        """Set a key for so long."""
        self._entries[name] = Entry(value, self.loop.now + seconds)

    def drop(self, name: str) -> None:
        """Delete a key."""
        self._entries.pop(name, None)


class Connection:
    """A connection with the methods of redis-py that `RedisStore` calls."""

    def __init__(self, server: Server) -> None:
        """Connect to a server."""
        self._server = server
        self._asked: list[str] = []

    def __enter__(self) -> Self:
        """Open nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close nothing."""

    def pipeline(self) -> Self:
        """Collect commands."""
        return self

    def pttl(self, name: str) -> None:
        """Ask how long a key lives; `get` asks for its value."""

    def get(self, name: str) -> None:
        """Ask for the value of a key."""
        self._asked.append(name)

    def execute(self) -> tuple[int, bytes | None]:
        """Return milliseconds and value."""
        self._server.command()
        entry = self._server.found(self._asked.pop())
        if entry is None:
            return -2, None
        return int(1000 * (entry.ends_at - self._server.loop.now)), entry.value

    def set(self, name: str, value: bytes, px: int) -> None:
        """Set a key for so many milliseconds."""
        self._server.command()
        self._server.put(name, value, px / 1000)

    def delete(self, name: str) -> None:
        """Delete a key."""
        self._server.command()
        self._server.drop(name)

    def lock(
        self, name: str, timeout: float, blocking_timeout: float, **_: object
    ) -> Lock:
        """Return a lock."""
        return Lock(self._server, name, timeout, blocking_timeout)


class Lock:
    """A lock as redis-py makes it: a key that expires."""

    def __init__(
        self, server: Server, name: str, seconds: float, patience: float
    ) -> None:
        """Set it up; `acquire` takes it."""
        self._server = server
        self._name = name
        self._seconds = seconds
        self._patience = patience
        self._owner = f"owner-{next(_numbers)}".encode()

    def acquire(self) -> bool:
        """Wait for it, and return whether it became free in time."""
        gives_up_at = self._server.loop.now + self._patience
        while True:
            self._server.command()
            if self._server.found(self._name) is None:
                self._server.put(self._name, self._owner, self._seconds)
                return True
            if self._server.loop.now >= gives_up_at:
                return False
            self._server.wait_for_lock()

    def release(self) -> None:
        """Free it."""
        self._server.command()
        entry = self._server.found(self._name)
        if entry is None or entry.value != self._owner:
            raise exceptions.LockNotOwnedError("another caller has the lock")
        self._server.drop(self._name)


class SimulatedRedisStore(RedisStore):
    """The real store; only its connections lead to the simulated server."""

    def __init__(self, server: Server) -> None:
        """Use this server."""
        super().__init__("redis://127.0.0.1:6379/0")
        self._server = server

    def _connect(self) -> Any:
        return Connection(self._server)

    def token(
        self,
        key: TokenKey,
        ask: Callable[[], Token],
        clock: Clock,
        refused: Token | None,
    ) -> Token:
        """Return a token; the thread that asks for it is known to the loop."""
        announce_thread()
        return super().token(key, ask, clock, refused)
