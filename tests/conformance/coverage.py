"""Which operations and responses of the contract were seen."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, TypeAlias

from enboarder.contract import whole
from enboarder.contract.walk import operations
from tests.conformance.families import narrowed

Response: TypeAlias = "tuple[str, str, str]"
"""Path, method, and status or `default`."""
Responses: TypeAlias = "set[Response]"


class Target(NamedTuple):
    """An operation of the contract that a request reaches."""

    path: str
    method: str
    statuses: frozenset[str]

    def response(self, status: int) -> Response:
        """Return the response that describes a status."""
        described = str(status)
        if described not in self.statuses:
            described = "default"
        return self.path, self.method, described


def target_of(family: str, method: str, path: str) -> Target | None:
    """Return the operation that a request of a family reaches."""
    for pattern, target in _targets(family):
        if target.method == method.lower() and pattern.fullmatch(path):
            return target
    return None


def described() -> Responses:
    """Return every response of the contract."""
    responses = set()
    for operation in operations(whole()):
        for status in operation.node["responses"]:
            responses.add((operation.path, operation.method, status))
    return responses


@cache
def _targets(family: str) -> list[tuple[re.Pattern[str], Target]]:
    targets = []
    for operation in operations(narrowed(family)):
        pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", operation.path))
        statuses = frozenset(operation.node["responses"])
        target = Target(operation.path, operation.method, statuses)
        targets.append((pattern, target))
    # A path without parameters comes before one that has them in its place.
    return sorted(targets, key=lambda one: one[1].path.count("{"))
