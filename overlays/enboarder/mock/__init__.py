"""A service on loopback that replaces the Enboarder REST API.

It needs the extra `mock`: `pip install '.[mock]'` in a checkout.
`with MockServer() as mock:` serves in a thread, and `python -m enboarder.mock` serves
until it is interrupted.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..extras import how_to_install

if TYPE_CHECKING:
    from . import faults
    from .faults import Fault
    from .messages import Recorded
    from .server import MockServer
    from .state import State, Status, Workflow

__all__ = ["Fault", "MockServer", "Recorded", "State", "Status", "Workflow", "faults"]

MODULES = {
    "Fault": "faults",
    "MockServer": "server",
    "Recorded": "messages",
    "State": "state",
    "Status": "state",
    "Workflow": "state",
    "faults": "faults",
}
"""The module of each public name."""


# With this function, type checkers would accept any name.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Import a public name on its first use.

        Every pytest run loads this package for its plugin, even without the extra.
        """
        if name not in MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            module = import_module(f"{__name__}.{MODULES[name]}")
        except ModuleNotFoundError as error:
            package = str(error.name).partition(".")[0]
            raise ModuleNotFoundError(
                f"enboarder.mock needs {package}, which an extra installs; "
                f"{how_to_install('mock')}",
                name=error.name,
            ) from None
        return module if name == "faults" else getattr(module, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
