"""The ledger: who was launched, updated and cancelled, and who may have been."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Self

from ...clock import SYSTEM_CLOCK, Clock
from ...errors import InvalidInput
from .database import Database, Transaction
from .digests import BodyDigests, Digester
from .judgement import Known, is_running, judge
from .record import (
    KINDS,
    LAUNCH,
    PAST,
    Claim,
    LedgerConflict,
    LedgerError,
    Outcome,
    Record,
    Refusal,
)
from .schema import prepare

IN_FLIGHT = 900.0
"""Seconds for which a claim without an outcome may belong to a run that goes on."""
ATTEMPTS = 3
"""How often the outcome of a request is written before the ledger gives up."""
PAUSE = 1.0
LONGEST_REASON = 200
MOST_SHOWN = 5
"""Requests that an error lists at most."""

COLUMNS = """
    kind, operation, external_id, run, claimed_at, finished_at, outcome, reason,
    reference_id, note, claim, holds, criteria_digest, body_digest
"""
OF_ID = f"""
    SELECT {COLUMNS} FROM enboarder_claims
    WHERE account = ? AND id_digest = ? ORDER BY number
"""
SIMILAR = f"""
    SELECT {COLUMNS} FROM enboarder_claims
    WHERE account = ? AND similar_digest = ? AND id_digest <> ?
    AND kind = 'launch' AND holds = 1 ORDER BY number
"""
SAME_CONTACT = f"""
    SELECT {COLUMNS} FROM enboarder_contacts JOIN enboarder_claims USING (claim)
    WHERE enboarder_contacts.account = ? AND digest IN (?, ?, ?)
    AND id_digest <> ? AND kind = 'launch' AND holds = 1 ORDER BY number
"""
OF_ACCOUNT = f"""
    SELECT {COLUMNS} FROM enboarder_claims WHERE account = ? ORDER BY number
"""
UNSETTLED = f"""
    SELECT {COLUMNS} FROM enboarder_claims
    WHERE account = ? AND (outcome IS NULL OR outcome = 'unknown') ORDER BY number
