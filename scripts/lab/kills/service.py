"""The mock, which fails at places that a seed chooses, and counts launches."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from enboarder.mock import MockServer, faults
from enboarder.mock.faults import Fault

LAUNCH = "workflows.launch_basic"

FAULTS: dict[str, tuple[float, Callable[[], Fault]]] = {
    "no answer, carried out": (2.0, faults.hang),
    "reset, carried out": (1.0, faults.drop),
    "reset, not carried out": (1.0, lambda: faults.drop(carried_out=False)),
    "429": (5.0, lambda: faults.too_many_requests(retry_after=None)),
    "503, carried out": (1.5, lambda: faults.server_error(503, carried_out=True)),
    "503, not carried out": (1.5, lambda: faults.server_error(503)),
}
"""Per cent of the launches, and the fault."""


def schedule(server: MockServer, launches: int, chance: random.Random) -> Counter[str]:
    """Let some of the next launches meet a fault, and return how many of each kind."""
    planned: Counter[str] = Counter()
    weights = [share for share, _ in FAULTS.values()]
    for position in range(launches):
        if chance.uniform(0, 100) >= sum(weights):
            continue
        (name,) = chance.choices(list(FAULTS), weights)
        _, make = FAULTS[name]
        server.fail(LAUNCH, make(), after=position)
        planned[name] += 1
    return planned


def carried_out(server: MockServer) -> Counter[str]:
    """Return how often each external id was launched."""
    return Counter(workflow.external_id for workflow in list(server.state.workflows))
