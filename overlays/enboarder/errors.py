"""Every error that the client raises.

EnboarderError
├── ConfigurationError      the client cannot be built like this (also a ValueError)
├── InvalidInput            an argument is wrong; nothing was sent (also a ValueError)
├── TokenRefused            the token endpoint says no: wrong id, secret or scope
├── TokenUnavailable        the token endpoint gave no usable answer
└── CallError
    ├── ConnectionFailed    the request never left
    ├── NoAnswer            a read got no answer; nothing was changed
    ├── OutcomeUnknown      a write was sent and perhaps done: look before you repeat it
    ├── InvalidResponse     an answer cannot be read
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

from typing import Any

from enboarder_api.client import Answer

__all__ = [
    "ApiError",
    "BadRequest",
    "CallError",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "EnboarderError",
    "Forbidden",
    "InvalidInput",
    "InvalidResponse",
    "NoAnswer",
    "NotFound",
    "OutcomeUnknown",
    "RateLimited",
    "Rejected",
    "ServerError",
    "TokenRefused",
    "TokenUnavailable",
    "Unauthorized",
]


class EnboarderError(Exception):
    """The root of all errors of this package."""

    cursor: str | None = None
    """Where an iteration (`iter_…`) ended; `iter_…(cursor=…)` continues there.

    None means the first page, or a call that does not iterate.
    """


class ConfigurationError(EnboarderError, ValueError):
    """The client cannot be built from these settings."""


class InvalidInput(EnboarderError, ValueError):
    """An argument is wrong; nothing was sent."""

    problems: tuple[str, ...]
    """One sentence per problem, with the place of the problem."""

    def __init__(self, text: str, *, problems: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.problems = problems


class TokenRefused(EnboarderError):
    """The token endpoint refused."""

    status: int | None
    """The HTTP status of the refusal."""
    code: str | None
    """The OAuth2 error code, if the endpoint gave one (RFC 6749, 5.2)."""

    def __init__(
        self, text: str, *, status: int | None = None, code: str | None = None
    ) -> None:
        super().__init__(text)
        self.status = status
        self.code = code


class TokenUnavailable(EnboarderError):
    """No token is available for now."""

    status: int | None
    """The HTTP status, if there was an answer."""
    retry_after: float | None
    """The wait, in seconds, that the endpoint asked for."""

    def __init__(
        self,
        text: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(text)
        self.status = status
        self.retry_after = retry_after


class CallError(EnboarderError):
    """A call failed."""

    operation: str
    """The name of the operation, such as `workflows.launch_basic`."""
    answer: Answer | None
    """What the service answered, if it answered."""

    def __init__(
        self, text: str, *, operation: str = "", answer: Answer | None = None
    ) -> None:
        super().__init__(text)
        self.operation = operation
        self.answer = answer

    @property
    def status(self) -> int | None:
        """The HTTP status, if there was an answer."""
        return self.answer.status if self.answer else None


class ConnectionFailed(CallError):
    """The request never left, because no connection could be made. Repeat it safely."""


class NoAnswer(CallError):
    """A read was sent and got no answer. Nothing was changed; repeat it safely."""


class OutcomeUnknown(CallError):
    """A write was sent, and may have been done: look before you send it again."""

    external_ids: tuple[str, ...]
    """The external ids to look for; a bulk launch names several."""

    def __init__(
        self,
        text: str,
        *,
        operation: str = "",
        answer: Answer | None = None,
        external_ids: tuple[str, ...] = (),
    ) -> None:
        super().__init__(text, operation=operation, answer=answer)
        self.external_ids = external_ids

    @property
    def external_id(self) -> str | None:
        """The external ids as one text; None if the request named none."""
        return ", ".join(self.external_ids) or None


class InvalidResponse(CallError):
    """An answer cannot be read; `answer` holds it unchanged."""


class ApiError(CallError):
    """The service refused."""

    code: str | None
    """The symbolic code of the refusal, if the answer has one."""
    message: str | None
    """The service's own words on one line, shortened; `answer.message` has all of them.
    """
    hint: str
    """What the refusal means, and what to do next."""
    body: Any
    """The answer as JSON, or as text if it is not JSON."""
    retry_after: float | None
    """The wait, in seconds, that the service asked for."""

    def __init__(
        self,
        text: str,
        *,
        operation: str = "",
        answer: Answer | None = None,
        code: str | None = None,
        message: str | None = None,
        hint: str = "",
        body: Any = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(text, operation=operation, answer=answer)
        self.code = code
        self.message = message
        self.hint = hint
        self.body = body
        self.retry_after = retry_after


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
    """5xx after a read, or with a known message that says that nothing was done."""