"""
CLAIM = """
    INSERT INTO enboarder_claims (
        claim, account, kind, operation, external_id, id_digest, similar_digest,
        variant, criteria_digest, body_digest, member_digests, run, claimed_at
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
"""
CONTACT = "INSERT INTO enboarder_contacts (account, digest, claim) VALUES (?, ?, ?)"
FINISH = """
    UPDATE enboarder_claims
    SET outcome = ?, finished_at = ?, reason = ?, reference_id = ?, holds = ?
    WHERE claim = ? AND outcome IS NULL
"""
FINISH_LATE = """
    UPDATE enboarder_claims
    SET outcome = ?, finished_at = ?, reason = ?, reference_id = ?, holds = CASE
        WHEN EXISTS (
            SELECT 1 FROM enboarder_claims AS other
            WHERE other.account = enboarder_claims.account
            AND other.kind = enboarder_claims.kind
            AND other.id_digest = enboarder_claims.id_digest
            AND other.variant = enboarder_claims.variant
            AND other.holds = 1 AND other.claim <> enboarder_claims.claim
        ) THEN 0 ELSE ? END
    WHERE claim = ?
"""
RESOLVE = """
    UPDATE enboarder_claims SET outcome = ?, finished_at = ?, note = ?, holds = ?
    WHERE claim = ?
"""
RELEASE = "UPDATE enboarder_claims SET holds = 0, note = ? WHERE claim = ?"
MEMBERS = """
    SELECT member_digests FROM enboarder_claims
    WHERE account = ? AND id_digest = ? AND outcome = 'done'
    AND kind IN ('launch', 'update') ORDER BY number
"""
# Requests of which it is known that nothing was done say nothing for later.
DROP_UNDONE = """
    DELETE FROM enboarder_claims WHERE account = ? AND claimed_at < ? AND holds = 0
    AND outcome IN ('refused', 'not sent')
"""
FORGET = """
    UPDATE enboarder_claims
    SET external_id = NULL, reference_id = NULL, reason = '', note = '',
        member_digests = NULL
    WHERE account = ? AND claimed_at < ? AND outcome = 'done'
    AND external_id IS NOT NULL
"""
ERASE = """
    DELETE FROM enboarder_claims
    WHERE account = ? AND claimed_at < ? AND outcome IS NOT NULL
    AND outcome <> 'unknown'
"""
DROP_CONTACTS = """
    DELETE FROM enboarder_contacts WHERE account = ? AND claim NOT IN (
        SELECT claim FROM enboarder_claims WHERE external_id IS NOT NULL
    )
"""
LONGEST_CONTACTS = 3
"""Addresses and mobiles of one person; `SAME_CONTACT` has room for so many."""


class Ledger:
    """Who was launched, updated and cancelled in one account, and who may have been.

    It holds external ids, times, outcomes and keyed digests, and no other personal
    data. Threads and processes may share one; it is opened by `open_ledger`.

    **Deleting a ledger deletes the knowledge of who was launched.** Keep it on a disk
    that lasts, and back it up.
    """

    def __init__(
        self, database: Database, account: str, *, clock: Clock = SYSTEM_CLOCK
    ) -> None:
        """Open the ledger of an account, and create its tables if they are missing.

        Args:
            database: where it is.
            account: the name that the user gave to the account.
            clock: the time; for tests.

        Raises:
            LedgerError: it cannot be used, or a newer version wrote it.
        """
        self.account = account
        self._database = database
        self._clock = clock
        self._digester = Digester(prepare(database))

    @property
    def description(self) -> str:
        """Where it is, without a password."""
        return self._database.description

    def is_empty(self) -> bool:
        """Return whether it knows of no request yet.

        An empty ledger where people were launched before is the wrong ledger.
        """
        return not self._records(f"{OF_ACCOUNT} LIMIT 1", self.account)

    # --- Before and after a request ---------------------------------------------------

    def check(
        self,
        operation: str,
        external_id: str,
        body: Mapping[str, Any],
        *,
        allowed: bool = False,
    ) -> Refusal | None:
        """Return why a request would not be sent now, or None; record nothing.

        Args:
            operation: such as `workflows.launch_basic`.
            external_id: the person's external id.
            body: by wire names.
            allowed: whether a person wants it in spite of a conflict.
        """
        kind = kind_of(operation)
        digests = self._digester.of(external_id, body)
        with self._database.transaction() as transaction:
            known = self._known(transaction, kind, digests)
        return judge(kind, digests, known, allowed=allowed)

    def claim(
        self,
        operation: str,
        external_id: str,
        body: Mapping[str, Any],
        *,
        run: str,
        allowed: bool = False,
    ) -> Claim | Refusal:
        """Claim the right to send one request once.

        Only one of any number of callers gets it, on any number of machines. It is on
        disk before this returns: a request without a claim is never sent, and a claim
        without an outcome is never sent again.

        Args:
            operation: such as `workflows.launch_basic`.
            external_id: the person's external id.
            body: by wire names.
            run: the run that claims it.
            allowed: whether a person wants it in spite of a conflict.

        Raises:
            LedgerError: the claim could not be recorded; send nothing.
        """
        kind = kind_of(operation)
        digests = self._digester.of(external_id, body)
        claim = Claim(secrets.token_hex(16), external_id, kind)
        try:
            with self._database.transaction() as transaction:
                known = self._known(transaction, kind, digests)
                refusal = judge(kind, digests, known, allowed=allowed)
                if refusal is None:
                    variant = _variant(digests, known)
                    members = json.dumps(self._digester.members(body))
                    request = (operation, members, run)
                    self._insert(transaction, claim, request, digests, variant)
        except LedgerError:
            # The commit may have succeeded all the same. Nothing is sent, and the
            # ledger should say so if it can.
            with suppress(LedgerError):
                self._finish(claim, Outcome.NOT_SENT, "the claim failed", None)
            raise
        return refusal or claim

    def finish(
        self,
        claim: Claim,
        outcome: Outcome,
        *,
        reason: str = "",
        reference_id: str | None = None,
    ) -> None:
        """Record how a request ended.

        Args:
            claim: the right to send it.
            outcome: how it ended.
            reason: status and kind of a refusal; no personal data.
            reference_id: what the service returned.

        Raises:
            LedgerError: it could not be recorded. The claim stays without an outcome,
                so nobody sends the request again.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._finish(claim, outcome, reason[:LONGEST_REASON], reference_id)
                return
            except LedgerError:
                if attempt == ATTEMPTS:
                    raise
            self._clock.sleep(PAUSE)

    # --- What it knows ----------------------------------------------------------------

    def find(self, external_id: str) -> list[Record]:
        """Return every request for an external id, the oldest first."""
        digest = self._digester.external_id(external_id)
        return self._records(OF_ID, self.account, digest)

    def records(self) -> list[Record]:
        """Return every request of the account, the oldest first."""
        return self._records(OF_ACCOUNT, self.account)

    def unsettled(self) -> list[Record]:
        """Return the requests that may have been done, the oldest first.

        Those of a run that goes on are among them.
        """
        return self._records(UNSETTLED, self.account)

    def running(self) -> set[str]:
        """Return the external ids that are launched and not cancelled since."""
        by_id: dict[str, list[Record]] = {}
        for record in self.records():
            if record.external_id is not None:
                by_id.setdefault(record.external_id, []).append(record)
        return {one for one, records in by_id.items() if is_running(records)}

    def changed(
        self, external_id: str, body: Mapping[str, Any]
    ) -> frozenset[str] | None:
        """Return which members of a body differ from what was last accepted.

        Args:
            external_id: the person's external id.
            body: by wire names.

        Returns:
            Wire names, and `customfields/name` for a custom field. None if the ledger
            does not know what was accepted: nobody was launched under this id, or it
            was pruned.
        """
        digest = self._digester.external_id(external_id)
        with self._database.transaction() as transaction:
            rows = transaction.rows(MEMBERS, self.account, digest)
        if not rows or any(members is None for (members,) in rows):
            return None
        accepted: dict[str, str] = {}
        for (members,) in rows:
            accepted.update(json.loads(members))
        wanted = self._digester.members(body)
        return frozenset(
            name for name, value in wanted.items() if accepted.get(name) != value
        )

    # --- What a person decides --------------------------------------------------------

    def resolve(
        self,
        external_id: str,
        outcome: Outcome,
        *,
        kind: str = LAUNCH,
        note: str = "",
    ) -> int:
        """Record what a person, or a read, found out about an unknown request.

        Args:
            external_id: the person's external id.
            outcome: `Outcome.DONE`; or `Outcome.NOT_SENT`, and it may be sent again.
            kind: `launch`, `update` or `cancel`.
            note: who found out and how; no personal data.

        Returns:
            How many requests were unknown, and are not any more.

        Raises:
            InvalidInput: the outcome is neither of these, or no such request is
                unknown; then the error says which are.
            LedgerConflict: the run may still be sending it.
        """
        if outcome not in (Outcome.DONE, Outcome.NOT_SENT):
            raise InvalidInput(
                "outcome must be Outcome.DONE or Outcome.NOT_SENT: a person who "
                f"resolves a request knows whether it was done; got {outcome!r}"
            )
        if kind not in PAST:
            raise InvalidInput(f"kind must be one of {', '.join(PAST)}; got {kind!r}")
        digest = self._digester.external_id(external_id)
        now = self._clock.wall()
        with self._database.transaction() as transaction:
            known = _records(transaction, OF_ID, self.account, digest)
            open_ones = [
                record
                for record in known
                if record.kind == kind and not record.is_settled
            ]
            for record in open_ones:
                _require_ended(record, now)
                holds = _holds(kind, outcome)
                transaction.execute(RESOLVE, outcome, now, note, holds, record.claim)
        if not open_ones:
            known = known or self.unsettled()
            raise InvalidInput(_nothing_to_resolve(external_id, kind, known))
        return len(open_ones)

    def release(self, external_id: str, *, note: str = "") -> int:
        """Let an external id that was launched be launched once more.

        Its launch stays on record. Use it for somebody who was cancelled and comes
        after all.

        Args:
            external_id: the person's external id.
            note: who decided and why; no personal data.

        Returns:
            How many launches no longer stand against another one.
        """
        digest = self._digester.external_id(external_id)
        with self._database.transaction() as transaction:
            done = [
                record
                for record in _records(transaction, OF_ID, self.account, digest)
                if record.kind == LAUNCH
                and record.holds
                and record.outcome is Outcome.DONE
            ]
            for record in done:
                transaction.execute(RELEASE, note, record.claim)
        return len(done)

    def prune(self, before: datetime, *, erase: bool = False) -> int:
        """Forget requests by age; those without a known outcome stay.

        What is left of a launch is a keyed digest of its external id, so that it is
        still not launched again.

        Args:
            before: with a time zone; what was claimed earlier is forgotten.
            erase: leave nothing. **Somebody who was launched before then, and is in a
                file again, is launched again.**

        Returns:
            How many requests were forgotten.

        Raises:
            InvalidInput: the time has no zone.
        """
        if before.tzinfo is None:
            raise InvalidInput(
                "before must have a time zone, such as "
                "datetime(2026, 1, 31, tzinfo=UTC)"
            )
        moment = before.timestamp()
        with self._database.transaction() as transaction:
            forgotten = transaction.execute(DROP_UNDONE, self.account, moment)
            statement = ERASE if erase else FORGET
            forgotten += transaction.execute(statement, self.account, moment)
            transaction.execute(DROP_CONTACTS, self.account)
        # SQLite keeps what was overwritten in its log until the file is closed.
        self._database.close()
        return forgotten

    def close(self) -> None:
        """Close the connection; the ledger can be used again."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger of {self.account!r}: {self._database.description}>"

    # --- Statements -------------------------------------------------------------------

    def _known(
        self, transaction: Transaction, kind: str, digests: BodyDigests
    ) -> Known:
        account = self.account
        of_id = digests.external_id
        same_id = _records(transaction, OF_ID, account, of_id)
        if kind != LAUNCH:
            return Known(same_id, (), ())
        similar = _records(transaction, SIMILAR, account, digests.similar_id, of_id)
        contacts = _padded(digests.contacts)
        same_contact = _records(transaction, SAME_CONTACT, account, *contacts, of_id)
        return Known(same_id, same_contact, similar)

    def _insert(
        self,
        transaction: Transaction,
        claim: Claim,
        request: tuple[str, str, str],
        digests: BodyDigests,
        variant: str,
    ) -> None:
        operation, members, run = request
        inserted = transaction.execute(
            CLAIM,
            claim.id,
            self.account,
            claim.kind,
            operation,
            claim.external_id,
            digests.external_id,
            digests.similar_id,
            variant,
            digests.criteria,
            digests.body,
            members,
            run,
            self._clock.wall(),
        )
        if inserted != 1:
            # No transaction of this program leads here.
            raise LedgerError(
                f"{self.description} was changed by another program while it was in "
                "use; nothing was sent"
            )
        for contact in digests.contacts:
            transaction.execute(CONTACT, self.account, contact, claim.id)

    def _finish(
        self, claim: Claim, outcome: Outcome, reason: str, reference_id: str | None
    ) -> None:
        holds = _holds(claim.kind, outcome)
        ending = (outcome, self._clock.wall(), reason, reference_id, holds, claim.id)
        with self._database.transaction() as transaction:
            if not transaction.execute(FINISH, *ending):
                # A person resolved it in the meantime, but what the service said
                # counts.
                transaction.execute(FINISH_LATE, *ending)

    def _records(self, sql: str, *values: Any) -> list[Record]:
        with self._database.transaction() as transaction:
            return _records(transaction, sql, *values)


def kind_of(operation: str) -> str:
    """Return what an operation does to a person.

    Raises:
        InvalidInput: the ledger does not know the operation.
    """
    kind = KINDS.get(operation)
    if kind is None:
        raise InvalidInput(
            f"operation must be one of {', '.join(KINDS)}; got {operation!r}"
        )
    return kind


def _holds(kind: str, outcome: Outcome) -> int:
    """Return 1 if the same request must not be sent again."""
    if outcome is Outcome.UNKNOWN:
        return 1
    # An update may be right again after others; what was accepted is compared.
    return int(outcome is Outcome.DONE and kind == LAUNCH)


def _variant(digests: BodyDigests, known: Known) -> str:
    """Return what tells an allowed second launch of an external id from the first."""
    has_launch = any(one.kind == LAUNCH and one.holds for one in known.same_id)
    return digests.criteria if has_launch else ""


def _padded(contacts: Sequence[str]) -> list[str]:
    kept = list(contacts[:LONGEST_CONTACTS])
    return kept + [""] * (LONGEST_CONTACTS - len(kept))


def _nothing_to_resolve(external_id: str, kind: str, known: Sequence[Record]) -> str:
    """Return what there is instead of the unknown request that somebody looked for."""
    shown = "; ".join(str(record) for record in known[:MOST_SHOWN])
    there_is = f"It has: {shown}"
    if not known:
        there_is = "It knows the outcome of every request"
    elif len(known) > MOST_SHOWN:
        there_is = f"{there_is}; and {len(known) - MOST_SHOWN} more"
    return (
        f"the ledger has no {kind} of {external_id!r} with an unknown outcome, so "
        f"nothing was recorded. {there_is}"
    )


def _require_ended(record: Record, now: float) -> None:
    """Refuse to resolve what a run may be sending at this moment.

    After a clock was set back, a claim seems to lie in the future.
    """
    if record.finished_at is None and now - record.claimed_at.timestamp() < IN_FLIGHT:
        raise LedgerConflict(
            f"{record} has no outcome yet, and the run that claimed it may still wait "
            f"for the answer; resolve it {IN_FLIGHT / 60:.0f} minutes after its claim"
        )


def _records(transaction: Transaction, sql: str, *values: Any) -> list[Record]:
    return [_record(row) for row in transaction.rows(sql, *values)]


def _record(row: Iterable[Any]) -> Record:
    (
        kind,
        operation,
        external_id,
        run,
        claimed_at,
        finished_at,
        outcome,
        reason,
        reference_id,
        note,
        claim,
        holds,
        criteria,
        body,
    ) = row
    return Record(
        kind=kind,
        operation=operation,
        external_id=external_id,
        run=run,
        claimed_at=_moment(claimed_at),
        finished_at=None if finished_at is None else _moment(finished_at),
        outcome=Outcome(outcome or Outcome.UNKNOWN),
        reason=reason,
        reference_id=reference_id,
        note=note,
        claim=claim,
        holds=bool(holds),
        criteria=criteria,
        body=body,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
