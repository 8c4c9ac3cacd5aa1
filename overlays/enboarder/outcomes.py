"""What an answer, or the lack of one, means for the caller. Pure functions: nothing here sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from enboarder_api.client import Answer, Operation

from . import errors
from .messages import Failure
from .retry import retry_after

T = TypeVar("T")

BY_STATUS: dict[int, type[errors.ApiError]] = {400: errors.BadRequest, 422: errors.BadRequest, 401: errors.Unauthorized}
BY_STATUS.update({403: errors.Forbidden, 404: errors.NotFound, 409: errors.Conflict, 429: errors.RateLimited})


class Call(NamedTuple):
    """One call, as the errors tell of it."""

    operation: Operation
    url: str
    external_ids: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.operation.name} ({self.operation.method} {self.url})"

    @property
    def named(self) -> str:
        """What to look for."""
        ids = ", ".join(map(repr, self.external_ids))
        return f"external id {ids[:200]}" if ids else "it (the request named no external id)"

    def note(self, error: BaseException) -> None:
        """Add to an error that breaks the call off what that leaves unknown."""
        if self.operation.writes:
            error.add_note(f"{self.label} may have been done all the same; look for {self.named}")


def conclude(call: Call, result: Answer | Failure, parse: Callable[[Answer], T], now: float) -> T:
    """What `parse` makes of a success; raises the error that says what else happened."""
    if isinstance(result, Failure):
        raise _failed(call, result)
    kind, hint = explained(call.operation, result)
    success, writes = 200 <= result.status < 300, call.operation.writes
    unsure = not 400 <= result.status < 500 or result.status in (408, 499)  # by these, somebody stopped waiting
    if kind == "refusal" or not (success or (writes and (unsure or kind == "success"))):
        raise _refused(call, result, hint, now)
    told = call.operation.by_message or (writes and result.code)
    if not success or (told and kind != "success"):
        raise _unknown(call, result)
    try:
        return parse(result)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise (_unknown(call, result) if writes else _unreadable(call, result, error)) from None


def explained(operation: Operation, answer: Answer) -> tuple[str | None, str]:
    """What kind of message the error catalogue takes an answer for, and what it says to do."""
    coded = b'code"' in answer.content and answer.code is not None  # the first look spares reports a second parsing
    if 200 <= answer.status < 300 and not (operation.by_message or coded):
        return None, ""
    from enboarder_api.catalogue import find  # needed only when there is something to explain

    entry = find(operation.name, answer.status, answer.code, answer.message)
    if entry:
        return entry.kind, f"{entry.meaning} {entry.fix}"
    if answer.status < 400:
        return None, "Redirects are not followed, as the credential could go elsewhere; check region and base_url."
    if answer.status >= 500:
        return None, "The service, or something before it, failed; try again later."
    return None, "The error catalogue does not know this answer; .body holds it."


def _failed(call: Call, failure: Failure) -> errors.CallError:
    name, reason = call.operation.name, failure.reason
    if not failure.sent:
        text = f"{call.label}: no connection ({reason}), so nothing was sent; check network, proxy, CA certificates, region"
        return errors.ConnectionFailed(text, operation=name)
    if not call.operation.writes:
        return errors.NoAnswer(f"{call.label}: no answer ({reason}); nothing was changed, try again", operation=name)
    return _unknown(call, None, f"no answer came ({reason})")


def _unknown(call: Call, answer: Answer | None, said: str = "") -> errors.OutcomeUnknown:
    said = said or f"the answer ({answer and answer.status}) says neither done nor refused"
    text = f"{call.label}: sent, but {said}. It may have been done: look for {call.named} in Enboarder before you send it again."
    known = {"external_id": ", ".join(call.external_ids) or None, "external_ids": call.external_ids}
    return errors.OutcomeUnknown(text, operation=call.operation.name, answer=answer, **known)


def _unreadable(call: Call, answer: Answer, error: Exception) -> errors.ResponseInvalid:
    kind = answer.headers.get("content-type", "no content type")
    text = f"{call.label}: the answer ({answer.status}, {kind}, {len(answer.content)} bytes) cannot be read: {error}; see .answer, base_url"
    return errors.ResponseInvalid(text, operation=call.operation.name, answer=answer)


def _refused(call: Call, answer: Answer, hint: str, now: float) -> errors.ApiError:
    fallback = errors.ServerError if answer.status >= 500 else errors.ApiError
    kind = errors.Rejected if 200 <= answer.status < 300 else BY_STATUS.get(answer.status, fallback)
    said = "; ".join([answer.message or "", *map(str, answer.errors)])[:500].strip("; .")
    wait = retry_after(answer.headers, now)
    asked = "" if wait is None else f" It asks to wait {wait:.0f} s."
    text = f"{call.label}: refused ({answer.status}){said and ': '}{said}. {hint}{asked}"
    known = {"code": answer.code, "message": answer.message, "hint": hint, "body": answer.value}
    known |= {"operation": call.operation.name, "retry_after": wait}
    return kind(text, answer=answer, **known)
