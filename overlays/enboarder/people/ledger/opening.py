"""Open the ledger of an account."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from enboarder_api.contract import HOSTS

from ...client import AsyncEnboarder, Enboarder
from ...clock import SYSTEM_CLOCK, Clock
from ...errors import ConfigurationError
from ...hidden import Hidden
from .book import Ledger
from .database import Database
from .location import FOLDERS, VARIABLE, is_postgres, ledger_file
from .sqlite import SqliteDatabase


def open_ledger(
    enboarder: Enboarder | AsyncEnboarder | None = None,
    *,
    account: str | None = None,
    location: str | os.PathLike[str] | None = None,
    environ: Mapping[str, str] | None = None,
    clock: Clock = SYSTEM_CLOCK,
) -> Ledger:
    """Open the ledger that remembers who was launched; create it if it is missing.

    Args:
        enboarder: the client, whose region or host is the default name of the account.
        account: a name for the account, which must be the same in every run. It is
            never derived from the credential, which may be replaced. Two accounts in
            one region share a ledger under the default name: then somebody may be
            reported as launched who is not, but nobody is launched twice. Name them.
        location: a file, or `postgresql://user@host/database`. By default it is what
            `ENBOARDER_LEDGER` says, or one file per account in the user's data folder.
        environ: the variables; by default the process's own.
        clock: the time; for tests.

    Raises:
        ConfigurationError: there is no account or place, or the file is not private.
        LedgerError: the ledger cannot be used, or a newer version wrote it.
    """
    # First: no frame of an error shows the variables, or a password.
    place = Hidden(os.fspath(location or _variables(environ).get(VARIABLE, "")))
    folders = {name: _variables(environ).get(name, "") for name in FOLDERS}
    del location, environ
    name = account or _account_of(enboarder)
    return Ledger(_database(place, name, folders, clock), name, clock=clock)


def _variables(environ: Mapping[str, str] | None) -> Mapping[str, str]:
    return os.environ if environ is None else environ


def _account_of(enboarder: Enboarder | AsyncEnboarder | None) -> str:
    if enboarder is None:
        raise ConfigurationError(
            "a ledger needs the client, or a name for the account in account="
        )
    return account_at(enboarder.base_url)


def account_at(base_url: str) -> str:
    """Return the default name of the account at an address: its region or host."""
    for region, url in HOSTS.items():
        if url == base_url:
            return region.lower()
    return urlsplit(base_url).netloc


def _database(
    place: Hidden[str], account: str, folders: Mapping[str, str], clock: Clock
) -> Database:
    if is_postgres(place.reveal()):
        from .postgres import PostgresDatabase

        return PostgresDatabase(place, account)
    path = Path(place.reveal()) if place.reveal() else ledger_file(account, folders)
    # A relative path would mean another ledger in another folder.
    if not path.is_absolute():
        raise ConfigurationError(
            f"the ledger's file {str(path)!r} is not absolute; give its full path, so "
            "that every run finds the same ledger"
        )
    return SqliteDatabase(path, clock=clock)
