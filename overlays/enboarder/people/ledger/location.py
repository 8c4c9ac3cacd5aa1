"""Where a ledger is: one file per account, in the user's data folder."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from ...errors import ConfigurationError

FOLDER = "enboarder"
LONGEST_NAME = 60
POSTGRES = ("postgresql:", "postgres:")
VARIABLE = "ENBOARDER_LEDGER"
FOLDERS = ("XDG_DATA_HOME", "LOCALAPPDATA")
"""The variables that name a user's data folder."""


def is_postgres(location: str) -> bool:
    """Return whether a location names a PostgreSQL database."""
    return location.lower().startswith(POSTGRES)


def ledger_file(account: str, environ: Mapping[str, str]) -> Path:
    """Return the file of an account's ledger in the user's data folder.

    Its name comes from the account alone, never from an input file, so that a renamed
    or copied file finds the same ledger.

    Raises:
        ConfigurationError: the user has no home folder.
    """
    folder = _data_folder(environ)
    return folder / FOLDER / "ledgers" / f"{_file_name(account)}.sqlite"


def _data_folder(environ: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        named = environ.get("LOCALAPPDATA", "")
        usual = "~/AppData/Local"
    elif sys.platform == "darwin":
        named = ""
        usual = "~/Library/Application Support"
    else:
        named = environ.get("XDG_DATA_HOME", "")
        usual = "~/.local/share"
    # The XDG specification tells programs to ignore a relative path.
    folder = Path(named) if os.path.isabs(named) else Path(os.path.expanduser(usual))
    if not folder.is_absolute():
        raise ConfigurationError(
            "the folder of the ledger is unknown, because this user has no home "
            f"folder; set HOME or XDG_DATA_HOME, or name a file in {VARIABLE} or "
            "location="
        )
    return folder


def _file_name(account: str) -> str:
    """Return a name that is valid everywhere, and differs for each account."""
    plain = re.sub(r"[^a-z0-9.-]+", "-", account.lower()).strip("-.")[:LONGEST_NAME]
    if plain == account:
        return plain
    # Two accounts that differ in what a file name cannot show keep separate ledgers.
    digest = hashlib.sha256(account.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{plain or 'account'}-{digest[:8]}"


def make_private(path: Path) -> None:
    """Create the file and its folder if they are missing; only their owner reads them.

    Raises:
        ConfigurationError: others can read or replace the file.
        OSError: the folder or the file cannot be created.
    """
    for folder in reversed(path.parents):
        folder.mkdir(mode=0o700, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    os.close(os.open(path, flags, 0o600))
    if sys.platform == "win32":
        # Access lists are inherited from the user's profile.
        return
    found = os.lstat(path)
    is_owner = found.st_uid == os.geteuid()
    is_open_to_others = bool(stat.S_IMODE(found.st_mode) & 0o077)
    if not is_owner or is_open_to_others:
        raise ConfigurationError(
            f"the ledger {path} is not private to this user; make it so: "
            f"chmod 600 '{path}', as its owner"
        )
