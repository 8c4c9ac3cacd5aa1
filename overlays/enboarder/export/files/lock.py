"""One export at a time in a folder: two would write the same files."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ...errors import ConfigurationError
from ...private_files import open_private

NAME = ".enboarder-export.lock"


@contextmanager
def locked(folder: Path) -> Generator[None]:
    """Hold the lock of a folder; it ends with the process, however that ends.

    Raises:
        ConfigurationError: another export holds it.
    """
    with open_private(folder / NAME) as file:
        try:
            _lock(file)
        except OSError:
            raise ConfigurationError(
                f"another export writes to {folder}; wait for it, or choose another "
                "folder. Nothing was sent"
            ) from None
        yield


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        return
    import fcntl

    fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
