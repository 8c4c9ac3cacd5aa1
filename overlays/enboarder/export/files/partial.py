"""The rows that have come so far, as JSON lines: what an interrupted export keeps."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from ...private_files import open_private

BLOCK = 1 << 20
"""Bytes that are read at a time."""


class PartialRows:
    """A file of JSON lines that grows page by page; only its owner can read it.

    Use it as a context manager. What its digest does not confirm is not used, so it
    need not be flushed to the disk after each page.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._file = open_private(path)
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return self._digest.hexdigest()

    def restore(self, size: int, sha256: str) -> bool:
        """Keep the first bytes, and return whether they are what was written."""
        digest = hashlib.sha256()
        left = size
        self._file.seek(0)
        while left:
            block = self._file.read(min(BLOCK, left))
            if not block:
                break
            digest.update(block)
            left -= len(block)
        if left or digest.hexdigest() != sha256:
            self.clear()
            return False
        self._file.truncate(size)
        self._file.seek(size)
        self.size = size
        self._digest = digest
        return True

    def clear(self) -> None:
        """Drop everything."""
        self._file.seek(0)
        self._file.truncate()
        self.size = 0
        self._digest = hashlib.sha256()

    def append(self, lines: bytes) -> None:
        """Write lines at the end."""
        self._file.write(lines)
        self._file.flush()
        self._digest.update(lines)
        self.size += len(lines)

    def blocks(self) -> Iterator[bytes]:
        """Yield all lines from the first on, in blocks of whole lines."""
        self._file.flush()
        rest = b""
        with self.path.open("rb") as file:
            while block := file.read(BLOCK):
                whole, line_end, tail = block.rpartition(b"\n")
                if not line_end:
                    rest += block
                    continue
                yield rest + whole + line_end
                rest = tail
        if rest:
            yield rest

    def sync(self) -> None:
        """Wait until everything is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
