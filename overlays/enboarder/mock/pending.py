"""The faults that wait for the requests that they strike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase

from .faults import Fault

TOKEN = "token"


@dataclass
class _Waiting:
    operation: str
    fault: Fault
    times: int
    """How many requests it still strikes."""
    after: int
    """How many requests still pass by before."""


class Pending:
    """Faults in the order in which they were asked for; a request meets the first that fits it, and no other."""

    def __init__(self, operations: Collection[str]) -> None:
        self._operations = operations
        self._waiting: list[_Waiting] = []

    def add(self, operation: str, fault: Fault, times: int, after: int) -> None:
        """Let a fault strike so many requests of an operation, `workflows.*`, `*` (all), or `token`, after so many others."""
        if not any(_fits(operation, name) for name in (*self._operations, TOKEN)):
            raise ValueError(
                f"there is no operation {operation!r}; give one as the client calls it, such as "
                "'workflows.launch_basic', or 'workflows.*', '*' for all, 'token' for the token endpoint"
            )
        if times < 1:
            raise ValueError(f"times must be 1 or more, not {times}")
        if after < 0:
            raise ValueError(f"after must be 0 or more, not {after}")
        self._waiting.append(_Waiting(operation, fault, times, after))

    def take(self, operation: str) -> Fault | None:
        """The fault that strikes a request of this operation: the first that waits for no other request."""
        fitting = [waiting for waiting in self._waiting if _fits(waiting.operation, operation)]
        struck = next((waiting for waiting in fitting if not waiting.after), None)
        for waiting in fitting:
            waiting.after = max(0, waiting.after - 1)
        if struck is None:
            return None
        struck.times -= 1
        self._waiting = [waiting for waiting in self._waiting if waiting.times]
        return struck.fault

    def clear(self) -> None:
        """Let no fault wait any more."""
        self._waiting.clear()


def _fits(pattern: str, operation: str) -> bool:
    return pattern == operation or (operation != TOKEN and fnmatchcase(operation, pattern))
