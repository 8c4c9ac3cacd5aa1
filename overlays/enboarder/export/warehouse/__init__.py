"""Load reports into a DuckDB file, or into any other destination of dlt.

A name is imported when it is first used; the extra `dlt` is needed when a load begins.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import KeyNotUnique, LoadFailed
    from .load import load_warehouse
    from .results import Loaded, LoadedTable
    from .source import warehouse_source

__all__ = [
    "KeyNotUnique",
    "LoadFailed",
    "Loaded",
    "LoadedTable",
    "load_warehouse",
    "warehouse_source",
]

_HOMES = {
    "KeyNotUnique": "errors",
    "LoadFailed": "errors",
    "Loaded": "results",
    "LoadedTable": "results",
    "load_warehouse": "load",
    "warehouse_source": "source",
}


# A type checker would take any name for granted.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Import a public name on its first use."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
