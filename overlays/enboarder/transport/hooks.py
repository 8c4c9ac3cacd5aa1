"""Run the user's event hooks between ours, which record how far an attempt came."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from ..errors import EnboarderError
from .body import UnusableBody, awaited_stream, blocking_stream, bound_body
from .deadline import ClosedBeforeSending
from .engine import HttpRequest, HttpResponse, is_kind

# The library raises each of these before it writes the request to a connection.
NEVER_SENT = (
    "ConnectError",
    "ConnectTimeout",
    "PoolTimeout",
    "ProxyError",
    "UnsupportedProtocol",
)
# Our errors that end an attempt between two steps of the library.
OURS = (EnboarderError, UnusableBody, ClosedBeforeSending)
EXTENSION = "enboarder_progress"


class Progress:
    """How far an attempt has come; our event hooks record it."""

    def __init__(self) -> None:
        self.handed_over = False
        """Whether the transport has got the request, so that it may have left."""
        self.answered = False
        """Whether an answer has come that ends the call. After a 401 or 403, the
        request may be sent again with another token.
        """
        self.refused = False
        """Whether that answer was a 401 or 403, so that nothing was carried out."""
        self.in_hook = False
        """Whether a hook of the user is working on an answer."""
        self.broke_off = False
        """Whether an exception that the HTTP library does not know ended the attempt,
        maybe in the middle of a step of its connection pool.
        """

    def hand_over(self) -> None:
        """Record that the transport gets the request now."""
        self.handed_over = True
        self.answered = False
        self.refused = False

    def answer(self, status: int) -> None:
        """Record that the head of an answer has come."""
        self.refused = status in (401, 403)
        self.answered = not self.refused

    def take_back(self) -> None:
        """Record that the request certainly did not leave, or was refused."""
        self.handed_over = False

    def break_off(self, error: BaseException) -> None:
        """Record the exception that ended the attempt."""
        if not self.handed_over or isinstance(error, OURS):
            return
        if is_kind(error, "HTTPError"):
            return
        if not (self.in_hook and isinstance(error, Exception)):
            self.broke_off = True

    def may_have_left(self, error: Exception) -> bool:
        """Return whether the request may have left in spite of this error."""
        if self.in_hook or self.answered or self.refused:
            return True
        return self.handed_over and not _was_never_sent(error)


def _was_never_sent(error: Exception) -> bool:
    return isinstance(error, ClosedBeforeSending) or is_kind(error, *NEVER_SENT)


def _progress_of(request: HttpRequest) -> Progress:
    progress: Progress = request.extensions[EXTENSION]
    return progress


Hook = Callable[[Any], Any]
AsyncHook = Callable[[Any], Awaitable[Any]]


def blocking_hooks(
    before: list[Hook], after: list[Hook], library: Any
) -> dict[str, list[Hook]]:
    """Return the user's hooks between ours.

    `raise_for_status` does nothing in a hook, because it would prevent the renewal of a
    dead token, and the client judges the answer anyway.
    """
    decoded = blocking_stream(library)

    def on_request(request: HttpRequest) -> None:
        _progress_of(request).hand_over()

    def on_response(response: HttpResponse) -> None:
        progress = _progress_of(response.request)
        progress.answer(response.status_code)
        bound_body(response, decoded)
        progress.in_hook = True
        for hook in after:
            with suppress(library.HTTPStatusError):
                hook(response)
        progress.in_hook = False

    return {"request": [*before, on_request], "response": [on_response]}


def awaited_hooks(
    before: list[AsyncHook], after: list[AsyncHook], library: Any
) -> dict[str, list[AsyncHook]]:
    """Return the user's hooks between ours, for an asynchronous client."""
    decoded = awaited_stream(library)

    async def on_request(request: HttpRequest) -> None:
        _progress_of(request).hand_over()

    async def on_response(response: HttpResponse) -> None:
        progress = _progress_of(response.request)
        progress.answer(response.status_code)
        bound_body(response, decoded)
        progress.in_hook = True
        for hook in after:
            with suppress(library.HTTPStatusError):
                await hook(response)
        progress.in_hook = False

    return {"request": [*before, on_request], "response": [on_response]}
