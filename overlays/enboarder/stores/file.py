"""A store in files: one token for all processes of one user on one machine."""

from __future__ import annotations

import json
import logging
import os
import stat
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import mkstemp
from urllib.parse import urlsplit
from urllib.request import url2pathname

from filelock import FileLock
from platformdirs import user_cache_path

from ..errors import ConfigurationError
from ..retry import SYSTEM_CLOCK, Clock
from ..tokens import Slot
from .base import Kept, Store

LONGEST_WAIT = 15.0  # seconds for the lock; then the caller asks for a token of its own
LOOKS_EVERY = 0.02  # seconds
LARGEST = 64 * 1024  # bytes of a file that are read
READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe must not hold anybody up
BROKEN = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)

log = logging.getLogger("enboarder")


class FileStore(Store):
    """Keeps each token in a file that its owner alone can read (0600), in a folder of the same kind (0700).

    Not for network file systems, on which locks cannot be relied on. On Windows, privacy is that of the user's profile.

    Args:
        path: the folder, absolute; it is made on first use. By default `enboarder` in the user's cache folder.
        clock: time; for tests.

    Raises:
        ConfigurationError: the folder is not absolute; or, when a token is kept: it is not the user's alone.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, *, clock: Clock = SYSTEM_CLOCK) -> None:
        self._path = user_cache_path("enboarder", appauthor=False) if path is None else Path(path)
        self._clock = clock
        if not self._path.is_absolute():
            raise ConfigurationError(
                f"the folder for tokens, {str(self._path)!r}, is not absolute; give it from the root"
            )

    @classmethod
    def from_url(cls, name: str) -> FileStore:
        """The store of `file` (the default folder), `file:/some/folder` or `file:///some/folder`."""
        parts = urlsplit("file:" + name.partition(":")[2])
        if parts.netloc not in ("", "localhost") or parts.query or parts.fragment:
            raise ConfigurationError("a folder for tokens is named like file:/some/folder, without host, ? or #")
        return cls(url2pathname(parts.path) or None)

    def load(self, slot: Slot) -> Kept | None:
        """The token in a slot; None when there is none, it is over, or others may have had a hand in the file."""
        path = self._file(slot)
        try:
            with open(path, "rb", opener=lambda name, _: os.open(name, READING)) as file:
                found = os.fstat(file.fileno())
                if stat.S_ISREG(found.st_mode) and _is_private(found):
                    return self._read(file.read(LARGEST))
        except FileNotFoundError:
            return None
        except OSError:  # a link, or a folder
            pass
        log.warning("the token file %s is not a file of this user alone (0600): ignored, and written anew", path)
        return None

    def save(self, slot: Slot, kept: Kept) -> None:
        """Keep a token, with the time on both clocks at which it was issued."""
        issued = kept.left - kept.lifetime
        value = {
            "token": kept.token,
            "lifetime": kept.lifetime,
            "wall": self._clock.wall() + issued,
            "monotonic": self._clock.monotonic() + issued,
        }
        path = self._file(slot)
        handle, name = mkstemp(dir=path.parent)  # new (O_EXCL) and 0600, whatever the umask
        try:
            with open(handle, "w", encoding="ascii") as file:
                json.dump(value, file)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise

    def delete(self, slot: Slot) -> None:
        """Empty a slot."""
        self._file(slot).unlink(missing_ok=True)

    def lock(self, slot: Slot) -> AbstractContextManager[object]:
        """Held by one process, and one thread, at a time; raises filelock.Timeout after 15 s."""
        path = self._file(slot).with_suffix(".lock")
        return FileLock(path, LONGEST_WAIT, mode=0o600, thread_local=False, poll_interval=LOOKS_EVERY)

    def _file(self, slot: Slot) -> Path:
        """The file of a slot, in the folder, which is made and looked at each time."""
        for folder in (*reversed(self._path.parents), self._path):
            folder.mkdir(mode=0o700, exist_ok=True)
        found = os.lstat(self._path)
        if not (stat.S_ISDIR(found.st_mode) and _is_private(found)):
            raise ConfigurationError(
                f"the folder {self._path} is a link or not this user's alone (0700), so that no token is kept there"
            )
        return self._path / f"{slot.name}.json"

    def _read(self, content: bytes) -> Kept | None:
        """By the clock that says more: the wall clock can be set back, the other one begins anew with the machine."""
        try:
            value = json.loads(content)
            token, lifetime = value["token"], value["lifetime"]
            left = lifetime - max(self._clock.wall() - value["wall"], self._clock.monotonic() - value["monotonic"])
        except BROKEN:
            return None
        return Kept(token, left, lifetime) if isinstance(token, str) and 0 < left <= lifetime else None

    def __repr__(self) -> str:
        return f"FileStore({str(self._path)!r})"


def _is_private(found: os.stat_result) -> bool:
    if sys.platform == "win32":  # no owner and no mode there, but access lists that are inherited
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & 0o077
