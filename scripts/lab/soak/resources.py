"""Count what this process holds, as Linux sees it."""

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
    """Count what is held now, after a garbage collection."""
    gc.collect()
    pages = int((PROCESS / "statm").read_text("ascii").split()[1])
    threads = list((PROCESS / "task").iterdir())
    memory = pages * os.sysconf("SC_PAGE_SIZE")
    return Held(descriptors(), len(threads), memory)


def descriptors() -> int:
    """Count open files and sockets, without the one that is needed to count."""
    return len(list((PROCESS / "fd").iterdir())) - 1
