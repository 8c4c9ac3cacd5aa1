"""What errors say about a call: it was refused, unanswered, or unreadable.

What a refusal means, and what to do about it, comes from the error catalogue in
`openapi/enboarder.yaml`. Everything else that these errors say is written here;
`enboarder.errors` has only their classes.
"""

from __future__ import annotations

from attrs import frozen

from enboarder_api.client import Answer, Operation

from .. import errors
from ..quoting import quotable
from ..transport.messages import Failure, retry_after
from .plan import Call
from .verdict import is_success

BY_STATUS: dict[int, type[errors.ApiError]] = {
    400: errors.BadRequest,
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    422: errors.BadRequest,
    429: errors.RateLimited,
}
LONGEST_CODE = 80
"""Characters of a code of the service that an error repeats."""
LONGEST_REFUSAL = 50_000
"""Bytes of an answer with a status 2xx that may be a refusal."""
LONGEST_MESSAGE = 500
"""Characters of its words that an error repeats."""


@frozen
class Explanation:
    """The entry of the error catalogue for an answer."""

    kind: str | None
    """The kind of the message; None if the catalogue does not know it."""
    hint: str
    """What it means, and what to do."""


NOTHING_TO_EXPLAIN = Explanation(None, "")


def explain(operation: Operation, answer: Answer) -> Explanation:
    """Look an answer up in the error catalogue."""
    if is_success(answer) and not operation.by_message and not _has_code(answer):
        return NOTHING_TO_EXPLAIN
    # It is needed only if there is something to explain.
    from enboarder_api.catalogue import find

    entry = find(operation.name, answer.status, answer.code, answer.message)
    if entry:
        return Explanation(entry.kind, f"{entry.meaning} {entry.fix}")
    return Explanation(None, general_hint(answer.status))


def _has_code(answer: Answer) -> bool:
    """Return whether an answer has an error code.

    A page of a report is not parsed for that: it is long, and a refusal is short.
    """
    content = answer.content
    may_have_one = len(content) <= LONGEST_REFUSAL and b'code"' in content
    return may_have_one and answer.code is not None


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


def unanswered(call: Call, failure: Failure) -> errors.CallError:
    """Return the error for a call that got no answer."""
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
    advice = "try again"
    if failure.is_lasting:
        advice = "but it would come again: ask for less, or check proxy and base_url"
    return errors.NoAnswer(
        f"{call.label}: no answer ({reason}); nothing was changed, {advice}",
        operation=name,
    )


def outcome_unknown(
    call: Call, answer: Answer | None, what: str = ""
) -> errors.OutcomeUnknown:
    """Return the error for a write that may have been carried out.

    Args:
        call: what was called.
        answer: the answer of the service, if there is one.
        what: what happened instead of an answer.
    """
    if answer is not None:
        what = f"the answer ({answer.status}) does not say whether it was done"
    return errors.OutcomeUnknown(
        f"{call.label}: sent, but {what}. It may have been done: "
        f"look for {call.target} in Enboarder before you send it again.",
        operation=call.operation.name,
        answer=answer,
        external_ids=call.external_ids,
    )


def unreadable(call: Call, answer: Answer, error: Exception) -> errors.InvalidResponse:
    """Return the error for an answer that the parser does not understand."""
    kind = quotable(answer.headers.get("content-type", "no content type"), 80)
    size = len(answer.content)
    return errors.InvalidResponse(
        f"{call.label}: the answer ({answer.status}, {kind}, {size} bytes) cannot be "
        f"read: {quotable(error)}; see .answer, and check base_url",
        operation=call.operation.name,
        answer=answer,
    )


def refused(call: Call, answer: Answer, hint: str, now: float) -> errors.ApiError:
    """Return the error for a refusal.

    Args:
        call: what was called.
        answer: the refusal.
        hint: what it means, and what to do.
        now: seconds since 1970, which a `Retry-After` date is compared with.
    """
    wait = retry_after(answer.headers, now)
    text = f"{call.label}: refused ({_quoted(answer)}). {hint}"
    if wait is not None:
        text = f"{text} The service asks to wait {wait:.0f} s."
    return _refusal_kind(answer)(
        text,
        operation=call.operation.name,
        answer=answer,
        code=_words(answer.code, LONGEST_CODE),
        message=_words(answer.message, LONGEST_MESSAGE),
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


def _words(said: str | None, longest: int) -> str | None:
    """Return words of the service that fit on a line; None if it said nothing."""
    return quotable(said or "", longest) or None


def _quoted(answer: Answer) -> str:
    """Return status, code and the service's own words, in quotation marks."""
    parts = [str(answer.status)]
    if answer.code:
        parts.append(quotable(answer.code, LONGEST_CODE))
    said = [answer.message or "", *map(str, answer.errors)]
    words = quotable("; ".join(word for word in said if word), LONGEST_MESSAGE)
    if words:
        parts.append(f'"{words}"')
    return ", ".join(parts)
