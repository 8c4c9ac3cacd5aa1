"""Several processes, one token.

    ENBOARDER_TOKEN_STORE=file python shared_token.py                     the processes of one user
    ENBOARDER_TOKEN_STORE=redis://cache.example.com:6379 python shared_token.py    a fleet of machines

Each process builds its own client; the store gives it the token that another one fetched. Needs the extra `file` or
`redis`. What is kept where, and for whom it is safe: docs/authentication.md.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

from enboarder import Enboarder

PROCESSES = 3


def forms(_: int) -> int:
    """What one process does: ask for the list of forms."""
    with Enboarder.from_env() as enboarder:
        return len(enboarder.reports.get_forms().items or [])


def main() -> None:
    os.environ.setdefault("ENBOARDER_TOKEN_STORE", "file")
    fresh = multiprocessing.get_context("spawn")  # as on different machines: nothing is inherited
    with ProcessPoolExecutor(PROCESSES, fresh) as pool:
        print(f"forms seen by each process: {list(pool.map(forms, range(PROCESSES)))}")


if __name__ == "__main__":
    main()
