"""What a measurement gives: figures by contestant, and the targets of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.ours import Client, InHttpx
from scripts.lab.bench.site import Site


@dataclass(frozen=True)
class Effort:
    """How much is done for each figure."""

    rounds: int = 61
    """Interleaved blocks of calls for each ratio."""
    block: int = 100
    """Calls in a block."""
    seconds: float = 5.0
    """Of load, in which tokens go stale or are revoked."""
    trials: int = 3
    """For figures that depend on luck."""
    starts: int = 11
    """Of an interpreter, for each import time."""
    threads: int = 64
    """That start together."""
    tasks: int = 1000
    """That start together."""
    processes: int = 8
    """That start together."""
    delay: float = 0.2
    """Seconds that the token endpoint takes."""
    is_whole: bool = True
    """Whether slow parts are measured, too: installed libraries, and processes without
    a store.
    """


QUICK = Effort(
    rounds=5,
    block=10,
    seconds=0.6,
    trials=1,
    starts=3,
    threads=16,
    tasks=100,
    processes=2,
    delay=0.03,
    is_whole=False,
)


@dataclass(frozen=True)
class Bench:
    """What every section works with."""

    site: Site
    contestants: Sequence[type[Contestant]]
    """Whose tokens are looked at."""
    effort: Effort

    @property
    def awaiting(self) -> list[type[Contestant]]:
        """Return those that have an asynchronous client."""
        return [kind for kind in self.contestants if kind.awaits]


@dataclass(frozen=True)
class Figure:
    """A measured value; `note` is shown beside it."""

    value: float
    note: str = ""
    sound: bool = True
    """False when the calls that it was measured with did not all end as they should."""
    total: int | None = None
    """Of how many calls it is a part; None where it is not."""

    @classmethod
    def counted(cls, value: float, ended: Sequence[bool]) -> Figure:
        """Return the token requests of a cold start.

        They say something only if every read succeeded and there is at least one.
        """
        failed = ended.count(False)
        note = ""
        if failed:
            note = f"{failed} of {len(ended)} calls failed"
        return cls(value, note, sound=value > 0 and failed == 0)


def for_ours(limit: float) -> dict[str, float]:
    """Return the same limit for our client and for its `auth()`."""
    return {Client.name: limit, InHttpx.name: limit}


@dataclass(frozen=True)
class Measure:
    """One line of a table."""

    name: str
    figures: Mapping[str, Figure]
    """By name of the contestant; one that is missing has no such variant."""
    limits: Mapping[str, float] = field(default_factory=dict)
    """What each of ours may reach at most, by name."""
    decimals: int = 0

    def meets(self, name: str) -> bool:
        """Return whether one of ours meets its target; a missing figure does not."""
        figure = self.figures.get(name)
        if figure is None or not figure.sound:
            return False
        return figure.value <= self.limits[name]


@dataclass(frozen=True)
class Section:
    """A table and what has to be said of it."""

    title: str
    how: str
    measures: Sequence[Measure]
    remarks: Sequence[str] = ()
    columns: Sequence[str] = field(default=())
    """Names of the columns, where they are not the contestants."""

    def measure(self, start: str) -> Measure:
        """Return the first line whose name starts so."""
        return next(one for one in self.measures if one.name.startswith(start))
