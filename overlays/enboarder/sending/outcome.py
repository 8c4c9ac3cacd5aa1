"""The result of a call, or the error that says what happened instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from attrs import frozen

from enboarder_api.client import Answer, Operation

from .. import errors
from ..transport.messages import Failure, retry_after
from ..words import quotable
from .plan import Call
from .verdict import Verdict, is_success, verdict

T = TypeVar("T")

BY_STATUS: dict[int, type[errors.ApiError]] = {
    400: errors.BadRequest,
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    422: errors.BadRequest,
    429: errors.RateLimited,
}
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def conclude(
    call: Call, result: Answer | Failure, parse: Callable[[Answer], T], now: float
) -> T:
    """Return what a call brought.

    Args:
        call: what was called.
        result: the answer, or why none came.
        parse: reads a successful answer.
        now: seconds since 1970, which a `Retry-After` date is compared with.

    Raises:
        CallError: the kind that says what happened instead.
    """
    if isinstance(result, Failure):
        raise _failed(call, result) from result.cause
    explanation = explain(call.operation, result)
    judged = verdict(call.operation, result, explanation.kind)
    if judged is Verdict.REFUSED:
        raise _refused(call, result, explanation.hint, now)
    if judged is Verdict.UNKNOWN:
        raise outcome_unknown(call, result)
    try:
        return parse(result)
    except UNREADABLE as error:
        if call.operation.writes:
            raise outcome_unknown(call, result) from None
        raise _unreadable(call, result, error) from None


@frozen
class Explanation:
    """What the error catalogue says of an answer."""

    kind: str | None
    """What kind of message it is; None if the catalogue does not know it."""
    hint: str
    """What it means, and what to do."""


def explain(operation: Operation, answer: Answer) -> Explanation:
    """Look an answer up in the error catalogue."""
    # The first look spares the pages of reports a second parsing.
    has_code = b'code"' in answer.content and answer.code is not None
    if is_success(answer) and not operation.by_message and not has_code:
        return Explanation(None, "")
    # Needed only when there is something to explain.
    from enboarder_api.catalogue import find

    entry = find(operation.name, answer.status, answer.code, answer.message)
    if entry:
        return Explanation(entry.kind, f"{entry.meaning} {entry.fix}")
    return Explanation(None, general_hint(answer.status))


def general_hint(status: int) -> str:
    """Return what a status means that the error catalogue does not know."""
    if status < 400:
        return (
            "Redirects are not followed, because the credential could go elsewhere; "
            "check region and base_url."
        )
    if status >= 500:
        return "The service, or something in front of it, failed; try again later."
    return "The error catalogue does not know this answer; .body holds it."


def _failed(call: Call, failure: Failure) -> errors.CallError:
    name = call.operation.name
    reason = failure.reason
    if not failure.sent:
        return errors.ConnectionFailed(
            f"{call.label}: no connection ({reason}), so nothing was sent; "
            "check network, proxy, CA certificates and region",
            operation=name,
        )
    if call.operation.writes:
        return outcome_unknown(call, None, f"no answer came ({reason})")
    return errors.NoAnswer(
        f"{call.label}: no answer ({reason}); nothing was changed, try again",
        operation=name,
    )


def outcome_unknown(
    call: Call, answer: Answer | None, what: str = ""
) -> errors.OutcomeUnknown:
    """Return the error that says that a write may have been done.

    Args:
        call: what was called.
        answer: what the service said, if it said anything.
        what: what happened instead of an answer.
    """
    if answer is not None:
        what = f"the answer ({answer.status}) says neither done nor refused"
    return errors.OutcomeUnknown(
        f"{call.label}: sent, but {what}. It may have been done: "
        f"look for {call.target} in Enboarder before you send it again.",
        operation=call.operation.name,
        answer=answer,
        external_ids=call.external_ids,
    )


def _unreadable(call: Call, answer: Answer, error: Exception) -> errors.InvalidResponse:
    kind = quotable(answer.headers.get("content-type", "no content type"), 80)
    size = len(answer.content)
    return errors.InvalidResponse(
        f"{call.label}: the answer ({answer.status}, {kind}, {size} bytes) cannot be "
        f"read: {quotable(error)}; see .answer, and check base_url",
        operation=call.operation.name,
        answer=answer,
    )


def _refused(call: Call, answer: Answer, hint: str, now: float) -> errors.ApiError:
    wait = retry_after(answer.headers, now)
    text = f"{call.label}: refused ({_quoted(answer)}). {hint}"
    if wait is not None:
        text = f"{text} The service asks to wait {wait:.0f} s."
    return _refusal_kind(answer)(
        text,
        operation=call.operation.name,
        answer=answer,
        code=answer.code,
        message=answer.message,
        hint=hint,
        body=answer.value,
        retry_after=wait,
    )


def _refusal_kind(answer: Answer) -> type[errors.ApiError]:
    if is_success(answer):
        return errors.Rejected
    if answer.status >= 500:
        return errors.ServerError
    return BY_STATUS.get(answer.status, errors.ApiError)


def _quoted(answer: Answer) -> str:
    """Return status, code and the service's own words, in quotation marks."""
    parts = [str(answer.status)]
    if answer.code:
        parts.append(quotable(answer.code, 80))
    said = [answer.message or "", *map(str, answer.errors)]
    words = quotable("; ".join(word for word in said if word), 500)
    if words:
        parts.append(f'"{words}"')
    return ", ".join(parts)
