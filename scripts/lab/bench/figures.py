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

    rounds: int = 101
    """Interleaved blocks of calls for each ratio."""
    block: int = 100
    """Calls in a block."""
    seconds: float = 5.0
    """Of load, in which tokens go stale or are revoked."""
    trials: int = 5
    """For figures that depend on luck."""
    starts: int = 15
    """Of an interpreter, for each import time."""


QUICK = Effort(rounds=15, block=40, seconds=3.0, trials=3, starts=3)


@dataclass(frozen=True)
class Bench:
    """What every section works with."""

    site: Site
    contestants: Sequence[type[Contestant]]
    effort: Effort


@dataclass(frozen=True)
class Figure:
    """A measured value; `note` is shown beside it."""

    value: float
    note: str = ""
    sound: bool = True
    """False when the calls that it was measured with did not all end as they should."""

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


@dataclass(frozen=True)
class Measure:
    """One line of a table."""

    name: str
    figures: Mapping[str, Figure]
    """By name of the contestant; one that is missing has no such variant."""
    limit: float | None = None
    """What ours may reach at most; None when there is no target."""
    decimals: int = 0
    held: tuple[str, ...] = (Client.name, InHttpx.name)
    """Whose figures the limit holds for."""

    @property
    def is_met(self) -> bool:
        """Tell whether ours meets the target; a missing figure does not."""
        if self.limit is None:
            return True
        for name in self.held:
            figure = self.figures.get(name)
            if figure is None or not figure.sound or figure.value > self.limit:
                return False
        return True


@dataclass(frozen=True)
class Section:
    """A table and what has to be said of it."""

    title: str
    how: str
    measures: Sequence[Measure]
    remarks: Sequence[str] = ()
    columns: Sequence[str] = field(default=())
    """Names of the columns, where they are not the contestants."""
