"""Whether a request may be sent, by what the ledger knows: a pure function."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from .digests import BodyDigests
from .record import CANCEL, LAUNCH, Outcome, Reason, Record, Refusal


@frozen
class Known:
    """What the ledger knows that may stand against a request."""

    same_id: Sequence[Record]
    """Every request for this external id, the oldest first."""
    same_contact: Sequence[Record]
    """Launches of the same address or mobile under other ids."""
    similar_id: Sequence[Record]
    """Launches under ids that look the same."""


def judge(
    kind: str, digests: BodyDigests, known: Known, *, allowed: bool
) -> Refusal | None:
    """Return why a request must not be sent, or None if it may be.

    Args:
        kind: `launch`, `update` or `cancel`.
        digests: of its body.
        known: what the ledger knows.
        allowed: whether a person has looked at its conflicts and wants it all the
            same. It never allows what was done, or may have been done, already.
    """
    if kind != LAUNCH:
        return _judge_change(kind, digests, known)
    held = [one for one in known.same_id if one.kind == LAUNCH and one.holds]
    for record in held:
        if not record.is_settled:
            return Refusal(Reason.UNSETTLED, record)
    for record in held:
        if record.criteria == digests.criteria:
            return Refusal(Reason.ALREADY, record)
    if allowed:
        return None
    return _conflict(held, known)


def _judge_change(kind: str, digests: BodyDigests, known: Known) -> Refusal | None:
    """Judge an update or a cancellation, which may be right again later on."""
    done = None
    for record in known.same_id:
        if record.kind == kind and record.holds:
            return Refusal(Reason.UNSETTLED, record)
        if record.outcome is Outcome.DONE:
            done = record
    if done is not None and done.kind == kind and done.body == digests.body:
        return Refusal(Reason.ALREADY, done)
    return None


def _conflict(held: Sequence[Record], known: Known) -> Refusal | None:
    found = (
        (Reason.OTHER_CRITERIA, held),
        (Reason.SIMILAR_ID, known.similar_id),
        (Reason.SAME_CONTACT, known.same_contact),
    )
    for reason, records in found:
        if records:
            return Refusal(reason, records[-1])
    return None


def is_running(records: Sequence[Record]) -> bool:
    """Return whether somebody is launched and not cancelled since, oldest first."""
    running = False
    for record in records:
        if record.outcome is Outcome.DONE and record.kind in (LAUNCH, CANCEL):
            running = record.kind == LAUNCH
    return running
