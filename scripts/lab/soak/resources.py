"""What this process holds, as Linux counts it."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import NamedTuple

PROCESS = Path("/proc/self")


class Held(NamedTuple):
    """Descriptors (sockets and files), threads, and memory."""

    descriptors: int
    threads: int
    memory: int
    """Bytes of main memory (RSS)."""


def held() -> Held:
    """What is held now, after what nobody needs any more is collected."""
    gc.collect()
    pages = int((PROCESS / "statm").read_text("ascii").split()[1])
    return Held(descriptors(), len(list((PROCESS / "task").iterdir())), pages * os.sysconf("SC_PAGE_SIZE"))


def descriptors() -> int:
    """Open files and sockets, less the one by which they are counted."""
    return len(list((PROCESS / "fd").iterdir())) - 1
