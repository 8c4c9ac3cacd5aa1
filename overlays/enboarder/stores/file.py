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

from ..auth.token import TokenKey
from ..clock import SYSTEM_CLOCK, Clock
from ..errors import ConfigurationError
from .base import Store, StoredToken

LONGEST_WAIT = 15.0
"""Seconds to wait for the lock; the caller then requests a token without it."""
POLL_INTERVAL = 0.02
"""Seconds between two attempts to get the lock."""
MAX_BYTES = 64 * 1024
"""Bytes of a file that are read."""

# Links are not followed, and opening a pipe does not wait for a writer.
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)

log = logging.getLogger("enboarder")


class FileStore(Store):
    """Keeps each token in a file that only its owner can read.

    The file has mode 0600, its folder 0700. Do not use a network file system: its locks
    are not reliable. On Windows, the files are as private as the user's profile.

    Args:
        path: the folder, absolute; it is created on first use. By default it is
            `enboarder` in the user's cache folder.
        clock: the time; for tests.

    Raises:
        ConfigurationError: the folder is not absolute. The verbs raise it, too, when
            the folder is not private to this user.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self._path = _default_folder() if path is None else Path(path)
        self._clock = clock
        if not self._path.is_absolute():
            raise ConfigurationError(
                f"the token folder {str(self._path)!r} is not absolute; "
                "give its full path"
            )

    @classmethod
    def from_url(cls, name: str) -> FileStore:
        """Return the store that a name means.

        Args:
            name: `file` (the default folder), `file:/some/folder` or
                `file:///some/folder`.

        Raises:
            ConfigurationError: the name has a host, a query or a fragment, or its
                folder is not absolute.
        """
        folder = _folder_of(name)
        # It may be a mistyped URL of another store, with a password.
        del name
        if folder is None:
            raise ConfigurationError(
                "a token folder is written like file:/some/folder, "
                "without a host, ? or #"
            )
        return cls(folder or None)

    def load(self, key: TokenKey) -> StoredToken | None:
        """Return the token under a key.

        Returns:
            None if there is no token, if it has expired, or if other users may have
            read or changed the file.
        """
        path = self._file(key)
        try:
            content = _read_private(path)
        except FileNotFoundError:
            return None
        if content is None:
            log.warning(
                "the token file %s is not private to this user (0600); "
                "it is ignored and will be replaced",
                path,
            )
            return None
        return self._parse(content)

    def save(self, key: TokenKey, stored: StoredToken) -> None:
        """Keep a token, with the times of both clocks when it was issued."""
        age = stored.lifetime - stored.left
        value = {
            "token": stored.token,
            "lifetime": stored.lifetime,
            "wall": self._clock.wall() - age,
            "monotonic": self._clock.monotonic() - age,
        }
        path = self._file(key)
        # The file is always new, and has mode 0600 with any umask.
        handle, name = mkstemp(dir=path.parent)
        try:
            with open(handle, "w", encoding="ascii") as file:
                json.dump(value, file)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise

    def delete(self, key: TokenKey) -> None:
        """Delete the token under a key."""
        self._file(key).unlink(missing_ok=True)

    def lock(self, key: TokenKey) -> AbstractContextManager[object]:
        """Return a lock that one thread of one process holds at a time.

        Entering it raises filelock.Timeout after 15 s.
        """
        return FileLock(
            self._file(key).with_suffix(".lock"),
            LONGEST_WAIT,
            mode=0o600,
            thread_local=False,
            poll_interval=POLL_INTERVAL,
        )

    def _file(self, key: TokenKey) -> Path:
        """Return the path of a token, in a folder that is created and private."""
        for folder in (*reversed(self._path.parents), self._path):
            folder.mkdir(mode=0o700, exist_ok=True)
        found = os.lstat(self._path)
        if not stat.S_ISDIR(found.st_mode) or not _is_private(found):
            raise ConfigurationError(
                f"the token folder {self._path} is a link, or is not private to this "
                "user (0700); no token is stored there"
            )
        return self._path / f"{key.name}.json"

    def _parse(self, content: bytes) -> StoredToken | None:
        try:
            value = json.loads(content)
            token = value["token"]
            lifetime = value["lifetime"]
            # The wall clock can be set back, and the monotonic clock starts again when
            # the machine starts. So the greater age is the right one.
            age = max(
                self._clock.wall() - value["wall"],
                self._clock.monotonic() - value["monotonic"],
            )
            left = lifetime - age
        except _UNREADABLE:
            return None
        if not isinstance(token, str) or not 0 < left <= lifetime:
            return None
        return StoredToken(token, left, lifetime)

    def __repr__(self) -> str:
        # Error reports show a store whose constructor failed.
        path = getattr(self, "_path", "…")
        return f"FileStore({str(path)!r})"


def _default_folder() -> Path:
    try:
        path = user_cache_path("enboarder", appauthor=False)
    except RuntimeError:
        # Newer versions of platformdirs do this; older ones return a path with a tilde.
        path = Path()
    if not path.is_absolute():
        raise ConfigurationError(
            "the token folder is unknown, because this user has no home folder; set "
            "HOME or XDG_CACHE_HOME, or name a folder: "
            "ENBOARDER_TOKEN_STORE=file:/some/folder or FileStore('/some/folder')"
        )
    return path


def _folder_of(name: str) -> str | None:
    """Return the folder in a name; "" is the default, and None means a wrong name."""
    try:
        parts = urlsplit("file:" + name.partition(":")[2])
    except ValueError:
        return None
    has_host = parts.netloc not in ("", "localhost")
    if has_host or parts.query or parts.fragment:
        return None
    return url2pathname(parts.path)


def _read_private(path: Path) -> bytes | None:
    """Return the content of a file; None if the file is not this user's only."""
    try:
        with open(path, "rb", opener=_open_for_reading) as file:
            found = os.fstat(file.fileno())
            if stat.S_ISREG(found.st_mode) and _is_private(found):
                return file.read(MAX_BYTES)
    except FileNotFoundError:
        raise
    except OSError:
        # It is a link or a folder.
        return None
    return None


def _open_for_reading(path: str, _: int) -> int:
    return os.open(path, _READ_FLAGS)


def _is_private(found: os.stat_result) -> bool:
    # Windows has inherited access lists instead of an owner and a mode.
    if sys.platform == "win32":
        return True
    is_owner = found.st_uid == os.geteuid()
    is_open_to_others = bool(found.st_mode & 0o077)
    return is_owner and not is_open_to_others
