"""Whatever happens to a write that may have left, its external ids are not lost."""

from __future__ import annotations

from types import TracebackType
from typing import Literal, Self

from ..errors import EnboarderError
from ..transport.hooks import Progress
from .outcome import outcome_unknown
from .plan import Call


class Guard:
    """Judges what breaks a call off, from its first attempt to its result.

    Once a write may have left, an error that is not ours becomes `OutcomeUnknown`, and
    an exception that must pass (Ctrl-C, a cancellation, `SystemExit`) gets a note with
    the external ids.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self.progress = Progress()
        """How far the attempt came that is under way."""

    def new_attempt(self) -> Progress:
        """Begin another attempt; the one before has certainly not been carried out."""
        self.progress = Progress()
        return self.progress

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> Literal[False]:
        if error is None or isinstance(error, EnboarderError):
            return False
        may_have_left = self.progress.handed_over and self._call.operation.writes
        if not may_have_left:
            return False
        if isinstance(error, Exception):
            reason = f"{type(error).__name__} was raised"
            raise outcome_unknown(self._call, None, reason) from error
        error.add_note(
            f"{self._call.label} may have been done all the same; "
            f"look for {self._call.target}"
        )
        return False
