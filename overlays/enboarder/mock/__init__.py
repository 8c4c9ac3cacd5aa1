"""A stand-in for the Enboarder REST API, on loopback; needs the extra `mock` (`pip install '.[mock]'` in a checkout).

`with MockServer() as mock:` serves in a thread; `python -m enboarder.mock` serves until interrupted.
"""

try:
    from .exchange import Recorded
    from .server import MockServer
    from .state import State, Status, Workflow
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"enboarder.mock needs {error.name}, which the extra installs: pip install '.[mock]' in a checkout",
        name=error.name,
    ) from None

__all__ = ["MockServer", "Recorded", "State", "Status", "Workflow"]
