"""A client for the Enboarder REST API (employee onboarding). Unofficial.

Build an `Enboarder` (or `AsyncEnboarder`) from an `ApiKey` or `ClientCredentials` and a
`Region`. `models` has the data of requests and answers; all errors are subclasses of
`EnboarderError`. Each name is imported on its first use, because some are slow to
import.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from enboarder_api.client import Answer
    from enboarder_api.contract import CONTRACT_VERSION, Region
    from enboarder_api.types import UNSET, Unset

    from . import models
    from .auth.api_key import ApiKey
    from .auth.client_credentials import ClientCredentials
    from .auth.process_caches import clear_token_cache
    from .checking import check
    from .client import AsyncEnboarder, Enboarder
    from .clock import Clock
    from .errors import (
        ApiError,
        BadRequest,
        CallError,
        ConfigurationError,
        Conflict,
        ConnectionFailed,
        EnboarderError,
        Forbidden,
        InvalidInput,
        InvalidResponse,
        NoAnswer,
        NotFound,
        OutcomeUnknown,
        RateLimited,
        Rejected,
        ServerError,
        TokenRefused,
        TokenUnavailable,
        Unauthorized,
    )
    from .sending.retry import Attempt, RetryPolicy
    from .users import Upserted

__all__ = [
    "CONTRACT_VERSION",
    "UNSET",
    "Answer",
    "ApiError",
    "ApiKey",
    "AsyncEnboarder",
    "Attempt",
    "BadRequest",
    "CallError",
    "ClientCredentials",
    "Clock",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Enboarder",
    "EnboarderError",
    "Forbidden",
    "InvalidInput",
    "InvalidResponse",
    "NoAnswer",
    "NotFound",
    "OutcomeUnknown",
    "RateLimited",
    "Region",
    "Rejected",
    "RetryPolicy",
    "ServerError",
    "TokenRefused",
    "TokenUnavailable",
    "Unauthorized",
    "Unset",
    "Upserted",
    "__version__",
    "check",
    "clear_token_cache",
    "models",
]

_HOMES = {
    "CONTRACT_VERSION": "enboarder_api.contract",
    "Region": "enboarder_api.contract",
    "Answer": "enboarder_api.client",
    "UNSET": "enboarder_api.types",
    "Unset": "enboarder_api.types",
    "ApiKey": "enboarder.auth.api_key",
    "ClientCredentials": "enboarder.auth.client_credentials",
    "clear_token_cache": "enboarder.auth.process_caches",
    "check": "enboarder.checking",
    "AsyncEnboarder": "enboarder.client",
    "Enboarder": "enboarder.client",
    "Clock": "enboarder.clock",
    "Attempt": "enboarder.sending.retry",
    "RetryPolicy": "enboarder.sending.retry",
    "Upserted": "enboarder.users",
}


# With this function, a type checker would accept any name.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Import a public name on its first use."""
        if name == "models":
            return import_module("enboarder.models")
        if name not in __all__:
            # Only needed where something goes wrong.
            from .misspelling import suggestion

            hint = suggestion(name, __name__, __all__)
            text = f"module {__name__!r} has no attribute {name!r}{hint}"
            raise AttributeError(text)
        home = _HOMES.get(name, "enboarder.errors")
        return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
