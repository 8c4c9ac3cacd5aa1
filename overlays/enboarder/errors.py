"""Every error that the client raises.

EnboarderError
├── ConfigurationError      the client cannot be built like this (also a ValueError)
├── InputInvalid            an argument is wrong; nothing was sent (also a ValueError)
├── TokenRefused            the token endpoint says no: wrong id, secret or scope
├── TokenUnavailable        the token endpoint could not be asked, or gave no sensible answer
└── CallError
    ├── ConnectionFailed    the request never left
    ├── NoAnswer            a read got no answer; nothing was changed
    ├── OutcomeUnknown      a write was sent, and perhaps done: look before you send it again
    ├── ResponseInvalid     an answer cannot be read
    └── ApiError            the service says no
        ├── Rejected        ... in an answer that looks like a success
        ├── BadRequest      400, 422
        ├── Unauthorized    401
        ├── Forbidden       403
        ├── NotFound        404
        ├── Conflict        409
        ├── RateLimited     429
        └── ServerError     5xx
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enboarder_api.client import Answer

__all__ = [
    "ApiError",
    "BadRequest",
    "CallError",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "EnboarderError",
]
__all__ += ["Forbidden", "InputInvalid", "NoAnswer", "NotFound", "OutcomeUnknown", "RateLimited", "Rejected"]
__all__ += ["ResponseInvalid", "ServerError", "TokenRefused", "TokenUnavailable", "Unauthorized"]


class EnboarderError(Exception):
    """The root of all errors of this package."""


class ConfigurationError(EnboarderError, ValueError):
    """The client cannot be built from these settings."""


class InputInvalid(EnboarderError, ValueError):
    """An argument is wrong; nothing was sent. `faults` has one sentence a fault, each with its place."""

    def __init__(self, text: str, *, faults: Sequence[str] = ()) -> None:
        super().__init__("\n  - ".join([text, *faults]))
        self.faults = tuple(faults)


class TokenRefused(EnboarderError):
    """The token endpoint refused: `status` is the HTTP status, `code` the OAuth2 error code if it gave one."""

    def __init__(self, text: str, *, status: int | None = None, code: str | None = None) -> None:
        super().__init__(text)
        self.status, self.code = status, code


class TokenUnavailable(EnboarderError):
    """No token could be had for now; `retry_after` is the wait, in seconds, that the endpoint asked for."""

    def __init__(self, text: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(text)
        self.status, self.retry_after = status, retry_after


class CallError(EnboarderError):
    """A call failed: `operation` is its name (`workflows.launch_basic`), `answer` what came back, if anything did."""

    def __init__(self, text: str, *, operation: str = "", answer: Answer | None = None) -> None:
        super().__init__(text)
        self.operation, self.answer = operation, answer
        self.status = answer.status if answer else None


class ConnectionFailed(CallError):
    """The request never left: no connection could be made. It is safe to send it again."""


class NoAnswer(CallError):
    """A read was sent and got no answer. Nothing was changed; it is safe to send it again."""


class OutcomeUnknown(CallError):
    """A write was sent, and whether it was done is unknown. `external_id` is what to look for before sending it again."""

    def __init__(
        self, text: str, *, external_id: str | None = None, operation: str = "", answer: Answer | None = None
    ) -> None:
        super().__init__(text, operation=operation, answer=answer)
        self.external_id = external_id


class ResponseInvalid(CallError):
    """An answer cannot be read; `answer` holds it as it came."""


class ApiError(CallError):
    """The service refused.

    `code` and `message` are its own words, `hint` says what to do next, `body` is the answer as JSON (or text), and
    `retry_after` the wait, in seconds, that it asked for.
    """

    def __init__(
        self,
        text: str,
        *,
        hint: str = "",
        retry_after: float | None = None,
        operation: str = "",
        answer: Answer | None = None,
    ) -> None:
        super().__init__(text, operation=operation, answer=answer)
        self.hint, self.retry_after = hint, retry_after
        self.code, self.message = (answer.code, answer.message) if answer else (None, None)
        self.body: Any = answer.value if answer else None


class Rejected(ApiError):
    """A refusal inside an answer that looks like a success."""


class BadRequest(ApiError):
    """400 or 422."""


class Unauthorized(ApiError):
    """401: the credential is not accepted, even after one renewal of the token."""


class Forbidden(ApiError):
    """403."""


class NotFound(ApiError):
    """404."""


class Conflict(ApiError):
    """409."""


class RateLimited(ApiError):
    """429: the request was not carried out."""


class ServerError(ApiError):
    """5xx to a read, or with a refusal that says that nothing was done."""
