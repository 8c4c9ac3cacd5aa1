"""What a ledger promises, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from enboarder import InvalidInput
from enboarder.people import (
    Ledger,
    LedgerConflict,
    Outcome,
    Reason,
    Refusal,
)
from enboarder.people.ledger import Claim
from tests.conftest import FakeClock
from tests.people.ledger.conftest import (
    CANCEL,
    LAUNCH,
    UPDATE,
    OpenLedger,
    body,
    branded,
)


def claimed(
    ledger: Ledger,
    external_id: str = "A-1",
    operation: str = LAUNCH,
    *,
    allowed: bool = False,
    **members: Any,
) -> Claim:
    """Return a claim, which the ledger has to give."""
    content = body(external_id, **members)
    claim = ledger.claim(operation, external_id, content, run="run", allowed=allowed)
    assert isinstance(claim, Claim), claim
    return claim


def refused(
    ledger: Ledger,
    external_id: str = "A-1",
    operation: str = LAUNCH,
    *,
    allowed: bool = False,
    **members: Any,
) -> Refusal:
    """Return a refusal, which `check` has to announce."""
    content = body(external_id, **members)
    announced = ledger.check(operation, external_id, content, allowed=allowed)
    refusal = ledger.claim(operation, external_id, content, run="run", allowed=allowed)
    assert isinstance(refusal, Refusal)
    assert announced == refusal
    return refusal


def launched(ledger: Ledger, external_id: str = "A-1", **members: Any) -> None:
    """Record a launch."""
    claim = claimed(ledger, external_id, **members)
    ledger.finish(claim, Outcome.DONE, reference_id=external_id)


def test_a_launch_is_claimed_once(opened: OpenLedger) -> None:
    """Nobody gets a second claim, also not after a crash without an outcome."""
    claimed(opened())
    assert refused(opened()).reason is Reason.UNSETTLED


def test_a_launched_person_is_not_launched_again(opened: OpenLedger) -> None:
    """A launch that was done stays done, also for another process."""
    launched(opened())
    refusal = refused(opened())
    assert refusal.reason is Reason.ALREADY
    assert refusal.record.reference_id == "A-1"


def test_both_launches_are_one_kind(ledger: Ledger) -> None:
    """A basic launch stands against an advanced one: both message the same person."""
    launched(ledger)
    refusal = refused(ledger, operation="workflows.launch_advanced")
    assert refusal.reason is Reason.ALREADY


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.NOT_SENT])
def test_what_was_not_done_may_be_sent_again(ledger: Ledger, outcome: Outcome) -> None:
    """A refused or unsent launch is claimed again, and both claims stay on record."""
    ledger.finish(claimed(ledger), outcome)
    launched(ledger)
    assert [outcome, Outcome.DONE] == [one.outcome for one in ledger.find("A-1")]


def test_an_unknown_launch_is_not_sent_again(ledger: Ledger) -> None:
    """Not even for somebody who allows conflicts."""
    ledger.finish(claimed(ledger), Outcome.UNKNOWN)
    assert refused(ledger, allowed=True).reason is Reason.UNSETTLED


def test_one_of_many_claims_wins(opened: OpenLedger) -> None:
    """Of eight callers at once, with connections of their own, one gets the claim."""
    ledgers = [opened() for _ in range(4)]
    ready = threading.Barrier(8)

    def claim(ledger: Ledger) -> Claim | Refusal:
        ready.wait()
        return ledger.claim(LAUNCH, "A-1", body(), run="run")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(claim, ledgers * 2))
    assert 1 == sum(isinstance(one, Claim) for one in found)


def test_one_address_is_launched_under_one_id(opened: OpenLedger) -> None:
    """Two callers who launch the same address under two ids at once: one gets it."""
    ledgers = [opened(), opened()]
    ready = threading.Barrier(2)

    def claim(number: int) -> Claim | Refusal:
        ready.wait()
        content = body(f"A-{number}", nheml="same@example.com")
        return ledgers[number].claim(LAUNCH, f"A-{number}", content, run="run")

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(claim, range(2)))
    assert 1 == sum(isinstance(one, Claim) for one in found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"nheml": "same@example.com"}, {"nheml": " Same@Example.com"}),
        ({"nhmob": "+61400000000"}, {"nhmob": "+61 400 000 000"}),
        ({"nhmob": "+61400000000"}, {"nhmobeml": "+61400000000"}),
    ],
)
def test_the_same_contact_is_a_conflict(
    ledger: Ledger, first: dict[str, Any], second: dict[str, Any]
) -> None:
    """An address or mobile under another external id needs a yes."""
    launched(ledger, "A-1", **first)
    refusal = refused(ledger, "B-1", **second)
    assert refusal.reason is Reason.SAME_CONTACT
    assert "A-1" in refusal.message
    claimed(ledger, "B-1", allowed=True, **second)


def test_a_refused_launch_frees_its_address(ledger: Ledger) -> None:
    """Whoever was not launched does not stand against another external id."""
    claim = claimed(ledger, "A-1", nheml="same@example.com")
    ledger.finish(claim, Outcome.REFUSED)
    claimed(ledger, "B-1", nheml="same@example.com")


@pytest.mark.parametrize("other", ["a-1", "A- 1", "\uff21-1"])
def test_a_similar_id_is_a_conflict(ledger: Ledger, other: str) -> None:
    """Whether the service tells such ids apart is not documented."""
    launched(ledger, "A-1")
    refusal = refused(ledger, other, nheml="b@example.com")
    assert refusal.reason is Reason.SIMILAR_ID
    claimed(ledger, other, allowed=True, nheml="b@example.com")


def test_leading_zeros_do_not_make_another_person(ledger: Ledger) -> None:
    """A spreadsheet cuts them off when it saves a file."""
    launched(ledger, "00123")
    assert refused(ledger, "123").reason is Reason.SIMILAR_ID


def test_other_criteria_are_a_conflict(ledger: Ledger) -> None:
    """A second launch with other custom fields needs a yes, and happens once."""
    launched(ledger, customfields=branded("one"))
    other: dict[str, Any] = {"customfields": branded("two")}
    assert refused(ledger, **other).reason is Reason.OTHER_CRITERIA
    ledger.finish(claimed(ledger, allowed=True, **other), Outcome.DONE)
    assert refused(ledger, allowed=True, **other).reason is Reason.ALREADY


def test_the_order_of_custom_fields_means_nothing(ledger: Ledger) -> None:
    """The same criteria in another order are the same launch."""
    fields = [*branded("one"), {"name": "location", "value": "Sydney"}]
    launched(ledger, customfields=fields)
    refusal = refused(ledger, customfields=fields[::-1])
    assert refusal.reason is Reason.ALREADY


def test_an_update_is_sent_again_only_when_it_differs(ledger: Ledger) -> None:
    """The same update is done already; back and forth are three updates."""
    for day in ("2027-02-01", "2027-03-01", "2027-02-01"):
        change: dict[str, Any] = {"nhstdt": day}
        ledger.finish(claimed(ledger, operation=UPDATE, **change), Outcome.DONE)
        assert refused(ledger, operation=UPDATE, **change).reason is Reason.ALREADY


def test_an_unknown_update_stands_against_others(ledger: Ledger) -> None:
    """Until it is settled, no other update overtakes it."""
    ledger.finish(claimed(ledger, operation=UPDATE), Outcome.UNKNOWN)
    refusal = refused(ledger, operation=UPDATE, nhstdt="2027-03-01")
    assert refusal.reason is Reason.UNSETTLED


def test_a_cancelled_person_is_launched_again_after_a_release(ledger: Ledger) -> None:
    """The launch stays on record, and a person says that another one is wanted."""
    launched(ledger)
    ledger.finish(claimed(ledger, operation=CANCEL), Outcome.DONE)
    assert set() == ledger.running()
    assert refused(ledger).reason is Reason.ALREADY
    assert 1 == ledger.release("A-1", note="comes after all")
    launched(ledger)
    assert {"A-1"} == ledger.running()


@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.NOT_SENT])
def test_a_person_resolves_what_is_unknown(ledger: Ledger, outcome: Outcome) -> None:
    """What was done stays done; what was not sent may be sent."""
    ledger.finish(claimed(ledger), Outcome.UNKNOWN)
    assert ["A-1"] == [record.external_id for record in ledger.unsettled()]
    assert 1 == ledger.resolve("A-1", outcome, note="seen in the logs")
    assert [] == ledger.unsettled()
    if outcome is Outcome.DONE:
        assert refused(ledger).reason is Reason.ALREADY
    else:
        claimed(ledger)


def test_a_claim_in_flight_is_not_resolved(ledger: Ledger, time: FakeClock) -> None:
    """The run may still wait for its answer; later it is resolved."""
    claimed(ledger)
    with pytest.raises(LedgerConflict):
        ledger.resolve("A-1", Outcome.NOT_SENT)
    # A clock that was set back makes it no older.
    time.wall -= 7200
    with pytest.raises(LedgerConflict):
        ledger.resolve("A-1", Outcome.NOT_SENT)
    time.wall += 10_800
    assert 1 == ledger.resolve("A-1", Outcome.NOT_SENT)


def test_an_answer_counts_more_than_what_a_person_said(
    ledger: Ledger, time: FakeClock
) -> None:
    """A laptop slept during a request: the late answer says that it was done."""
    claim = claimed(ledger)
    time.pass_time(3600)
    ledger.resolve("A-1", Outcome.NOT_SENT)
    ledger.finish(claim, Outcome.DONE)
    assert refused(ledger).reason is Reason.ALREADY


def test_a_late_answer_leaves_a_newer_claim_alone(
    ledger: Ledger, time: FakeClock
) -> None:
    """Both are on record, and nobody is launched a third time."""
    claim = claimed(ledger)
    time.pass_time(3600)
    ledger.resolve("A-1", Outcome.NOT_SENT)
    newer = claimed(ledger)
    ledger.finish(claim, Outcome.DONE)
    ledger.finish(newer, Outcome.DONE)
    assert refused(ledger).reason is Reason.ALREADY


@pytest.mark.parametrize(
    ("external_id", "kind", "known"),
    [("A-9", "launch", "A-1"), ("A-1", "update", "launch of A-1"), ("A-1", "x", "x")],
)
def test_what_is_not_unknown_cannot_be_resolved(
    ledger: Ledger, external_id: str, kind: str, known: str
) -> None:
    """A wrong id, or a wrong kind: the error says what there is instead."""
    ledger.finish(claimed(ledger, "A-1"), Outcome.UNKNOWN)
    with pytest.raises(InvalidInput, match=known):
        ledger.resolve(external_id, Outcome.DONE, kind=kind)
    assert 1 == ledger.resolve("A-1", Outcome.DONE)
    with pytest.raises(InvalidInput):
        ledger.resolve(external_id, Outcome.DONE, kind=kind)


def test_an_unknown_outcome_cannot_be_resolved_as_unknown(ledger: Ledger) -> None:
    """Whoever resolves something knows it."""
    with pytest.raises(InvalidInput):
        ledger.resolve("A-1", Outcome.UNKNOWN)


def test_a_clock_that_was_set_back_changes_no_order(
    ledger: Ledger, time: FakeClock
) -> None:
    """Requests count in the order in which they were claimed, not by their times."""
    launched(ledger)
    time.wall -= 86_400
    ledger.finish(claimed(ledger, operation=CANCEL), Outcome.DONE)
    assert set() == ledger.running()


def test_pruning_forgets_people_but_not_that_they_were_launched(
    ledger: Ledger, time: FakeClock
) -> None:
    """No id is left, nor what was sent, but nobody is launched again."""
    launched(ledger, "A-1")
    ledger.finish(claimed(ledger, "A-2"), Outcome.REFUSED)
    ledger.finish(claimed(ledger, "A-3"), Outcome.UNKNOWN)
    time.pass_time(86_400)
    launched(ledger, "A-4")
    before = datetime.fromtimestamp(time.wall, UTC) - timedelta(hours=1)
    assert 2 == ledger.prune(before)
    kept = [record.external_id for record in ledger.records()]
    assert [None, "A-3", "A-4"] == kept
    assert refused(ledger, "A-1").reason is Reason.ALREADY
    assert ledger.changed("A-1", body("A-1")) is None


def test_erasing_leaves_nothing(ledger: Ledger, time: FakeClock) -> None:
    """It is what a person asked for: the next launch is the first one again."""
    launched(ledger)
    time.pass_time(10)
    assert 1 == ledger.prune(datetime.fromtimestamp(time.wall, UTC), erase=True)
    assert ledger.is_empty()
    claimed(ledger)


def test_pruning_needs_a_time_zone(ledger: Ledger) -> None:
    """A time without one would mean another moment on another machine."""
    with pytest.raises(InvalidInput):
        ledger.prune(datetime(2026, 1, 1))


def test_changes_are_told_from_what_was_accepted(ledger: Ledger) -> None:
    """Members of the last accepted bodies are compared, custom fields one by one."""
    fields = [*branded("one"), {"name": "location", "value": "Sydney"}]
    launched(ledger, customfields=fields)
    assert frozenset() == ledger.changed("A-1", body("A-1", customfields=fields))
    change: dict[str, Any] = {"nhstdt": "2027-02-01"}
    change["customfields"] = branded("two")
    changed = frozenset({"nhstdt", "customfields/brand"})
    assert changed == ledger.changed("A-1", change)
    ledger.finish(claimed(ledger, operation=UPDATE, **change), Outcome.DONE)
    assert frozenset() == ledger.changed("A-1", change)
    assert ledger.changed("B-1", change) is None


def test_a_ledger_keeps_no_values(ledger: Ledger) -> None:
    """Nothing that a body says is readable, and no digest can be computed without key.

    Equal values under two names have different digests.
    """
    launched(ledger, nhlnm="Confidential", nhfnm="Confidential")
    with ledger._database.transaction() as transaction:
        rows = transaction.rows(
            "SELECT * FROM enboarder_claims WHERE account = ?", ledger.account
        )
        contacts = transaction.rows("SELECT * FROM enboarder_contacts")
    text = f"{rows} {contacts}"
    for value in ("Confidential", "example.com", "Morgan", "2027-01-12"):
        assert value not in text


def test_accounts_do_not_see_each_other(
    location: str, ledger: Ledger, time: FakeClock
) -> None:
    """One database may hold the ledgers of several accounts."""
    from enboarder.people import open_ledger

    launched(ledger)
    other = f"{ledger.account}-child"
    with open_ledger(account=other, location=location, clock=time.clock) as second:
        assert second.is_empty()
        claimed(second)
