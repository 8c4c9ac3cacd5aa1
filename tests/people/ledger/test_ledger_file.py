"""What a ledger in a file promises: its place, its rights, and what breaks it."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from enboarder import ApiKey, ConfigurationError, Enboarder, Region
from enboarder.people import Ledger, LedgerError, Outcome, open_ledger
from enboarder.people.ledger import Claim
from enboarder.people.ledger.location import ledger_file
from enboarder.people.ledger.sqlite import SqliteDatabase
from tests.conftest import FakeClock, Service
from tests.people.ledger.conftest import LAUNCH, body

NOBODY = Service().transport
"""Where nothing is sent."""
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "ledger.sqlite"


def opened(path: Path) -> Ledger:
    return open_ledger(account="eu", location=path)


def claim_in(ledger: Ledger, external_id: str = "A-1") -> object:
    return ledger.claim(LAUNCH, external_id, body(external_id), run="run")


def claim_many(ledger: Ledger) -> None:
    for number in range(2, 500):
        claim_in(ledger, f"A-{number}")


def test_each_account_has_a_file_of_its_own(tmp_path: Path) -> None:
    """Also accounts whose names a file cannot carry."""
    environ = {"XDG_DATA_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    accounts = ["eu", "EU", "eu/child", "eu child", "../eu", "", "x" * 300]
    files = {ledger_file(account, environ) for account in accounts}
    assert len(accounts) == len(files)
    assert 1 == len({file.parent for file in files})
    assert all(len(file.name) < 100 for file in files)


def test_a_ledger_is_found_by_the_region(tmp_path: Path) -> None:
    """The client's region names the account, so that every run finds the ledger."""
    environ = {"ENBOARDER_LEDGER": str(tmp_path / "ledger.sqlite")}
    for region in (Region.EU, "eu"):
        with (
            Enboarder(ApiKey("key"), region=region, transport=NOBODY) as enboarder,
            open_ledger(enboarder, environ=environ) as ledger,
        ):
            assert "eu" == ledger.account


def test_a_ledger_is_found_by_the_host(tmp_path: Path) -> None:
    """A proxy or the mock has its own ledger."""
    url = "http://127.0.0.1:8765"
    client = Enboarder(ApiKey("key"), base_url=url, transport=NOBODY)
    with client, open_ledger(client, location=tmp_path / "ledger.sqlite") as ledger:
        assert "127.0.0.1:8765" == ledger.account


def test_a_relative_place_is_refused() -> None:
    """It would be another ledger in another folder."""
    with pytest.raises(ConfigurationError):
        open_ledger(account="eu", location="ledger.sqlite")


def test_an_account_is_needed() -> None:
    """Without a client, nothing names it."""
    with pytest.raises(ConfigurationError):
        open_ledger()


@posix
def test_only_the_owner_reads_a_ledger(path: Path) -> None:
    """Neither the file nor what SQLite puts beside it is open to others."""
    with opened(path) as ledger:
        claim_in(ledger)
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert {0o600} == modes
    assert 0o700 == stat.S_IMODE(path.parent.stat().st_mode)


@posix
def test_a_ledger_that_others_read_is_refused(path: Path) -> None:
    """Somebody may have read it, or changed it."""
    opened(path).close()
    path.chmod(0o644)
    with pytest.raises(ConfigurationError):
        opened(path)


def test_a_claim_survives_a_loss_of_power(path: Path) -> None:
    """The log is written ahead, and each commit waits for the disk."""
    with opened(path) as ledger:
        database = ledger._database
        assert isinstance(database, SqliteDatabase)
        with database.transaction() as transaction:
            assert [("wal",)] == transaction.rows("PRAGMA journal_mode")
            # 2 is FULL.
            assert [(2,)] == transaction.rows("PRAGMA synchronous")


def test_a_ledger_of_a_newer_version_is_refused(path: Path) -> None:
    """An older program would read it wrongly; nothing in it is changed."""
    opened(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE enboarder_meta SET value = '2' WHERE name='version'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="version 2"):
        opened(path)
    assert before == path.read_bytes()


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    """A wrong path does not mix two programs' tables."""
    path.parent.mkdir()
    path.touch(0o600)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (value TEXT)")
    connection.close()
    with pytest.raises(LedgerError, match="another program"):
        opened(path)


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    """It is not overwritten."""
    path.parent.mkdir()
    path.write_text("name,email\n" * 200)
    path.chmod(0o600)
    with pytest.raises(LedgerError):
        opened(path)
    assert path.read_text().startswith("name,email")


@pytest.fixture
def locked(path: Path) -> Iterator[None]:
    """Let another program write for as long as the test runs."""
    opened(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.close()


@pytest.mark.usefixtures("locked")
def test_a_locked_ledger_is_waited_for_and_then_refused(path: Path) -> None:
    """The error says that another program is at work."""
    database = SqliteDatabase(path, longest_wait=0.01)
    with pytest.raises(LedgerError, match="locked"):
        Ledger(database, "eu")


def test_a_full_disk_gives_no_claim(path: Path, time: FakeClock) -> None:
    """What cannot be recorded is not sent, and the claims before it stay."""
    with open_ledger(account="eu", location=path, clock=time.clock) as ledger:
        claim_in(ledger, "A-1")
        with ledger._database.transaction() as transaction:
            ((pages,),) = transaction.rows("PRAGMA page_count")
            transaction.rows(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError, match="full"):
            claim_many(ledger)
        kept = ledger.records()
    with opened(path) as ledger:
        assert [one.claim for one in kept] == [one.claim for one in ledger.records()]


def test_a_ledger_that_is_deleted_during_a_run_stops_it(path: Path) -> None:
    """What went into a deleted file would be known to nobody."""
    ledger = opened(path)
    path.unlink()
    with pytest.raises(LedgerError, match="deleted"):
        claim_in(ledger)
    ledger.close()


@posix
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The error names the ledger, and what to set instead."""
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="ENBOARDER_LEDGER"):
        opened(tmp_path / "file" / "ledger.sqlite")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_process_uses_the_same_ledger(path: Path) -> None:
    """Parent and child have connections of their own, and see each other's claims.

    With the parent's connection, the child would work, too, until SQLite's locks of the
    two processes cross.
    """
    ledger = opened(path)
    database = ledger._database
    assert isinstance(database, SqliteDatabase)
    claim = claim_in(ledger, "A-1")
    assert isinstance(claim, Claim)
    child = os.fork()
    if child == 0:
        is_separate = database._connection is None
        given = claim_in(ledger, "A-2")
        stands_against = claim_in(ledger, "A-1")
        is_right = isinstance(given, Claim) and not isinstance(stands_against, Claim)
        os._exit(0 if is_separate and is_right else 1)
    ledger.finish(claim, Outcome.DONE)
    assert 0 == os.waitpid(child, 0)[1]
    assert ["A-1", "A-2"] == [one.external_id for one in ledger.records()]
    ledger.close()


def test_a_password_is_not_shown() -> None:
    """Neither by the ledger's errors nor by their frames."""
    location = "postgresql://user:hush-hush@127.0.0.1:1/database"
    with pytest.raises(LedgerError) as caught:
        open_ledger(account="eu", location=location)
    shown = str(caught.value)
    frame = caught.value.__traceback__
    while frame:
        if "enboarder" in frame.tb_frame.f_code.co_filename:
            shown += "".join(map(repr, frame.tb_frame.f_locals.values()))
        frame = frame.tb_next
    assert "hush-hush" not in shown.replace(repr(location), "")
    assert "127.0.0.1" in str(caught.value)
