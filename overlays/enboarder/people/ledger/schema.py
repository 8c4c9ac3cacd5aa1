"""The tables of a ledger, and which versions of them this program reads.

The SQL is what SQLite and PostgreSQL have in common; parameters are written `?`.
"""

from __future__ import annotations

from .database import Database, Transaction
from .digests import new_key
from .record import LedgerError

VERSION = 1
"""Grows with every change that an older program would read wrongly."""

TABLES = (
    """
    CREATE TABLE IF NOT EXISTS enboarder_meta (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS enboarder_claims (
        number {number},
        claim TEXT NOT NULL UNIQUE,
        account TEXT NOT NULL,
        kind TEXT NOT NULL,
        operation TEXT NOT NULL,
        external_id TEXT,
        id_digest TEXT NOT NULL,
        similar_digest TEXT NOT NULL,
        variant TEXT NOT NULL,
        criteria_digest TEXT NOT NULL,
        body_digest TEXT NOT NULL,
        member_digests TEXT,
        run TEXT NOT NULL,
        claimed_at DOUBLE PRECISION NOT NULL,
        finished_at DOUBLE PRECISION,
        outcome TEXT,
        reason TEXT NOT NULL DEFAULT '',
        reference_id TEXT,
        note TEXT NOT NULL DEFAULT '',
        holds INTEGER NOT NULL DEFAULT 1
    )
    """,
    # At most one request of a kind is claimed, unknown or launched for each id.
    """
    CREATE UNIQUE INDEX IF NOT EXISTS enboarder_claims_held
    ON enboarder_claims (account, kind, id_digest, variant) WHERE holds = 1
    """,
    """
    CREATE INDEX IF NOT EXISTS enboarder_claims_id
    ON enboarder_claims (account, id_digest)
    """,
    """
    CREATE INDEX IF NOT EXISTS enboarder_claims_similar
    ON enboarder_claims (account, similar_digest)
    """,
    """
    CREATE TABLE IF NOT EXISTS enboarder_contacts (
        account TEXT NOT NULL,
        digest TEXT NOT NULL,
        claim TEXT NOT NULL,
        PRIMARY KEY (account, digest, claim)
    )
    """,
    """
    CREATE INDEX IF NOT EXISTS enboarder_contacts_claim
    ON enboarder_contacts (claim)
    """,
)

SET_ONCE = """
    INSERT INTO enboarder_meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING
"""
META = "SELECT name, value FROM enboarder_meta"


def prepare(database: Database) -> bytes:
    """Create the tables that are missing, and return the key of the digests.

    Raises:
        LedgerError: a newer version of this package wrote the ledger, or it cannot be
            used.
    """
    with database.transaction() as transaction:
        if not database.has_tables(transaction):
            _create(database, transaction)
        meta = dict(transaction.rows(META))
    version = int(meta["version"])
    if version != VERSION:
        raise LedgerError(
            f"{database.description} has version {version}, and this version of "
            f"enboarder knows version {VERSION}. Nothing was sent or changed. Upgrade "
            "enboarder on this machine; do not delete the ledger"
        )
    return bytes.fromhex(meta["key"])


def _create(database: Database, transaction: Transaction) -> None:
    for table in TABLES:
        transaction.execute(table.format(number=database.numbered))
    transaction.execute(SET_ONCE, "version", str(VERSION))
    transaction.execute(SET_ONCE, "key", new_key())
