"""Launch, change and cancel people from a file, so that nobody is messaged twice.

A name is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .plan import Action, Counts, Plan
    from .problems import Kind, Problem

__all__ = [
    "Action",
    "Counts",
    "Kind",
    "Plan",
    "Problem",
]

_HOMES = {
    "Action": "plan",
    "Counts": "plan",
    "Plan": "plan",
    "Kind": "problems",
    "Problem": "problems",
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
