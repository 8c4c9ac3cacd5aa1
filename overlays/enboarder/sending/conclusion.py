"""The end of a call: its result, or an error of `error_messages`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from enboarder_api.client import Answer

from ..transport.messages import Failure
from .error_messages import explain, outcome_unknown, refused, unanswered, unreadable
from .plan import Call
from .verdict import Verdict, verdict

T = TypeVar("T")

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def conclude(
    call: Call, result: Answer | Failure, parse: Callable[[Answer], T], now: float
) -> T:
    """Return the result of a call.

    Args:
        call: what was called.
        result: the answer, or why none came.
        parse: reads a successful answer.
        now: seconds since 1970, which a `Retry-After` date is compared with.

    Raises:
        CallError: there is no result; its class says why.
    """
    if isinstance(result, Failure):
        raise unanswered(call, result) from result.cause
    explanation = explain(call.operation, result)
    judged = verdict(call.operation, result, explanation.kind)
    if judged is Verdict.REFUSED:
        raise refused(call, result, explanation.hint, now)
    if judged is Verdict.UNKNOWN:
        raise outcome_unknown(call, result)
    try:
        return parse(result)
    except UNREADABLE as error:
        if call.operation.writes:
            raise outcome_unknown(call, result) from None
        raise unreadable(call, result, error) from None
