"""What a run promises: each row at most once, and a definite end for every row."""

from __future__ import annotations

import asyncio
import gc
import math
import threading
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from enboarder import AsyncEnboarder, ConfigurationError, InvalidInput, NoAnswer
from enboarder.people import (
    Action,
    Ledger,
    LedgerError,
    Outcome,
    Pace,
    Plan,
    Result,
    Run,
    RunInterrupted,
    Status,
    apply,
    apply_async,
)
from enboarder.people.endings import failed
from tests.conftest import FakeClock, Service, keyed, launched
from tests.engine import httpx
from tests.people.ledger.conftest import (
    CANCEL,
    LAUNCH,
    UPDATE,
    body,
    branded,
    client_of,
    plan_of,
)

ONE = Pace(in_flight=1, per_second=math.inf)
Apply = Callable[..., Run]


@pytest.fixture(params=["blocking", "awaited"])
def run(request: pytest.FixtureRequest, file_ledger: Ledger, time: FakeClock) -> Apply:
    """Run a plan against a service in memory, by each of the two clients."""

    def blocking(service: Service, plan: Plan, **options: Any) -> Run:
        settings = {"pace": ONE, "clock": time.clock, **options}
        with client_of(service, time) as enboarder:
            return apply(enboarder, plan, file_ledger, **settings)

    async def awaited(service: Service, plan: Plan, **options: Any) -> Run:
        settings = {"pace": ONE, "clock": time.clock, **options}
        async with AsyncEnboarder(**keyed(service, **time.settings)) as enboarder:
            return await apply_async(enboarder, plan, file_ledger, **settings)

    if request.param == "blocking":
        return blocking
    return lambda *words, **options: asyncio.run(awaited(*words, **options))


def statuses(run: Run) -> list[Status]:
    return [result.status for result in run]


def refusal(status: int, message: str = "no", **headers: str) -> httpx.Response:
    return httpx.Response(status, json={"message": message}, headers=headers)


def test_every_row_is_sent_once(run: Apply, file_ledger: Ledger) -> None:
    """The results say who was launched, when, and under which reference."""
    service = Service(launched("A-1"), launched("A-2"))
    done = run(service, plan_of("A-1", "A-2"))
    assert [Status.LAUNCHED] * 2 == statuses(done)
    assert ["A-1", "A-2"] == [result.reference_id for result in done]
    assert all(result.at for result in done)
    assert done.is_good
    assert {done.id} == {record.run for record in file_ledger.records()}


def test_a_second_run_sends_nothing(run: Apply) -> None:
    """Also under another name of the file."""
    service = Service(launched())
    run(service, plan_of("A-1", "A-2"))
    again = run(service, plan_of("A-2", "A-1"))
    assert 2 == len(service.requests)
    assert [Status.ALREADY] * 2 == statuses(again)


def test_an_id_that_appears_twice_is_sent_once(run: Apply) -> None:
    """Whatever made the plan, the ledger has the last word."""
    service = Service(launched())
    done = run(service, plan_of("A-1", "A-1"))
    assert [Status.LAUNCHED, Status.ALREADY] == statuses(done)
    assert 1 == len(service.requests)


@pytest.mark.parametrize(
    ("step", "status", "may_run_again"),
    [
        (refusal(400), Status.REFUSED, True),
        (refusal(403), Status.REFUSED, True),
        (refusal(429), Status.REFUSED, True),
        (refusal(503), Status.UNKNOWN, False),
        (httpx.Response(200, json={"message": "?"}), Status.UNKNOWN, False),
        (httpx.ReadTimeout("slow"), Status.UNKNOWN, False),
        (RuntimeError("a transport failed"), Status.UNKNOWN, False),
        (httpx.ConnectError("no"), Status.NOT_SENT, True),
    ],
)
def test_a_run_continues_what_was_not_done(
    run: Apply,
    file_ledger: Ledger,
    step: httpx.Response | BaseException,
    status: Status,
    may_run_again: bool,
) -> None:
    """A definite no is sent again by the next run, anything else never."""
    first = run(Service(step), plan_of("A-1"))
    assert [status] == statuses(first)
    assert first[0].message
    assert first[0].hint
    assert may_run_again == (not file_ledger.unsettled())
    service = Service(launched())
    second = run(service, plan_of("A-1"))
    assert may_run_again == bool(service.requests)
    assert [Status.LAUNCHED if may_run_again else Status.UNKNOWN] == statuses(second)


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("?"), NoAnswer("?")])
def test_what_is_no_definite_no_is_unknown(error: Exception) -> None:
    """An error that the client does not raise for a write proves nothing."""
    assert Outcome.UNKNOWN is failed(error).outcome


