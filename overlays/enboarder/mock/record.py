"""The record of what a mock received, whose bodies take a limited space."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from .messages import Recorded

LARGEST_RECORD = 64 * 1024 * 1024
"""Bytes of all recorded bodies together."""


class Record:
    """Every request so far, with the newest of their bodies.

    Args:
        largest: The bytes that all bodies may take together.
    """

    def __init__(self, largest: int = LARGEST_RECORD) -> None:
        self._largest = largest
        self._requests: list[Recorded] = []
        self._with_body: deque[int] = deque()
        self._bytes = 0

    def add(self, recorded: Recorded) -> None:
        """Add a request, and forget the oldest bodies if there are too many bytes."""
        if recorded.body:
            self._with_body.append(len(self._requests))
            self._bytes += len(recorded.body)
        self._requests.append(recorded)
        while self._bytes > self._largest:
            self._forget(self._with_body.popleft())

    def requests(self) -> list[Recorded]:
        """Return all requests, in the order of their answers."""
        return list(self._requests)

    def _forget(self, index: int) -> None:
        old = self._requests[index]
        self._bytes -= len(old.body)
        self._requests[index] = replace(old, body=b"")
