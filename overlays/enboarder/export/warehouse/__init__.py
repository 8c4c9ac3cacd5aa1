"""Load reports into a DuckDB file, or into any other destination of dlt.

A name is imported when it is first used; the extra `dlt` is needed when a load begins.
"""

from typing import TYPE_CHECKING

from ...lazy import lazy_names

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
    __getattr__ = lazy_names(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
