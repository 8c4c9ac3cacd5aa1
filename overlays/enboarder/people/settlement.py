"""Find out by reads whether requests without a known outcome were done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from enboarder_api.types import Unset

from ..client import Enboarder
from ..errors import InvalidInput
from .definitions import workflow_definitions
from .ledger.book import Ledger
from .ledger.record import LAUNCH, LedgerConflict, Outcome, Record

FOUND = "found by a read"


@frozen
class Settlement:
    """What reads found out about requests without a known outcome."""

    settled: tuple[str, ...]
    """External ids that were found, and are recorded as launched."""
    left: tuple[Record, ...]
    """What a person has to look up: that nothing was found proves nothing."""


def settle(
    enboarder: Enboarder,
    ledger: Ledger,
    *,
    workflows: Iterable[str] | None = None,
    profiles: Mapping[str, str] | None = None,
) -> Settlement:
    """Look for launches without a known outcome, and record those that are found.

    No operation finds a workflow by its external id, so this reads the rows of
    workflow reports, and the workflows of profiles. **Whom it finds is launched.**
    Whom it does not find may be launched all the same, because a report may be late
    or leave the external id out; so nothing is ever recorded as not launched.

    Args:
        enboarder: the client; only reads are sent.
        ledger: the ledger of its account.
        workflows: ids of the workflow definitions whose rows are read; by default all.
        profiles: the profile that each external id was linked to
            (`employee_external_id`), if it was.

    Raises:
        EnboarderError: a read failed; what was found before is recorded.
    """
    wanted = {
        record.external_id
        for record in ledger.unsettled()
        if record.kind == LAUNCH and record.external_id is not None
    }
    if not wanted:
        return Settlement((), tuple(ledger.unsettled()))
    settled: list[str] = []
    for external_id in _found(enboarder, wanted, workflows, profiles or {}):
        if external_id in wanted and _resolve(ledger, external_id):
            wanted.discard(external_id)
            settled.append(external_id)
    return Settlement(tuple(settled), tuple(ledger.unsettled()))


def _found(
    enboarder: Enboarder,
    wanted: set[str],
    workflows: Iterable[str] | None,
    profiles: Mapping[str, str],
) -> Iterator[str]:
    """Yield the external ids of workflows, until nobody is wanted any more."""
    for external_id in sorted(wanted & profiles.keys()):
        for workflow in enboarder.profiles.iter_workflows(profiles[external_id]):
            yield from _ids(workflow.external_id)
    if workflows is None:
        definitions = workflow_definitions(enboarder)
        workflows = (str(definition.id) for definition in definitions)
    for workflow_id in workflows:
        for row in enboarder.reports.iter_workflow_data(workflow_id):
            yield from _ids(row.external_id)
            if not wanted:
                return


def _ids(value: str | Unset) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value


def _resolve(ledger: Ledger, external_id: str) -> bool:
    try:
        return ledger.resolve(external_id, Outcome.DONE, note=FOUND) > 0
    except (InvalidInput, LedgerConflict):
        # Somebody else recorded it, or a run still waits for its answer.
        return False
