"""A stand-in for the Enboarder REST API, on loopback; needs the extra `mock` (`pip install '.[mock]'` in a checkout).

`with MockServer() as mock:` serves in a thread; `python -m enboarder.mock` serves until interrupted.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import faults
    from .exchange import Recorded
    from .faults import Fault
    from .server import MockServer
    from .state import State, Status, Workflow

__all__ = ["Fault", "MockServer", "Recorded", "State", "Status", "Workflow", "faults"]

HOMES = {
    "Fault": "faults",
    "MockServer": "server",
    "Recorded": "exchange",
    "State": "state",
    "Status": "state",
    "Workflow": "state",
    "faults": "faults",
}


if not TYPE_CHECKING:  # a type checker would take any name for given

    def __getattr__(name: str) -> Any:
        """A name is imported on its first use: pytest loads this package for its plugin, also without the extra."""
        if name not in HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            home = import_module(f"{__name__}.{HOMES[name]}")
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(
                f"enboarder.mock needs {error.name}, which the extra installs: pip install '.[mock]' in a checkout",
                name=error.name,
            ) from None
        return home if name == "faults" else getattr(home, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
