"""What a ledger knows of one request, and what it says to a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from attrs import field, frozen

from ...errors import EnboarderError

LAUNCH = "launch"
UPDATE = "update"
CANCEL = "cancel"

KINDS: Mapping[str, str] = {
    "workflows.launch_basic": LAUNCH,
    "workflows.launch_advanced": LAUNCH,
    "workflows.update": UPDATE,
    "workflows.cancel": CANCEL,
}
"""What each operation does to a person.

Both launches are one kind: they message the same people.
"""

PAST: Mapping[str, str] = {
    LAUNCH: "launched",
    UPDATE: "updated",
    CANCEL: "cancelled",
}
"""How each kind is said when it is done."""
HOW_TO_RESOLVE = (
    "record what you found, with `enboarder people resolve` or, in Python, "
    "`ledger.resolve`"
)
"""What to do about a request without a known outcome."""


class LedgerError(EnboarderError):
    """The ledger cannot be used, so nothing more is sent.

    It is locked, its disk is full or read-only, or its server does not answer.
    """


class LedgerConflict(EnboarderError):
    """The ledger says that this must not be sent, or not be changed."""

    refusal: Refusal | None
    """What the ledger said; None if this is not about sending."""

    def __init__(self, text: str, *, refusal: Refusal | None = None) -> None:
        super().__init__(text)
        self.refusal = refusal


class Outcome(StrEnum):
    """How a request ended."""

    DONE = "done"
    """The service did it: somebody is launched, updated or cancelled."""
    REFUSED = "refused"
    """The service said no; it may be sent again."""
    NOT_SENT = "not sent"
    """It provably never left; it may be sent again."""
    UNKNOWN = "unknown"
    """It may have been done; it is never sent again by itself."""


@frozen
class Record:
    """One request that was claimed in the ledger."""

    kind: str
    """`launch`, `update` or `cancel`."""
    operation: str
    """The name of the operation, such as `workflows.launch_basic`."""
    external_id: str | None
    """Whom it concerns; None once the ledger has forgotten it (`prune`)."""
    run: str
    """The run that claimed it."""
    claimed_at: datetime
    """When it was claimed, just before it was sent."""
    finished_at: datetime | None
    """When its outcome was recorded."""
    outcome: Outcome
    """How it ended; a claim without an outcome counts as unknown."""
    reason: str
    """Status and kind of a refusal, or what happened instead of an answer."""
    reference_id: str | None
    """The id that the service returned."""
    note: str
    """What a person said about it (`resolve`, `release`)."""
    claim: str = field(repr=False)
    """The id of the claim."""
    holds: bool = field(repr=False)
    """Whether it keeps the same request from being sent again."""
    criteria: str = field(repr=False)
    """The keyed digest of what chooses the workflow."""
    body: str = field(repr=False)
    """The keyed digest of the whole body."""

    @property
    def is_settled(self) -> bool:
        """Whether it is known how the request ended."""
        return self.outcome is not Outcome.UNKNOWN

    def __str__(self) -> str:
        ending = PAST[self.kind] if self.outcome is Outcome.DONE else str(self.outcome)
        when = self.claimed_at.strftime("%Y-%m-%d %H:%M UTC")
        return (
            f"{self.kind} of {self.external_id or 'a forgotten id'}: {ending}, {when}"
        )


class Reason(StrEnum):
    """Why the ledger refuses a request."""

    ALREADY = "already"
    """It was done before; nobody has to act."""
    UNSETTLED = "unsettled"
    """It may have been done before: settle or resolve it first."""
    OTHER_CRITERIA = "other criteria"
    """This external id was launched with other criteria."""
    SAME_CONTACT = "same contact"
    """This e-mail address or mobile was launched under another external id."""
    SIMILAR_ID = "similar id"
    """An id that differs only in case, width, blanks or leading zeros was launched."""

    @property
    def is_conflict(self) -> bool:
        """Whether a person may decide that it is sent all the same."""
        return self in (Reason.OTHER_CRITERIA, Reason.SAME_CONTACT, Reason.SIMILAR_ID)


@frozen
class Refusal:
    """What the ledger says to a request that must not be sent."""

    reason: Reason
    """Why it must not be sent."""
    record: Record
    """The earlier request that stands against it."""

    @property
    def message(self) -> str:
        """What was found, in one sentence."""
        record = self.record
        day = record.claimed_at.strftime("%Y-%m-%d %H:%M UTC")
        if self.reason is Reason.ALREADY:
            return f"already {PAST[record.kind]} on {day}"
        if self.reason is Reason.UNSETTLED:
            return (
                f"the {record.kind} that was sent on {day} has no known outcome; "
                "it may have been done"
            )
        if self.reason is Reason.OTHER_CRITERIA:
            return f"this external id was launched on {day} with other custom fields"
        other = record.external_id or "an external id that is forgotten"
        if self.reason is Reason.SAME_CONTACT:
            return f"this e-mail address or mobile was launched on {day} as {other}"
        return f"an external id that looks the same was launched on {day}: {other}"

    @property
    def hint(self) -> str:
        """What to do about it."""
        if self.reason is Reason.ALREADY:
            return "Nothing to do."
        if self.reason is Reason.UNSETTLED:
            return (
                "Look in Enboarder (profile, report, Integration Logs), then "
                f"{HOW_TO_RESOLVE}."
            )
        return "If another launch is what you want, allow this external id."


@frozen
class Claim:
    """The right to send one request once."""

    id: str
    external_id: str
    kind: str