def test_a_row_that_breaks_the_contract_is_not_sent(run: Apply) -> None:
    """The other rows are."""
    plan = plan_of("A-1", "A-2")
    wrong = Action(2, LAUNCH, "A-1", body("A-1", nhstdt="12/01/2027"))
    plan = Plan("launch", "test", "f.csv", (), (wrong, plan.actions[1]))
    service = Service(launched())
    done = run(service, plan)
    assert [Status.NOT_SENT, Status.LAUNCHED] == statuses(done)
    assert "start_date" in done[0].message
    assert 1 == len(service.requests)


def test_a_run_stops_after_several_failures_of_one_kind(run: Apply) -> None:
    """A wrong credential is not tried with every row; the rest is not sent."""
    service = Service(refusal(403))
    done = run(service, plan_of(*(f"A-{number}" for number in range(9))), stop_after=3)
    assert 3 == len(service.requests)
    assert [Status.REFUSED] * 3 + [Status.NOT_SENT] * 6 == statuses(done)
    assert done.stopped
    assert done.stopped in done[8].message


def test_an_outage_leaves_few_rows_unknown(run: Apply) -> None:
    """Each unknown row is work for a person, so the run stops early."""
    service = Service(refusal(500))
    done = run(service, plan_of(*(f"A-{number}" for number in range(99))))
    assert 5 == done.counts[Status.UNKNOWN]
    assert 94 == done.counts[Status.NOT_SENT]


def test_failures_of_different_kinds_do_not_stop_a_run(run: Apply) -> None:
    """A file with several wrong rows is run to its end."""
    steps = [refusal(400, f"problem {number % 2}") for number in range(9)]
    service = Service(*steps)
    done = run(service, plan_of(*(f"A-{number}" for number in range(9))), stop_after=2)
    assert 9 == len(service.requests)
    assert done.stopped is None


def test_an_overloaded_service_slows_the_run_down(run: Apply, time: FakeClock) -> None:
    """The pause that it asked for passes before the next launch."""
    answers = [refusal(503, **{"Retry-After": "60"}), launched()]
    service = Service(*answers)
    begun = time.monotonic
    done = run(service, plan_of("A-1", "A-2"))
    assert [Status.UNKNOWN, Status.LAUNCHED] == statuses(done)
    assert time.monotonic - begun >= 60


def test_a_run_does_not_wait_for_hours(run: Apply, time: FakeClock) -> None:
    """It stops, and says how long the service asks to wait."""
    service = Service(refusal(503, **{"Retry-After": "7200"}))
    done = run(service, plan_of("A-1", "A-2"))
    assert [Status.UNKNOWN, Status.NOT_SENT] == statuses(done)
    assert "7200" in str(done.stopped)


def test_the_default_pace_is_five_a_second(run: Apply, time: FakeClock) -> None:
    """Rows that are done already cost no time."""
    names = [f"A-{number}" for number in range(11)]
    begun = time.monotonic
    run(Service(launched()), plan_of(*names), pace=Pace())
    assert time.monotonic - begun == pytest.approx(2.0)
    begun = time.monotonic
    run(Service(launched()), plan_of(*names), pace=Pace())
    assert time.monotonic - begun < 0.3


def test_conflicts_need_a_yes(run: Apply) -> None:
    """It is given for one external id, and used once."""
    service = Service(launched())
    run(service, plan_of("A-1", customfields=branded("one")))
    other = plan_of("A-1", customfields=branded("two"))
    assert [Status.CONFLICT] == statuses(run(service, other))
    allowed = evolve(other, actions=(evolve(other.actions[0], allowed=True),))
    assert [Status.LAUNCHED] == statuses(run(service, allowed))
    assert [Status.ALREADY] == statuses(run(service, allowed))
    assert 2 == len(service.requests)


@pytest.mark.parametrize(
    ("kind", "operation", "status", "content"),
    [
        ("update", UPDATE, Status.UPDATED, {"nhstdt": "2027-02-01"}),
        ("cancel", CANCEL, Status.CANCELLED, {"mode": "ALL"}),
    ],
)
def test_updates_and_cancellations_are_sent(
    run: Apply, kind: str, operation: str, status: Status, content: dict[str, Any]
) -> None:
    """Once, until something else was done to the same person."""
    answer = {"message": "Workflow updated successfully for externalid [A-1]"}
    service = Service(httpx.Response(200, json=answer))
    action = Action(2, operation, "A-1", {"externalid": "A-1", **content})
    plan = Plan(kind, "test", "changes.csv", (), (action,))
    assert [status] == statuses(run(service, plan))
    assert [Status.ALREADY] == statuses(run(service, plan))


