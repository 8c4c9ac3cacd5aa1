"""Keep the external ids of a write that may have left, whatever is raised."""

from __future__ import annotations

from ..errors import OutcomeUnknown
from ..transport.hooks import Progress
from .error_messages import outcome_unknown
from .plan import Call


class Guard:
    """Judges the exception that ends a call, from its first attempt to its result.

    Once a write may have left, an error that is not ours becomes `OutcomeUnknown`, and
    an exception that must pass (Ctrl-C, a cancellation, `SystemExit`) gets a note with
    the external ids.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self.progress = Progress()
        """How far the present attempt has come."""

    def new_attempt(self) -> None:
        """Begin another attempt; the last one was certainly not carried out."""
        self.progress = Progress()

    @property
    def may_have_left(self) -> bool:
        """Whether the call is a write that may have been done."""
        return self.progress.handed_over and self._call.operation.writes

    def unknown(self, error: Exception) -> OutcomeUnknown:
        """Return the error that replaces one that is not ours."""
        reason = f"{type(error).__name__} was raised"
        return outcome_unknown(self._call, None, reason)

    def note(self, error: BaseException) -> None:
        """Add a note to an exception that must pass, if the call may have been done."""
        if self.may_have_left:
            error.add_note(
                f"{self._call.label} may have been done anyway; "
                f"look for {self._call.target}"
            )
