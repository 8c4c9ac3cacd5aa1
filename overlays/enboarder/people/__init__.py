"""Launch, change and cancel people from a file, so that nobody is messaged twice.

A name is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .mapping import ColumnMapping, FileSettings, load_mapping
    from .plan import Action, Counts, LeftOut, Plan
    from .planning import plan_cancel, plan_launch, plan_update
    from .problems import Kind, Problem
    from .proposal import propose_mapping
    from .vocabulary import Vocabulary, fetch_vocabulary, load_vocabulary

__all__ = [
    "Action",
    "ColumnMapping",
    "Counts",
    "FileSettings",
    "Kind",
    "LeftOut",
    "Plan",
    "Problem",
    "Vocabulary",
    "fetch_vocabulary",
    "load_mapping",
    "load_vocabulary",
    "plan_cancel",
    "plan_launch",
    "plan_update",
    "propose_mapping",
]

_HOMES = {
    "Action": "plan",
    "ColumnMapping": "mapping",
    "Counts": "plan",
    "FileSettings": "mapping",
    "Kind": "problems",
    "LeftOut": "plan",
    "Plan": "plan",
    "Problem": "problems",
    "Vocabulary": "vocabulary",
    "fetch_vocabulary": "vocabulary",
    "load_mapping": "mapping",
    "load_vocabulary": "vocabulary",
    "plan_cancel": "planning",
    "plan_launch": "planning",
    "plan_update": "planning",
    "propose_mapping": "proposal",
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