@pytest.mark.parametrize(
    "plan",
    [
        plan_of("A-1", account="another"),
        Plan("cancel", "test", "f.csv", (), plan_of("A-1").actions),
        Plan("launch", "test", "f.csv", (), (Action(2, LAUNCH, "B-1", body("A-1")),)),
        Plan("launch", "test", "f.csv", (), (Action(2, "users.create", "B", {}),)),
    ],
)
def test_a_plan_that_fits_nothing_is_refused(run: Apply, plan: Plan) -> None:
    """Before anything is sent or claimed."""
    service = Service(launched())
    with pytest.raises(InvalidInput):
        run(service, plan)
    assert not service.requests


def test_a_run_that_could_send_nothing_is_refused(run: Apply) -> None:
    """It would stop before its first row."""
    with pytest.raises(InvalidInput):
        run(Service(launched()), plan_of("A-1"), stop_after=0)


def test_progress_is_reported(run: Apply) -> None:
    """Each result as it comes, with how many there are and will be."""
    seen: list[tuple[str, int, int]] = []

    def progress(result: Result, finished: int, total: int) -> None:
        seen.append((result.external_id, finished, total))

    run(Service(launched()), plan_of("A-1", "A-2"), progress=progress)
    assert [("A-1", 1, 2), ("A-2", 2, 2)] == seen


def test_a_progress_callback_that_fails_ends_the_run(
    run: Apply, file_ledger: Ledger
) -> None:
    """Its error is raised, and what was in flight is recorded."""

    def progress(*_: object) -> None:
        raise ZeroDivisionError

    service = Service(launched())
    names = [f"A-{number}" for number in range(50)]
    with pytest.raises(ZeroDivisionError):
        run(service, plan_of(*names), pace=Pace(), progress=progress)
    assert len(service.requests) < 50
    assert len(service.requests) == len(file_ledger.records())
    assert [] == file_ledger.unsettled()


def test_errors_of_all_tasks_are_looked_at(
    file_ledger: Ledger, time: FakeClock
) -> None:
    """The first one is raised, and asyncio does not report the others later."""

    def progress(*_: object) -> None:
        raise ZeroDivisionError

    reports: list[str] = []

    async def work() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, found: reports.append(found["message"]))
        service = Service(launched())
        async with AsyncEnboarder(**keyed(service, **time.settings)) as enboarder:
            with pytest.raises(ZeroDivisionError):
                await apply_async(
                    enboarder,
                    plan_of(*(f"A-{number}" for number in range(10))),
                    file_ledger,
                    pace=Pace(in_flight=3),
                    progress=progress,
                    clock=time.clock,
                )
        gc.collect()

    asyncio.run(work())
    assert [] == reports


class BrokenLedger(Ledger):
    """A ledger whose disk fails at a step."""

    fails_at = ""

    def claim(self, *arguments: Any, **options: Any) -> Any:
        if self.fails_at == "claim":
            raise LedgerError("the disk is full")
        return super().claim(*arguments, **options)

    def finish(self, *arguments: Any, **options: Any) -> None:
        if self.fails_at == "finish":
            raise LedgerError("the disk is full")
        super().finish(*arguments, **options)


@pytest.mark.parametrize(
    ("step", "sent", "first"),
    [("claim", 0, Status.NOT_SENT), ("finish", 1, Status.LAUNCHED)],
)
def test_a_ledger_that_fails_stops_the_run(
    run: Apply, file_ledger: Ledger, step: str, sent: int, first: Status
) -> None:
    """Nothing is sent that cannot be recorded, and what was sent is not sent again."""
    file_ledger.__class__ = BrokenLedger
    file_ledger.fails_at = step  # type: ignore[attr-defined]
    service = Service(launched())
    done = run(service, plan_of("A-1", "A-2", "A-3"))
    assert sent == len(service.requests)
    assert [first, Status.NOT_SENT, Status.NOT_SENT] == statuses(done)
    assert "the disk is full" in str(done.stopped)
    file_ledger.fails_at = ""  # type: ignore[attr-defined]
    again = run(service, plan_of("A-1", "A-2", "A-3"))
    unsure = Status.UNKNOWN if sent else Status.LAUNCHED
    assert [unsure, Status.LAUNCHED, Status.LAUNCHED] == statuses(again)


class Killed(BaseException):
    """Stands for a process that ends here: nothing after it runs."""


