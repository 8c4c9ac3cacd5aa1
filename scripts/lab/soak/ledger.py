"""What the client said of each write, beside what the service did."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Self

DONE, UNKNOWN = "done", "OutcomeUnknown"


class Ledger:
    """How calls ended. Writes go to a file, one a line, so that keeping them takes no memory."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self.ends: Counter[tuple[str, str]] = Counter()
        """By operation and end: `done`, or the name of an error."""

    def __enter__(self) -> Self:
        self._file = self._path.open("w", encoding="ascii")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def note(self, operation: str, end: str, external_id: str | None = None) -> None:
        """Note how a call ended."""
        with self._lock:
            self.ends[operation, end] += 1
            if external_id is not None:
                self._file.write(f"{external_id} {end}\n")

    def writes(self) -> Iterable[tuple[str, str]]:
        """External id and end of each write."""
        with self._path.open(encoding="ascii") as file:
            for line in file:
                external_id, end = line.split()
                yield external_id, end


class Account(NamedTuple):
    """Writes whose end and whose effect do not fit, and how many were unsure."""

    doubled: list[str]
    """Carried out more than once."""
    lost: list[str]
    """Said to be done, and never carried out."""
    denied: list[str]
    """Said to be refused or unsent, and carried out all the same."""
    unknown: int
    """Neither yes nor no."""
    unknown_done: int
    """How many of those were carried out."""


def account(writes: Iterable[tuple[str, str]], carried_out: Mapping[str, int]) -> Account:
    """Hold what was said against what was done."""
    ends = dict(writes)
    unknown = [one for one, end in ends.items() if end == UNKNOWN]
    return Account(
        doubled=[one for one, times in carried_out.items() if times > 1],
        lost=[one for one, end in ends.items() if end == DONE and not carried_out.get(one)],
        denied=[one for one, end in ends.items() if end not in (DONE, UNKNOWN) and carried_out.get(one)],
        unknown=len(unknown),
        unknown_done=sum(1 for one in unknown if carried_out.get(one)),
    )
