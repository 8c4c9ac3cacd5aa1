"""A client for the Enboarder REST API (employee onboarding). Unofficial.

`Enboarder` (or `AsyncEnboarder`) with an `ApiKey` or `ClientCredentials` and a `Region`; `models` for what is sent and
received; `EnboarderError` and its subclasses for what goes wrong. What is slow to import is imported when it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from enboarder_api.contract import CONTRACT_VERSION, Region

from .errors import *
from .version import __version__

if TYPE_CHECKING:
    from enboarder_api.client import Answer
    from enboarder_api.types import UNSET, Unset

    from . import models
    from .cache import clear_token_cache
    from .client import AsyncEnboarder, Enboarder
    from .credentials import ApiKey, ClientCredentials
    from .retry import Clock, RetryPolicy

__all__ = ["CONTRACT_VERSION", "UNSET", "Answer", "ApiError", "ApiKey", "AsyncEnboarder", "BadRequest", "CallError"]
__all__ += ["ClientCredentials", "Clock", "ConfigurationError", "Conflict", "ConnectionFailed", "Enboarder"]
__all__ += ["EnboarderError", "Forbidden", "InputInvalid", "NoAnswer", "NotFound", "OutcomeUnknown", "RateLimited"]
__all__ += ["Region", "Rejected", "ResponseInvalid", "RetryPolicy", "ServerError", "TokenRefused", "TokenUnavailable"]
__all__ += ["Unauthorized", "Unset", "__version__", "clear_token_cache", "models"]

_LATER = {
    ".cache": ("clear_token_cache",),
    ".client": ("AsyncEnboarder", "Enboarder"),
    ".credentials": ("ApiKey", "ClientCredentials"),
    ".retry": ("Clock", "RetryPolicy"),
    "enboarder_api.client": ("Answer",),
    "enboarder_api.types": ("UNSET", "Unset"),
}
_MODULES = {name: module for module, names in _LATER.items() for name in names}


if not TYPE_CHECKING:  # a type checker would take any name for given

    def __getattr__(name: str) -> Any:
        if name == "models":
            return import_module(".models", __name__)
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_MODULES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
