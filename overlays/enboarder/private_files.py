"""Write files that hold personal data: whole, new, and private to their owner."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import TextIO


@contextmanager
def private_file(path: Path, encoding: str = "utf-8") -> Generator[TextIO]:
    """Open a file to write; it takes the place of an older one when it is complete.

    Args:
        path: the file.
        encoding: that of its text.
    """
    handle, name = mkstemp(dir=path.absolute().parent, prefix=".enboarder-")
    try:
        with open(handle, "w", encoding=encoding, newline="") as file:
            yield file
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
