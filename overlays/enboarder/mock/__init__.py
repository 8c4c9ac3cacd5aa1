"""A stand-in for the Enboarder REST API, on loopback; needs the extra `mock` (`pip install enboarder[mock]`).

`with MockServer() as mock:` serves in a thread; `python -m enboarder.mock` serves until interrupted.
"""

from .exchange import Recorded
from .server import MockServer
from .state import State, Status, Workflow

__all__ = ["MockServer", "Recorded", "State", "Status", "Workflow"]
