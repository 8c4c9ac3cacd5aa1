"""What only a ledger in PostgreSQL has to bear."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from enboarder import ConfigurationError
from enboarder.hidden import Hidden
from enboarder.people import Ledger, LedgerError, Outcome
from enboarder.people.ledger import Claim
from enboarder.people.ledger.postgres import PostgresDatabase
from tests.conftest import FakeClock
from tests.people.ledger.conftest import LAUNCH, body


@pytest.fixture
def database(postgres: str, account: str) -> PostgresDatabase:
    return PostgresDatabase(Hidden(postgres), account)


@pytest.fixture
def ledger(
    database: PostgresDatabase, account: str, time: FakeClock
) -> Iterator[Ledger]:
    with Ledger(database, account, clock=time.clock) as ledger:
        yield ledger


def claim_in(ledger: Ledger) -> Claim:
    claim = ledger.claim(LAUNCH, "A-1", body(), run="run")
    assert isinstance(claim, Claim)
    return claim


def end_connections(postgres: str, account: str) -> None:
    """End every other connection, as a restart of the server does."""
    other = PostgresDatabase(Hidden(postgres), f"{account}-other")
    with other.transaction() as transaction:
        transaction.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    other.close()


def test_a_restarted_server_costs_no_claim(
    postgres: str, account: str, ledger: Ledger
) -> None:
    """A connection that was lost while nothing was under way is opened again."""
    claim = claim_in(ledger)
    end_connections(postgres, account)
    ledger.finish(claim, Outcome.DONE)
    assert [Outcome.DONE] == [record.outcome for record in ledger.find("A-1")]


def test_a_connection_lost_in_a_transaction_gives_no_claim(
    postgres: str, account: str, database: PostgresDatabase
) -> None:
    """What was not committed did not happen, and the error says so."""
    delete = "DELETE FROM enboarder_claims WHERE account = ?"
    ledger = Ledger(database, account)
    claim_in(ledger)

    def lose_the_connection() -> None:
        with database.transaction() as transaction:
            transaction.execute(delete, account)
            end_connections(postgres, account)

    with pytest.raises(LedgerError):
        lose_the_connection()
    assert 1 == len(ledger.records())
    ledger.close()


def test_another_worker_is_waited_for_and_then_refused(
    postgres: str, account: str, database: PostgresDatabase
) -> None:
    """A worker that hangs in a transaction does not hold the others up for ever."""
    Ledger(database, account)
    hasty = PostgresDatabase(Hidden(postgres), account, longest_wait=0.05)
    with database.transaction(), pytest.raises(LedgerError, match="cannot be used"):
        Ledger(hasty, account)
    database.close()


def test_a_server_that_is_not_there_is_named() -> None:
    """Host and database are named, and nothing else of the URL."""
    url = Hidden("postgresql://somebody:hush-hush@127.0.0.1:1/hires")
    database = PostgresDatabase(url, "eu", longest_wait=1)
    with pytest.raises(LedgerError) as caught:
        Ledger(database, "eu")
    assert "hires on 127.0.0.1" in str(caught.value)
    assert "hush-hush" not in f"{caught.value} {database!r}"


def test_a_url_that_cannot_be_read_is_not_shown() -> None:
    """A password may be in the wrong place of it."""
    with pytest.raises(ConfigurationError) as caught:
        PostgresDatabase(Hidden("postgresql://hush-hush@:x:y/?hush=hush"), "eu")
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigurationError, match=r"'\.\[postgres\]'"):
        PostgresDatabase(Hidden("postgresql://127.0.0.1/hires"), "eu")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_process_forks_while_a_refused_database_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A database that could not be built stands in no fork's way.

    pytest fails a test in which a function that runs before a fork raises.
    """
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigurationError) as caught:
        PostgresDatabase(Hidden("postgresql://127.0.0.1/hires"), "eu")
    # The frames of the error hold what was built of the database.
    assert caught.value.__traceback__ is not None
    child = os.fork()
    if child == 0:
        os._exit(0)
    assert 0 == os.waitpid(child, 0)[1]
