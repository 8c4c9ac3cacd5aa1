"""Write files that hold personal data: whole, new, and private to their owner."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, TextIO


@contextmanager
def private_file(path: Path, encoding: str = "utf-8") -> Generator[TextIO]:
    """Open a file to write; it takes the place of an older one when it is complete.

    Args:
        path: the file.
        encoding: the encoding of its text.
    """
    handle, name = mkstemp(dir=path.absolute().parent, prefix=".enboarder-")
    try:
        with open(handle, "w", encoding=encoding, newline="") as file:
            yield file
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def open_private(path: Path, *, is_new: bool = False) -> BinaryIO:
    """Open a file to read and write, which only its owner can read.

    Args:
        path: the file; it is created if it is missing.
        is_new: whether what it holds is dropped.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    flags |= getattr(os, "O_BINARY", 0) | (os.O_TRUNC if is_new else 0)
    handle = os.open(path, flags, 0o600)
    try:
        if sys.platform != "win32":
            # It may be an older file that others could read.
            os.fchmod(handle, 0o600)
        return open(handle, "r+b")
    except BaseException:
        os.close(handle)
        raise
