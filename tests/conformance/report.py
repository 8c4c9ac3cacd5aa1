"""What a run under the judge prints, and the floors of coverage."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.agreement import Agreement, Kind
from tests.conformance.coverage import described

OPERATIONS_FLOOR = 100.0
RESPONSES_FLOOR = 95.0


def lines(agreement: Agreement) -> Iterator[str]:
    """The figures of a run."""
    yield (
        f"{agreement.kinds.total()} exchanges, {agreement.made_up} of them made up by schemathesis, {agreement.judged} "
        f"different ones; {len(agreement.violations)} disagreements"
    )
    for kind in Kind:
        yield f"{agreement.kinds[kind]:8}  {kind}"
    operations, responses = _shares(agreement)
    for name, share, floor in (
        ("operations", operations, OPERATIONS_FLOOR),
        ("responses", responses, RESPONSES_FLOOR),
    ):
        yield f"{name} of the contract: {share[0]} of {share[1]} ({_percent(share):.1f} %), floor {floor:.0f} %"
    for path, method, status in sorted(described() - agreement.responses):
        yield f"not seen: {method.upper()} {path} {status}"


def shortfalls(agreement: Agreement) -> list[str]:
    """The floors that were not reached."""
    operations, responses = _shares(agreement)
    return [
        f"{_percent(share):.1f} % of the {name} were seen; at least {floor:.0f} % are asked for"
        for name, share, floor in (
            ("operations", operations, OPERATIONS_FLOOR),
            ("responses", responses, RESPONSES_FLOOR),
        )
        if _percent(share) < floor
    ]


def _shares(agreement: Agreement) -> tuple[tuple[int, int], tuple[int, int]]:
    """How many operations were seen to succeed, and how many responses were seen, each of how many."""
    everything = described()
    succeeded = {
        (path, method)
        for path, method, status in agreement.responses
        if status.startswith("2")
    }
    return (
        (len(succeeded), len({(path, method) for path, method, _ in everything})),
        (len(agreement.responses & everything), len(everything)),
    )


def _percent(share: tuple[int, int]) -> float:
    return 100 * share[0] / share[1]
