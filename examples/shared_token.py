"""Share one token between several processes.

    ENBOARDER_TOKEN_STORE=file python shared_token.py
    ENBOARDER_TOKEN_STORE=redis://cache.example.com:6379 python shared_token.py

The first line shares it between the processes of one user, the second between
machines. Each process builds its own client; the store gives it the token that another
process fetched. This needs the extra `file` or `redis`. What is kept where, and who can
read it, is in docs/guides/token-stores.md.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

from enboarder import Enboarder

PROCESSES = 3


def forms(_: int) -> int:
    """Return how many forms one process sees."""
    with Enboarder.from_env() as enboarder:
        return len(enboarder.reports.get_forms().items or [])


def main() -> None:
    """Ask for the list of forms in each process."""
    os.environ.setdefault("ENBOARDER_TOKEN_STORE", "file")
    # Nothing is inherited by a spawned process, as on different machines.
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, spawning) as pool:
        seen = list(pool.map(forms, range(PROCESSES)))
    print(f"forms seen by each process: {seen}")


if __name__ == "__main__":
    main()
