"""A ledger's database in PostgreSQL: for jobs without a disk that lasts, and fleets."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ...errors import ConfigurationError
from ...extras import how_to_install
from ...hidden import Hidden
from .database import Database, Transaction
from .record import LedgerError

if TYPE_CHECKING:
    import psycopg

LONGEST_WAIT = 30.0
"""Seconds to wait for a connection, or for another worker that writes."""
TABLE = "SELECT to_regclass('enboarder_meta') IS NOT NULL"


class PostgresDatabase(Database):
    """Tables in the current schema of a PostgreSQL database.

    Args:
        url: `postgresql://user@host/database`; what it leaves out, libpq takes from
            `PGPASSWORD`, `~/.pgpass` and so on.
        account: workers on one account write one after the other.
        longest_wait: seconds to wait for a connection, and for other workers.

    Raises:
        ConfigurationError: psycopg is not installed, or the URL is wrong.
    """

    numbered = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"

    def __init__(
        self, url: Hidden[str], account: str, *, longest_wait: float = LONGEST_WAIT
    ) -> None:
        self._psycopg = _load_psycopg()
        self._url = url
        self._longest_wait = longest_wait
        self.description = f"the ledger in {_described(self._psycopg, url)}"
        digest = hashlib.sha256(f"enboarder ledger {account}".encode()).digest()
        number = int.from_bytes(digest[:8], "big", signed=True)
        # Two workers that look for the same address at the same time must see each
        # other's claims, so they take turns.
        self._begin = f"BEGIN; SELECT pg_advisory_xact_lock({number})".encode()
        self._connection: psycopg.Connection[Any] | None = None
        super().__init__()

    @contextmanager
    def _transaction(self) -> Generator[Transaction, None, None]:
        try:
            connection = self._begun()
            try:
                yield _PostgresTransaction(connection)
                connection.execute("COMMIT")
            except BaseException:
                self._roll_back(connection)
                raise
        except self._psycopg.Error as error:
            # Whatever state it is in, the next transaction begins with another one.
            self.disconnect()
            failed = self._failed(error)
        else:
            return
        # Outside of `except`: frames of psycopg hold the password.
        raise failed

    def _begun(self) -> psycopg.Connection[Any]:
        """Return a connection with a transaction in which no other worker writes.

        The server may have closed a connection that was idle; nothing is lost then.
        """
        connection = self._connected()
        try:
            connection.execute(self._begin)
        except self._psycopg.OperationalError:
            if not connection.broken:
                raise
            connection = self._connected()
            connection.execute(self._begin)
        return connection

    def _roll_back(self, connection: psycopg.Connection[Any]) -> None:
        try:
            connection.execute("ROLLBACK")
        except self._psycopg.Error:
            # The server rolls back what a lost connection began.
            self.disconnect()

    def has_tables(self, transaction: Transaction) -> bool:
        """Return whether the tables of a ledger are there."""
        return bool(transaction.rows(TABLE)[0][0])

    def disconnect(self) -> None:
        """Close the connection; the next transaction opens another one."""
        connection = self._connection
        self._connection = None
        if connection is not None:
            with suppress(self._psycopg.Error):
                connection.close()

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is not None and not self._connection.closed:
            return self._connection
        wait = max(1, round(self._longest_wait))
        connection: psycopg.Connection[Any] = self._psycopg.connect(
            self._url.reveal(),
            autocommit=True,
            connect_timeout=wait,
            application_name="enboarder ledger",
        )
        connection.execute(f"SET lock_timeout = '{wait}s'".encode())
        # A role may have switched it off, and a committed claim must survive a crash.
        connection.execute("SET synchronous_commit = on")
        self._connection = connection
        return connection

    def _failed(self, error: psycopg.Error) -> LedgerError:
        reason = " ".join(str(error).split())[:200]
        return LedgerError(
            f"{self.description} cannot be used: {reason}. Nothing is sent without it. "
            "Check that the server runs, and that this user may create and write "
            "tables there"
        )

    def __repr__(self) -> str:
        return f"PostgresDatabase({self.description!r})"


class _PostgresTransaction:
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, sql: str, *values: Any) -> int:
        return self._connection.execute(_translated(sql), values).rowcount

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(_translated(sql), values).fetchall()


def _translated(sql: str) -> bytes:
    """Return a statement with the parameters of psycopg; ours hold no other `?`."""
    return sql.replace("?", "%s").encode()


def _load_psycopg() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise ConfigurationError(
            f"a ledger in PostgreSQL needs psycopg, which cannot be loaded ({error}); "
            f"{how_to_install('postgres')}"
        ) from None
    return psycopg


def _described(psycopg: Any, url: Hidden[str]) -> str:
    """Return host and database of a URL, without user and password."""
    try:
        named = psycopg.conninfo.conninfo_to_dict(url.reveal())
    except psycopg.Error:
        raise ConfigurationError(
            "the ledger's URL cannot be read; write it like "
            "postgresql://user@host/database, and its password in PGPASSWORD"
        ) from None
    host = named.get("host", "the default host")
    database = named.get("dbname", "the default database")
    return f"PostgreSQL ({database} on {host})"
