"""How a request ended: what the client returned or raised, in the ledger's words."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from enboarder_api.client import Answer

from ..errors import (
    ApiError,
    CallError,
    ConfigurationError,
    ConnectionFailed,
    InvalidInput,
    OutcomeUnknown,
    RateLimited,
    TokenRefused,
    TokenUnavailable,
)
from ..quoting import quotable
from .ledger.record import HOW_TO_RESOLVE, Outcome

LONGEST_MESSAGE = 500
OVERLOADED = (429, 503)

# The client raises these only when nothing was done.
UNSENT = (
    ConfigurationError,
    ConnectionFailed,
    InvalidInput,
    TokenRefused,
    TokenUnavailable,
)
HINTS: dict[type[Exception], str] = {
    ConnectionFailed: "Nothing was sent: check network and proxy, then run again.",
    TokenRefused: "Nothing was done: check id, secret and scope, then run again.",
    TokenUnavailable: "Nothing was done: run again later.",
    InvalidInput: "Nothing was sent: correct the row, then run again.",
    ConfigurationError: "Nothing was sent: correct the settings, then run again.",
}
LOOK = (
    "It may have been done. Look in Enboarder (profile, report, Integration Logs), "
    f"then {HOW_TO_RESOLVE}."
)


@frozen
class Ending:
    """How a request ended."""

    outcome: Outcome
    message: str = ""
    hint: str = ""
    reference_id: str | None = None
    http_status: int | None = None
    error: str = ""
    code: str | None = None
    retry_after: float | None = None
    """The seconds that the service asked for."""

    @property
    def is_overload(self) -> bool:
        """Whether the service asks for fewer requests."""
        return self.http_status in OVERLOADED

    @property
    def reason(self) -> str:
        """What the ledger keeps: no words, which may hold personal data."""
        parts = (self.error, self.http_status, self.code)
        return " ".join(str(part) for part in parts if part)


def done(answer: Any) -> Ending:
    """Return how a request ended that the service carried out."""
    reference_id = getattr(answer, "reference_id", None)
    return Ending(
        Outcome.DONE,
        message=_text(getattr(answer, "message", None)) or "",
        reference_id=_text(reference_id),
    )


def failed(error: Exception) -> Ending:
    """Return how a request ended that the client raised an error for.

    What is neither a definite no nor provably unsent counts as unknown.
    """
    kind = type(error).__name__
    if isinstance(error, OutcomeUnknown):
        return _unknown(error, error.answer)
    if isinstance(error, ApiError):
        return Ending(
            Outcome.REFUSED,
            message=quotable(error.message or error, LONGEST_MESSAGE),
            hint=_hint_of_refusal(error),
            http_status=error.status,
            error=kind,
            code=None if error.code is None else quotable(error.code, 80),
            retry_after=error.retry_after,
        )
    if isinstance(error, UNSENT):
        return Ending(
            Outcome.NOT_SENT,
            message=quotable(error, LONGEST_MESSAGE),
            hint=HINTS[next(one for one in UNSENT if isinstance(error, one))],
            http_status=getattr(error, "status", None),
            error=kind,
        )
    answer = error.answer if isinstance(error, CallError) else None
    return _unknown(error, answer)


def _unknown(error: Exception, answer: Answer | None) -> Ending:
    return Ending(
        Outcome.UNKNOWN,
        message=quotable(error, LONGEST_MESSAGE),
        hint=LOOK,
        http_status=answer.status if answer else None,
        error=type(error).__name__,
        retry_after=_seconds(answer),
    )


def _hint_of_refusal(error: ApiError) -> str:
    if isinstance(error, RateLimited):
        return f"{error.hint} Nothing was done: run again later."
    return error.hint


def _seconds(answer: Answer | None) -> float | None:
    """Return the seconds in `Retry-After`; a date there is not read."""
    if answer is None:
        return None
    value = answer.headers.get("retry-after", "").strip()
    return float(value) if value.isascii() and value.isdigit() else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
