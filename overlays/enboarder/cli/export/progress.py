"""How an export goes on: a bar on a terminal, a line per 100,000 rows elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import define, field

from ...quoting import quotable
from ..talk import counted, say

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from ...export import Progress, Report

EVERY = 100_000
LONGEST_NAME = 60

Reporter = Callable[["Progress"], object]


@define
class Speed:
    """Rows a second, without the rows of a run that this one continues."""

    clock: Callable[[], float] = time.monotonic
    _first_rows: int | None = None
    _begun: float = 0.0

    def at(self, rows: int) -> str:
        """Return the speed when there are so many rows; nothing at first."""
        now = self.clock()
        if self._first_rows is None:
            self._first_rows = rows
            self._begun = now
        if now <= self._begun:
            return ""
        seconds = now - self._begun
        return f"{(rows - self._first_rows) / seconds:,.0f} rows a second"


@define
class Lines:
    """Says a line for every 100,000 rows of all reports together."""

    speed: Speed = field(factory=Speed)
    _rows: dict[Report, int] = field(factory=dict["Report", int])
    _said: int | None = None

    def __call__(self, progress: Progress) -> None:
        """Count the rows of a report."""
        self._rows[progress.report] = progress.rows
        total = sum(self._rows.values())
        speed = self.speed.at(total)
        hundreds = total // EVERY
        if self._said is not None and hundreds > self._said:
            say(f"{counted(total, 'row')} so far, {speed}")
        self._said = hundreds


@define
class Bars:
    """Has a bar for each report, with its rows and their speed."""

    progress: RichProgress
    _tasks: dict[Report, TaskID] = field(factory=dict["Report", "TaskID"])
    _speeds: dict[Report, Speed] = field(factory=dict["Report", Speed])

    def __call__(self, progress: Progress) -> None:
        """Move the bar of a report."""
        report = progress.report
        if report not in self._tasks:
            name = quotable(report.name or report.id, LONGEST_NAME)
            self._speeds[report] = Speed()
            self._tasks[report] = self.progress.add_task(name, total=None, speed="")
        self.progress.update(
            self._tasks[report],
            completed=progress.rows,
            # A bar whose total is known stops moving.
            total=progress.rows if progress.is_finished else None,
            speed=self._speeds[report].at(progress.rows),
        )


@contextmanager
def shown_progress() -> Generator[Reporter, None, None]:
    """Show how an export goes on, as long as it lasts."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield Lines()
        return
    # Slow to import.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        # What a person called a report is never read as markup.
        TextColumn("{task.description}", markup=False),
        # Nobody knows how many rows a report has, so the bar only moves.
        BarColumn(bar_width=20),
        TextColumn("{task.completed:,.0f} rows"),
        TextColumn("{task.fields[speed]}"),
    )
    # Otherwise, what is printed as data would go where the bar is.
    with Progress(
        *columns,
        console=Console(stderr=True),
        redirect_stdout=False,
        redirect_stderr=False,
    ) as progress:
        yield Bars(progress)
