"""Stores share an access token beyond a process: `FileStore` on one machine, `RedisStore` in a fleet.

`ClientCredentials(..., store=FileStore())`, or `ENBOARDER_TOKEN_STORE` for `from_env()`. A store of your own derives
from `Store` and has its four verbs. The two are imported when they are used, as each needs an extra: `pip install
'.[file]'`, `pip install '.[redis]'` in a checkout.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..errors import ConfigurationError
from ..tokens import Slot
from .base import Kept, Store

if TYPE_CHECKING:
    from .file import FileStore
    from .redis import RedisStore

__all__ = ["FileStore", "Kept", "RedisStore", "Slot", "Store"]

_EXTRAS = {"FileStore": "file", "RedisStore": "redis"}  # the extra, and the module of that name


if not TYPE_CHECKING:  # a type checker would take any name for given

    def __getattr__(name: str) -> Any:
        if name not in _EXTRAS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        extra = _EXTRAS[name]
        try:
            return getattr(import_module(f".{extra}", __name__), name)
        except ModuleNotFoundError as error:
            message = f"{name} needs {error.name}, which an extra installs: pip install '.[{extra}]' in a checkout"
            raise ConfigurationError(message) from None


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
