"""How each row of a run ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import overload

from attrs import frozen

from .ledger.record import CANCEL, LAUNCH, UPDATE


class Status(StrEnum):
    """How a row ended."""

    LAUNCHED = "launched"
    UPDATED = "updated"
    CANCELLED = "cancelled"
    ALREADY = "already done"
    """The ledger says that it was done before; nothing was sent."""
    CONFLICT = "conflict"
    """The ledger knows something that a person has to look at; nothing was sent."""
    REFUSED = "refused"
    """The service said no."""
    NOT_SENT = "not sent"
    """It provably never left."""
    UNKNOWN = "unknown"
    """It may have been done; look before you send it again."""

    @property
    def is_good(self) -> bool:
        """Whether what was wanted is done."""
        return self in _GOOD

    @property
    def may_run_again(self) -> bool:
        """Whether nothing was done, so that the row may be corrected and run again."""
        return self in (Status.REFUSED, Status.NOT_SENT, Status.CONFLICT)


_GOOD = (Status.LAUNCHED, Status.UPDATED, Status.CANCELLED, Status.ALREADY)

DONE = {
    LAUNCH: Status.LAUNCHED,
    UPDATE: Status.UPDATED,
    CANCEL: Status.CANCELLED,
}
"""How a row ended whose request was done, by its kind."""


@frozen
class Result:
    """How one row ended."""

    row: int
    """The row of the file as a spreadsheet counts; the header is row 1."""
    operation: str
    """The name of the operation, such as `workflows.launch_basic`."""
    external_id: str
    """Whom it concerns."""
    status: Status
    """How it ended."""
    message: str = ""
    """What was said, or happened; the service's own words where it said something."""
    hint: str = ""
    """What it means, and what to do."""
    reference_id: str | None = None
    """The id that the service returned."""
    at: datetime | None = None
    """When the request was sent (UTC), for the Integration Logs; None if it was not."""
    http_status: int | None = None
    """The status of the answer, if there was one."""
    error: str = ""
    """The class of the error, such as `Forbidden`; empty if there was none."""


@frozen
class Run(Sequence[Result]):
    """The results of a run: one for each action of the plan, in its order."""

    id: str
    """The name of the run in the ledger."""
    results: tuple[Result, ...]
    """The results, in the order of the plan."""
    stopped: str | None = None
    """Why the run stopped before its end; None if it did not."""

    @property
    def counts(self) -> dict[str, int]:
        """How many rows ended in each way, by the text of the status."""
        return dict(Counter(str(result.status) for result in self.results))

    @property
    def is_good(self) -> bool:
        """Whether everything that was wanted is done."""
        return all(result.status.is_good for result in self.results)

    @overload
    def __getitem__(self, index: int) -> Result: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Result]: ...

    def __getitem__(self, index: int | slice) -> Result | Sequence[Result]:
        return self.results[index]

    def __len__(self) -> int:
        return len(self.results)

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results)
