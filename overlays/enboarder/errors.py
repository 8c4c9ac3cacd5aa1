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
    from enboarder_api.client import Answer

__all__ = ["ApiError", "BadRequest", "CallError", "ConfigurationError", "Conflict", "ConnectionFailed"]
__all__ += ["EnboarderError", "Forbidden", "InputInvalid", "NoAnswer", "NotFound", "OutcomeUnknown", "RateLimited"]
__all__ += ["Rejected", "ResponseInvalid", "ServerError", "TokenRefused", "TokenUnavailable", "Unauthorized"]


class EnboarderError(Exception):
    """The root of all errors of this package. What is known besides the text stands in attributes."""

    def __init__(self, text: str, **known: Any) -> None:
        super().__init__(text)
        vars(self).update(known)


class ConfigurationError(EnboarderError, ValueError):
    """The client cannot be built from these settings."""


class InputInvalid(EnboarderError, ValueError):
    """An argument is wrong; nothing was sent."""

    faults: tuple[str, ...] = ()
    """One sentence a fault, each with its place."""


class TokenRefused(EnboarderError):
    """The token endpoint refused."""

    status: int | None = None
    code: str | None = None
    """The OAuth2 error code, if it gave one."""


class TokenUnavailable(EnboarderError):
    """No token could be had for now."""

    status: int | None = None
    retry_after: float | None = None
    """The wait, in seconds, that the endpoint asked for."""


class CallError(EnboarderError):
    """A call failed."""

    operation: str = ""
    """Its name, such as `workflows.launch_basic`."""
    answer: Answer | None = None
    """What came back, if anything did."""

    @property
    def status(self) -> int | None:
        """The HTTP status, if there was an answer."""
        return self.answer.status if self.answer else None


class ConnectionFailed(CallError):
    """The request never left: no connection could be made. It is safe to send it again."""


class NoAnswer(CallError):
    """A read was sent and got no answer. Nothing was changed; it is safe to send it again."""


class OutcomeUnknown(CallError):
    """A write was sent, and whether it was done is unknown: look before you send it again."""

    external_id: str | None = None
    """What to look for: the external id that the request named; all of them as one text, after a bulk launch."""
    external_ids: tuple[str, ...] = ()
    """Each of them."""


class ResponseInvalid(CallError):
    """An answer cannot be read; `answer` holds it as it came."""


class ApiError(CallError):
    """The service refused."""

    code: str | None = None
    message: str | None = None
    """The service's own words."""
    hint: str = ""
    """What it means, and what to do next."""
    body: Any = None
    """The answer as JSON, or as text when it is none."""
    retry_after: float | None = None
    """The wait, in seconds, that the service asked for."""


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
