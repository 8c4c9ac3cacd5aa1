"""What an answer means: the call is done, it is refused, or nobody knows."""

from __future__ import annotations

from enum import Enum

from enboarder_api.client import Answer, Operation


class Verdict(Enum):
    """How a call that got an answer ended."""

    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


def verdict(operation: Operation, answer: Answer, kind: str | None) -> Verdict:
    """Judge an answer.

    Args:
        operation: what was called.
        answer: what the service said.
        kind: the kind of the message in the error catalogue; None if it is not there.

    Returns:
        A write whose outcome is not certain is UNKNOWN and never REFUSED, because users
        send a refused write again.
    """
    if kind == "refusal":
        return Verdict.REFUSED
    if is_success(answer):
        needs_words = _is_judged_by_its_words(operation, answer)
        if needs_words and kind != "success":
            return Verdict.UNKNOWN
        return Verdict.DONE
    if not operation.writes:
        return Verdict.REFUSED
    if kind == "success":
        # The message says success, but the status says failure.
        return Verdict.UNKNOWN
    if _is_certain_refusal(answer.status):
        return Verdict.REFUSED
    return Verdict.UNKNOWN


def is_success(answer: Answer) -> bool:
    """Return whether the status of an answer is a 2xx."""
    return 200 <= answer.status < 300


def _is_judged_by_its_words(operation: Operation, answer: Answer) -> bool:
    """Return whether a 2xx alone does not mean success.

    The workflow engine reports successes and failures with one JSON shape. Elsewhere,
    an error code in the answer to a write contradicts the status.
    """
    if operation.by_message:
        return True
    return operation.writes and answer.code is not None


def _is_certain_refusal(status: int) -> bool:
    # 408 and 499 mean that a proxy or server stopped waiting; the service may have gone
    # on.
    return 400 <= status < 500 and status not in (408, 499)
