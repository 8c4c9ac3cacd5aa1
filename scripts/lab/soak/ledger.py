"""Compare what the client said of each write with what the service did."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Self

DONE = "done"
UNKNOWN = "OutcomeUnknown"


class Ledger:
    """How calls ended.

    Writes go to a file, one a line, so that keeping them takes no memory.
    """

    def __init__(self, path: Path) -> None:
        """Plan to write to a file."""
        self._path = path
        self._lock = threading.Lock()
        self.ends: Counter[tuple[str, str]] = Counter()
        """By operation and end: `done`, or the name of an error."""

    def __enter__(self) -> Self:
        """Open the file."""
        self._file = self._path.open("w", encoding="ascii")
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    def note(self, operation: str, end: str, external_id: str | None = None) -> None:
        """Note how a call ended."""
        with self._lock:
            self.ends[operation, end] += 1
            if external_id is not None:
                self._file.write(f"{external_id} {end}\n")

    def writes(self) -> Iterable[tuple[str, str]]:
        """Yield external id and end of each write."""
        with self._path.open(encoding="ascii") as file:
            for line in file:
                external_id, end = line.split()
                yield external_id, end


class Account(NamedTuple):
    """Writes whose end and whose effect do not fit, and how many were unknown."""

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


def account(
    writes: Iterable[tuple[str, str]], carried_out: Mapping[str, int]
) -> Account:
    """Compare what was said with what was done."""
    doubled = [one for one, times in carried_out.items() if times > 1]
    lost = []
    denied = []
    unknown = 0
    unknown_done = 0
    for external_id, end in dict(writes).items():
        was_done = carried_out.get(external_id, 0) > 0
        if end == UNKNOWN:
            unknown += 1
            unknown_done += was_done
        elif end == DONE and not was_done:
            lost.append(external_id)
        elif end != DONE and was_done:
            denied.append(external_id)
    return Account(doubled, lost, denied, unknown, unknown_done)
