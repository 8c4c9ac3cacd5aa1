"""The faults that wait for a request."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase

from .faults import Fault
from .settings import text, whole_number

TOKEN = "token"
"""The name of the token endpoint among the operations."""


@dataclass(eq=False)
class _WaitingFault:
    pattern: str
    fault: Fault
    times: int
    """How many more requests will meet it."""
    after: int
    """How many more requests will pass before it."""


class FaultQueue:
    """Faults in the order in which they were added.

    A request meets the first fault that fits it, and no other.
    """

    def __init__(self, operations: Collection[str]) -> None:
        self._operations = frozenset({*operations, TOKEN})
        self._waiting: list[_WaitingFault] = []

    def add(self, pattern: str, fault: Fault, *, times: int, after: int) -> None:
        """Let requests of an operation meet a fault.

        Args:
            pattern: An operation's name, a pattern of names, or `token`.
            fault: The fault.
            times: How many requests meet it.
            after: How many requests pass before it.

        Raises:
            ValueError: No request would ever meet it.
        """
        text("operation", pattern)
        if not any(_fits(pattern, operation) for operation in self._operations):
            raise ValueError(
                f"there is no operation {pattern!r}; use a name in the client such as "
                "'workflows.launch_basic', a pattern such as 'workflows.*', '*' for "
                "all operations, or 'token' for the token endpoint"
            )
        whole_number("times", times, least=1)
        whole_number("after", after)
        self._waiting.append(_WaitingFault(pattern, fault, times, after))

    def take(self, operation: str) -> Fault | None:
        """Return the fault that a request of this operation meets, if any."""
        fitting = [
            waiting for waiting in self._waiting if _fits(waiting.pattern, operation)
        ]
        met: _WaitingFault | None = None
        for waiting in fitting:
            # A request that meets another fault still counts as one that passes before
            # this one.
            if waiting.after:
                waiting.after -= 1
            elif met is None:
                met = waiting
        if met is None:
            return None
        met.times -= 1
        if not met.times:
            self._waiting.remove(met)
        return met.fault

    def clear(self) -> None:
        """Remove the faults that no request has met yet."""
        self._waiting.clear()


def _fits(pattern: str, operation: str) -> bool:
    if pattern == operation:
        return True
    return operation != TOKEN and fnmatchcase(operation, pattern)
