"""Libraries that only some exports need, imported when they are used."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from ..errors import ConfigurationError
from ..extras import how_to_install


def needed(name: str, extra: str) -> Any:
    """Return a module.

    Raises:
        ConfigurationError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        library = name.partition(".")[0]
        raise ConfigurationError(
            f"this export needs {library}; {how_to_install(extra)}"
        ) from None


@cache
def msgspec() -> Any:
    """Return msgspec, which reads JSON fast; None if it is not installed."""
    try:
        return import_module("msgspec")
    except ImportError:
        return None
