"""What SQLite and PostgreSQL have in common, so that one ledger works with both."""

from __future__ import annotations

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol
from weakref import WeakSet


class Transaction(Protocol):
    """Statements that are committed together, while no other writer is at work."""

    def execute(self, sql: str, *values: Any) -> int:
        """Run a statement, and return how many rows it changed."""
        ...

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        ...


class Database(ABC):
    """One connection, shared by the threads of a process.

    It is closed before the process forks, because neither side may use a connection
    that both of them have. Each opens its own on its next use. A constructor calls that
    of this class last: a fork finds only databases that are complete.
    """

    description: str
    """How messages name it; without a password."""
    numbered: str
    """The SQL type of a primary key that counts up by itself."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        """Held by the thread that uses the connection."""
        _databases.add(self)

    @contextmanager
    def transaction(self) -> Generator[Transaction, None, None]:
        """Give a transaction, and commit it; roll it back after an error.

        Raises:
            LedgerError: the database cannot be used, or the commit failed.
        """
        with self.lock, self._transaction() as transaction:
            yield transaction

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[Transaction]: ...

    @abstractmethod
    def has_tables(self, transaction: Transaction) -> bool:
        """Return whether the tables of a ledger are there."""

    @abstractmethod
    def disconnect(self) -> None:
        """Close the connection; the next transaction opens another one."""

    def close(self) -> None:
        """Close the connection."""
        with self.lock:
            self.disconnect()


_databases: WeakSet[Database] = WeakSet()
_held: list[Database] = []


def _before_fork() -> None:
    for database in list(_databases):
        database.lock.acquire()
        _held.append(database)
        database.disconnect()


def _after_fork() -> None:
    while _held:
        _held.pop().lock.release()


# Windows has no fork.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork,
        after_in_parent=_after_fork,
        after_in_child=_after_fork,
    )