@pytest.mark.parametrize(
    ("place", "sent", "status"),
    [
        ("before the claim", 1, Status.LAUNCHED),
        ("after the claim", 0, Status.UNKNOWN),
        ("after the request", 1, Status.UNKNOWN),
        ("after the outcome", 1, Status.ALREADY),
    ],
)
def test_a_crash_at_any_point_launches_nobody_twice(
    file_ledger: Ledger, time: FakeClock, place: str, sent: int, status: Status
) -> None:
    """After it, the next run sends only what had not been claimed."""
    service = Service(launched())

    class Crashing(Ledger):
        def claim(self, *arguments: Any, **options: Any) -> Any:
            if place == "before the claim":
                raise Killed
            found = super().claim(*arguments, **options)
            if place == "after the claim":
                raise Killed
            return found

        def finish(self, *arguments: Any, **options: Any) -> None:
            if place == "after the request":
                raise Killed
            super().finish(*arguments, **options)
            raise Killed

    file_ledger.__class__ = Crashing
    with client_of(service, time) as enboarder:
        with pytest.raises(Killed):
            apply(enboarder, plan_of("A-1"), file_ledger, pace=ONE, clock=time.clock)
        file_ledger.__class__ = Ledger
        done = apply(enboarder, plan_of("A-1"), file_ledger, pace=ONE, clock=time.clock)
    assert [status] == statuses(done)
    assert sent == len(service.requests)


def test_ctrl_c_finishes_what_is_in_flight(
    file_ledger: Ledger, time: FakeClock
) -> None:
    """The rows in flight are recorded, the others are not sent, and a rerun goes on."""
    interrupted = threading.Event()

    def answer(_: httpx.Request) -> httpx.Response:
        interrupted.wait(20)
        return launched()

    def progress(*_: object) -> None:
        # What Ctrl-C raises in the thread that waits.
        interrupted.set()
        raise KeyboardInterrupt

    service = Service(launched(), answer)
    names = [f"A-{number}" for number in range(60)]
    with client_of(service, time) as enboarder:
        with pytest.raises(RunInterrupted) as caught:
            apply(
                enboarder,
                plan_of(*names),
                file_ledger,
                clock=time.clock,
                progress=progress,
            )
        assert isinstance(caught.value, KeyboardInterrupt)
        counts = caught.value.run.counts
        assert len(service.requests) == counts[Status.LAUNCHED]
        assert 60 == sum(counts.values())
        assert counts[Status.NOT_SENT] > 0
        assert [] == file_ledger.unsettled()
        done = apply(enboarder, plan_of(*names), file_ledger, clock=time.clock)
    assert 60 == len(service.requests)
    assert done.is_good


def test_a_cancelled_task_finishes_what_is_in_flight(
    file_ledger: Ledger, time: FakeClock
) -> None:
    """The cancellation passes once the answers are recorded."""

    async def main() -> None:
        in_flight = asyncio.Event()
        may_answer = asyncio.Event()

        async def answer(_: httpx.Request) -> httpx.Response:
            in_flight.set()
            await may_answer.wait()
            return launched()

        settings = {**keyed(Service()), "transport": httpx.MockTransport(answer)}
        async with AsyncEnboarder(**settings) as enboarder:
            names = [f"A-{number}" for number in range(9)]
            running = asyncio.create_task(
                apply_async(
                    enboarder, plan_of(*names), file_ledger, pace=ONE, clock=time.clock
                )
            )
            await in_flight.wait()
            running.cancel()
            await asyncio.sleep(0)
            may_answer.set()
            with pytest.raises(asyncio.CancelledError):
                await running

    asyncio.run(main())
    assert [Outcome.DONE] == [record.outcome for record in file_ledger.records()]


def test_two_runs_at_once_share_the_rows(file_ledger: Ledger, time: FakeClock) -> None:
    """Both end with a status for every row, and nobody is launched twice."""
    service = Service(launched())
    names = [f"A-{number}" for number in range(30)]
    runs: list[Run] = []

    def go() -> None:
        with client_of(service, time) as enboarder:
            runs.append(
                apply(
                    enboarder,
                    plan_of(*names),
                    file_ledger,
                    pace=Pace(2, math.inf),
                    clock=time.clock,
                )
            )

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 30 == len(service.requests)
    assert 30 == sum(run.counts.get(Status.LAUNCHED, 0) for run in runs)


def test_a_run_that_cannot_import_claims_nobody(
    run: Apply, file_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later, the outcome of a launch that never left would be unknown."""

    def fails(name: str) -> None:
        raise OSError(24, "Too many open files", name)

    monkeypatch.setattr("enboarder.people.calls.import_module", fails)
    with pytest.raises(ConfigurationError, match="Too many open files"):
        run(Service(launched()), plan_of("A-1"))
    assert file_ledger.is_empty()


def test_counts_are_plain(run: Apply) -> None:
    """They can be printed, and asked for by a status or its text."""
    counts = run(Service(launched()), plan_of("A-1")).counts
    assert "{'launched': 1}" == str(counts)
    assert 1 == counts[Status.LAUNCHED]
