"""A ledger's database in a file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ...clock import SYSTEM_CLOCK, Clock
from .database import Database, Transaction
from .location import make_private
from .record import LedgerError

LONGEST_WAIT = 30.0
"""Seconds to wait for another process that writes."""
POLL_INTERVAL = 0.05

SETTINGS = (
    "PRAGMA journal_mode = WAL",
    # A claim that is committed survives a loss of power. NORMAL would lose the last
    # ones, and somebody would be launched twice.
    "PRAGMA synchronous = FULL",
    # What is forgotten (`prune`) is overwritten.
    "PRAGMA secure_delete = ON",
)
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


class SqliteDatabase(Database):
    """A SQLite file that several threads and processes of one machine share.

    The file must not be on a network file system: its locks are not reliable.

    Args:
        path: the file; it is created, private to the user, if it is missing.
        longest_wait: seconds to wait for another process that writes.
        clock: waiting; for tests.
    """

    numbered = "INTEGER PRIMARY KEY AUTOINCREMENT"

    def __init__(
        self,
        path: Path,
        *,
        longest_wait: float = LONGEST_WAIT,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self.path = path
        self.description = f"the ledger {path}"
        self._longest_wait = longest_wait
        self._clock = clock
        self._connection: sqlite3.Connection | None = None
        self._identity = (0, 0)
        super().__init__()

    @contextmanager
    def _transaction(self) -> Generator[Transaction, None, None]:
        try:
            connection = self._connected()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield _SqliteTransaction(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise self._failed(error) from error
        except OSError as error:
            raise self._failed(error) from error

    def has_tables(self, transaction: Transaction) -> bool:
        """Return whether the tables of a ledger are there.

        Raises:
            LedgerError: the file belongs to another program.
        """
        names = {name for (name,) in transaction.rows(TABLES)}
        if "enboarder_meta" in names:
            return True
        if names:
            raise LedgerError(
                f"{self.path} is a database of another program; nothing was changed. "
                "Name another file for the ledger"
            )
        return False

    def disconnect(self) -> None:
        """Close the connection; the next transaction opens another one."""
        connection = self._connection
        self._connection = None
        if connection is not None:
            connection.close()

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._new_connection()
        elif self._identity != _identity(self.path):
            raise LedgerError(
                f"{self.description} was deleted or replaced while it was in use. "
                "Nothing more is sent, because nobody would know of it. Restore the "
                "file from a backup before you start again"
            )
        return self._connection

    def _new_connection(self) -> sqlite3.Connection:
        make_private(self.path)
        self._identity = _identity(self.path)
        connection = sqlite3.connect(
            self.path,
            timeout=self._longest_wait,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            for setting in SETTINGS:
                self._set(connection, setting)
        except BaseException:
            connection.close()
            raise
        return connection

    def _set(self, connection: sqlite3.Connection, setting: str) -> None:
        """Apply a setting; SQLite does not wait by itself where it needs the file."""
        end = self._clock.monotonic() + self._longest_wait
        while True:
            try:
                connection.execute(setting)
                return
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or self._clock.monotonic() >= end:
                    raise
            self._clock.sleep(POLL_INTERVAL)

    def _failed(self, error: sqlite3.Error | OSError) -> LedgerError:
        if isinstance(error, sqlite3.OperationalError) and _is_busy(error):
            return LedgerError(
                f"{self.description} was locked by another program for "
                f"{self._longest_wait:.0f} s. What was not recorded was not sent. End "
                "the other program, and run this one again"
            )
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return LedgerError(
            f"{self.description} cannot be used: {reason}. Nothing is sent without "
            "it. Check the disk and the rights of the file, or name another place "
            "that lasts in ENBOARDER_LEDGER"
        )

    def __repr__(self) -> str:
        return f"SqliteDatabase({str(self.path)!r})"


class _SqliteTransaction:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, sql: str, *values: Any) -> int:
        return self._connection.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()


def _identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from another one of the same name."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
