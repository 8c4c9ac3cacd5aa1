"""How a run goes on: a bar on a terminal, a line per 100 people elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from attrs import define, field

from ..talk import say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from ...people import Result

EVERY = 100


class Reporter(Protocol):
    """Takes each result as it comes."""

    def __call__(self, result: Result, finished: int, total: int) -> object:
        """Show that one more is finished."""
        ...


@define
class Lines:
    """Says a line for every 100 people, and one at the end."""

    statuses: Counter[str] = field(factory=Counter[str])

    def __call__(self, result: Result, finished: int, total: int) -> None:
        """Count a result."""
        self.statuses[str(result.status)] += 1
        if finished % EVERY == 0 or finished == total:
            counts = ", ".join(f"{n} {name}" for name, n in self.statuses.items())
            say(f"{finished} of {total}: {counts}")


@define
class Bar:
    """Moves a bar."""

    progress: Progress
    task: TaskID
    bad: int = 0

    def __call__(self, result: Result, finished: int, total: int) -> None:
        """Move on."""
        self.bad += not result.status.is_good
        self.progress.update(self.task, completed=finished, bad=self.bad)


@contextmanager
def shown_progress(
    verb: str, total: int, *, with_bar: bool = True
) -> Generator[Reporter, None, None]:
    """Show how a run goes on, as long as it lasts.

    Args:
        verb: what is going on.
        total: how many people it concerns.
        with_bar: whether a bar may be drawn, if there is a terminal.
    """
    if not with_bar or sys.stderr is None or not sys.stderr.isatty():
        yield Lines()
        return
    # Slow to import.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[bad]} not done"),
        TimeRemainingColumn(),
    )
    # Otherwise, what is printed as data would go where the bar is.
    with Progress(
        *columns,
        console=Console(stderr=True),
        redirect_stdout=False,
        redirect_stderr=False,
    ) as progress:
        yield Bar(progress, progress.add_task(verb, total=total, bad=0))
