"""The faults that wait for the requests that they strike."""

from __future__ import annotations

from collections.abc import Collection
from fnmatch import fnmatchcase

from .faults import Fault

TOKEN = "token"


class Pending:
    """Faults in the order in which they were asked for; a request meets the first that fits it, and no other."""

    def __init__(self, operations: Collection[str]) -> None:
        self._operations = operations
        self._waiting: list[tuple[str, Fault]] = []

    def add(self, operation: str, fault: Fault, times: int) -> None:
        """Let a fault strike the next so many requests of an operation, `workflows.*`, `*` (all), or `token`."""
        if not any(_fits(operation, name) for name in (*self._operations, TOKEN)):
            raise ValueError(
                f"there is no operation {operation!r}; give one as the client calls it, such as "
                "'workflows.launch_basic', or 'workflows.*', '*' for all, 'token' for the token endpoint"
            )
        if times < 1:
            raise ValueError(f"times must be 1 or more, not {times}")
        self._waiting += [(operation, fault)] * times

    def take(self, operation: str) -> Fault | None:
        """The fault of a request of this operation, which is used up by that."""
        for index, (pattern, fault) in enumerate(self._waiting):
            if _fits(pattern, operation):
                del self._waiting[index]
                return fault
        return None

    def clear(self) -> None:
        """Let no fault wait any more."""
        self._waiting.clear()


def _fits(pattern: str, operation: str) -> bool:
    return pattern == operation or (operation != TOKEN and fnmatchcase(operation, pattern))
