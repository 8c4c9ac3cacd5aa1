"""Stores share an access token between processes.

`FileStore` is for one machine, `RedisStore` for a fleet. Give one to a credential,
`ClientCredentials(..., store=FileStore())`, or name it in `ENBOARDER_TOKEN_STORE` for
`from_env()`. A custom store derives from `Store` and implements its four verbs.

Each of the two needs an extra, so it is imported on first use: in a checkout,
`pip install '.[file]'` or `pip install '.[redis]'`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..auth.token import TokenKey
from ..errors import ConfigurationError
from ..extras import how_to_install
from .base import Store, StoredToken

if TYPE_CHECKING:
    from .file import FileStore
    from .redis import RedisStore

__all__ = ["FileStore", "RedisStore", "Store", "StoredToken", "TokenKey"]

# The extra of each store; its module has the same name.
_EXTRAS = {"FileStore": "file", "RedisStore": "redis"}


# A type checker would accept any name if it saw this function.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _EXTRAS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        extra = _EXTRAS[name]
        try:
            return getattr(import_module(f".{extra}", __name__), name)
        except ModuleNotFoundError as error:
            message = (
                f"{name} needs {error.name}, which an extra installs; "
                f"{how_to_install(extra)}"
            )
            raise ConfigurationError(message) from None
        except OSError as error:
            # For example, no file descriptor is left.
            message = f"{name} cannot be loaded: {error.strerror}"
            raise ConfigurationError(message) from None


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
