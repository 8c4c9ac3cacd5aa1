"""Which operations and responses of the contract were seen."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, TypeAlias

from enboarder.contract.document import operations, whole
from tests.conformance.openapi_core_judge import FAMILIES, narrowed

Response: TypeAlias = "tuple[str, str, str]"
"""Path, method, and status or `default`."""
Responses: TypeAlias = "set[Response]"


class Place(NamedTuple):
    """An operation of the contract."""

    path: str
    method: str
    statuses: frozenset[str]

    def response(self, status: int) -> Response:
        """The response that describes a status."""
        return (
            self.path,
            self.method,
            str(status) if str(status) in self.statuses else "default",
        )


def found(family: str, method: str, path: str) -> Place | None:
    """The operation that a request of a family reaches."""
    for pattern, place in _patterns(family):
        if place.method == method.lower() and pattern.fullmatch(path):
            return place
    return None


def described() -> Responses:
    """Every response of the contract."""
    return {
        (entry.path, entry.method, status)
        for entry in operations(whole())
        for status in entry.node["responses"]
    }


@cache
def _patterns(family: str) -> list[tuple[re.Pattern[str], Place]]:
    assert family in FAMILIES
    return [
        (
            re.compile(re.sub(r"\{\w+\}", "[^/]+", entry.path)),
            Place(entry.path, entry.method, frozenset(entry.node["responses"])),
        )
        for entry in sorted(
            operations(narrowed(family)), key=lambda entry: entry.path.count("{")
        )
    ]
