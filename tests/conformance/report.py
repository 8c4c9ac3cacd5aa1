"""Print the figures of a conformance run, and hold the floors of coverage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.conformance.agreement import Agreement, Kind
from tests.conformance.coverage import described


class Share(NamedTuple):
    """How much of the contract was seen."""

    name: str
    seen: int
    total: int
    floor: float

    @property
    def percent(self) -> float:
        return 100 * self.seen / self.total


def shares(agreement: Agreement) -> list[Share]:
    """Return how many operations succeeded, and how many responses were seen."""
    everything = described()
    operations = {(path, method) for path, method, _ in everything}
    succeeded = {
        (path, method)
        for path, method, status in agreement.responses
        if status.startswith("2")
    }
    responses = agreement.responses & everything
    return [
        Share("operations", len(succeeded), len(operations), floor=100.0),
        Share("responses", len(responses), len(everything), floor=95.0),
    ]


def lines(agreement: Agreement) -> Iterator[str]:
    """Yield the figures of a run."""
    yield (
        f"{agreement.kinds.total()} exchanges, of which schemathesis generated "
        f"{agreement.generated}; {agreement.different} different ones; "
        f"{len(agreement.violations)} disagreements"
    )
    for kind in Kind:
        yield f"{agreement.kinds[kind]:8}  {kind}"
    for share in shares(agreement):
        yield (
            f"{share.name} of the contract: {share.seen} of {share.total} "
            f"({share.percent:.1f} %), floor {share.floor:.0f} %"
        )
    for path, method, status in sorted(described() - agreement.responses):
        yield f"not seen: {method.upper()} {path} {status}"


def shortfalls(agreement: Agreement) -> list[str]:
    """Return the floors that were not reached."""
    return [
        f"{share.percent:.1f} % of the {share.name} were seen; "
        f"at least {share.floor:.0f} % are needed"
        for share in shares(agreement)
        if share.percent < share.floor
    ]
