"""The engine of a client: the HTTP library that sends its requests.

httpx is the default, and httpx2 continues it under another name, with the same names
inside. Only the modules of `transport/` import one of them, and only the chosen one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from types import new_class
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from attrs import frozen

from ..errors import ConfigurationError
from ..extras import how_to_install

if TYPE_CHECKING:
    # Type checkers see the default engine, whose names the other one shares.
    import httpx

    Auth: TypeAlias = httpx.Auth
    Client: TypeAlias = httpx.Client
    AsyncClient: TypeAlias = httpx.AsyncClient
    HttpRequest: TypeAlias = httpx.Request
    HttpResponse: TypeAlias = httpx.Response
else:
    AsyncClient = Client = HttpRequest = HttpResponse = Any

    class Auth:
        """Takes the place of `httpx.Auth` until `joined` adds that of a library."""


EngineName: TypeAlias = Literal["httpx", "httpx2", "aiohttp"]
T = TypeVar("T")

VARIABLE = "ENBOARDER_ENGINE"
LIBRARIES = ("httpx", "httpx2")
ENGINES = ("httpx", "httpx2", "aiohttp")


@frozen
class Engine:
    """An engine that is installed."""

    name: EngineName
    library: Any
    """The module `httpx` or `httpx2`."""


def engine_of(options: Mapping[str, Any]) -> Engine:
    """Return the engine that options name, or else the environment; by default httpx.

    Raises:
        ConfigurationError: there is no such engine, or it is not installed.
    """
    name: Any = options.get("engine") or os.environ.get(VARIABLE) or "httpx"
    if name not in ENGINES:
        known = ", ".join(ENGINES)
        raise ConfigurationError(
            f"there is no engine {name!r}; set engine, or the variable {VARIABLE}, to "
            f"one of {known}"
        )
    return _installed(name)


def choose_engine(options: Any, name: str | None = None) -> None:
    """Write the chosen engine into options, so that it stays the same from now on.

    Call it only on keyword arguments, because it changes the mapping.

    Args:
        options: those of a client.
        name: the engine to choose, if it is not the one of the options.

    Raises:
        ConfigurationError: there is no such engine, or it is not installed.
    """
    options["engine"] = engine_of({"engine": name} if name else options).name


def _installed(name: EngineName) -> Engine:
    try:
        return Engine(name, _imported(name))
    except ImportError:
        text = f"the engine {name} is not installed; {how_to_install(name)}"
    except OSError as error:
        text = (
            f"the engine {name} cannot be loaded ({error.strerror}); see that Python "
            "can open the files of that package"
        )
    raise ConfigurationError(text)


def _imported(name: EngineName) -> Any:
    """Return the library of an engine.

    Each is named by a statement, so that tools such as PyInstaller find it.
    """
    if name == "httpx2":
        import httpx2

        return httpx2
    if name == "aiohttp":
        # It sends for asynchronous clients of httpx.
        import_module("aiohttp")
    import httpx

    return httpx


def library_of(value: object) -> Any:
    """Return the library to which a client, a request or an answer belongs."""
    kind: Any = type(value)
    return _library_of_class(kind)


@lru_cache
def _library_of_class(kind: Any) -> Any:
    for base in kind.__mro__:
        package = base.__module__.partition(".")[0]
        if package in LIBRARIES:
            return sys.modules[package]
    raise TypeError(f"{kind.__name__} belongs to no HTTP library")


def is_kind(value: object, *names: str) -> bool:
    """Return whether the class of a value has such a name in httpx or httpx2.

    A class counts as one of those from which it derives.
    """
    return any(
        kind.__name__ in names and kind.__module__ in LIBRARIES
        for kind in type(value).__mro__
    )


def joined(kind: type[T], *bases: Any) -> type[T]:
    """Return a class like `kind` that also derives from classes of an engine.

    A library accepts only instances of its own base classes.
    """
    extended: Any = kind
    made: type[T] = _joined(extended, bases)
    return made


@lru_cache
def _joined(kind: Any, bases: tuple[Any, ...]) -> Any:
    made = new_class(kind.__name__, (kind, *bases))
    # Those who read its name see the class that it extends.
    made.__module__ = kind.__module__
    made.__doc__ = kind.__doc__
    return made


def signing(kind: type[T]) -> type[T]:
    """Return a class like `kind` that clients of every loaded library accept as `auth`.

    The library of the chosen engine is loaded; another one is if the user imported it.
    """
    loaded = [getattr(sys.modules.get(name), "Auth", None) for name in LIBRARIES]
    return joined(kind, *filter(None, loaded))
