"""What protects a single launch in the user's own code."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from enboarder import (
    UNSET,
    AsyncEnboarder,
    BadRequest,
    ConfigurationError,
    InvalidInput,
    OutcomeUnknown,
)
from enboarder.people import (
    Ledger,
    LedgerConflict,
    LedgerError,
    Result,
    Status,
    once,
    once_async,
)
from tests.conftest import FakeClock, Service, basic_launch, keyed, launched
from tests.engine import httpx
from tests.people.ledger.conftest import body, client_of

Launch = Callable[..., Result]


@pytest.fixture(params=["blocking", "awaited"])
def launch(
    request: pytest.FixtureRequest, file_ledger: Ledger, time: FakeClock
) -> Launch:
    """Launch somebody once by each of the two clients."""

    def blocking(service: Service, content: Any, **options: Any) -> Result:
        with client_of(service, time) as enboarder:
            send = enboarder.workflows.launch_basic
            return once(file_ledger, send, content, clock=time.clock, **options)

    async def awaited(service: Service, content: Any, **options: Any) -> Result:
        async with AsyncEnboarder(**keyed(service, **time.settings)) as enboarder:
            send = enboarder.workflows.launch_basic
            return await once_async(
                file_ledger, send, content, clock=time.clock, **options
            )

    if request.param == "blocking":
        return blocking
    return lambda *words, **options: asyncio.run(awaited(*words, **options))


@pytest.mark.parametrize("content", [body(), basic_launch()])
def test_somebody_is_launched_once(launch: Launch, content: Any) -> None:
    """A second call returns that it was done, with the same reference."""
    service = Service(launched("A-1"))
    assert Status.LAUNCHED is launch(service, content).status
    again = launch(service, content)
    assert (Status.ALREADY, "A-1") == (again.status, again.reference_id)
    assert 1 == len(service.requests)


def test_a_refused_launch_may_be_called_again(launch: Launch) -> None:
    """The client's error is raised, and nothing stands against another call."""
    service = Service(httpx.Response(400, json={"message": "no"}), launched())
    with pytest.raises(BadRequest):
        launch(service, body())
    assert Status.LAUNCHED is launch(service, body()).status


def test_an_unknown_launch_is_not_sent_again(launch: Launch) -> None:
    """Each further call raises the same kind of error, and sends nothing."""
    service = Service(httpx.ReadTimeout("slow"), launched())
    for _ in range(3):
        with pytest.raises(OutcomeUnknown) as caught:
            launch(service, body())
        assert ("A-1",) == caught.value.external_ids
    assert 1 == len(service.requests)


def test_a_conflict_needs_a_yes(launch: Launch) -> None:
    """The error says what stands against the launch."""
    service = Service(launched())
    launch(service, body("A-1", nheml="same@example.com"))
    other = body("B-1", nheml="same@example.com")
    with pytest.raises(LedgerConflict) as caught:
        launch(service, other)
    assert caught.value.refusal
    assert "A-1" == caught.value.refusal.record.external_id
    assert Status.LAUNCHED is launch(service, other, allow=True).status


FIELDS = {
    "employee_name": "Alex Example",
    "employee_email": "alex@example.com",
    "manager_name": "Morgan Sample",
    "manager_email": "morgan@example.com",
    "start_date": date(2027, 1, 12),
    "external_id": "A-1",
    "custom_fields": {"location": "Sydney"},
}


def test_the_fields_may_be_keywords(launch: Launch) -> None:
    """As they may be for the method; the same person is the same, either way."""
    service = Service(launched("A-1"))
    assert Status.LAUNCHED is launch(service, UNSET, **FIELDS).status
    wire = json.loads(service.requests[0].content)
    assert ("2027-01-12", [{"name": "location", "value": "Sydney"}]) == (
        wire["nhstdt"],
        wire["customfields"],
    )
    assert Status.ALREADY is launch(service, wire).status


@pytest.mark.parametrize(
    ("content", "fields", "error"),
    [
        (UNSET, {}, InvalidInput),
        (body(), {"employee_name": "Sam Example"}, InvalidInput),
        (UNSET, {**FIELDS, "employee_nme": "Alex"}, TypeError),
    ],
    ids=["nothing", "both", "misspelt"],
)
def test_wrong_keywords_send_nothing(
    launch: Launch, content: Any, fields: dict[str, Any], error: type[Exception]
) -> None:
    """No body, a body and fields, or a field that the method does not have."""
    service = Service(launched())
    with pytest.raises(error):
        launch(service, content, **fields)
    assert not service.requests


def test_a_process_that_cannot_import_claims_nobody(
    launch: Launch, file_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is known that nothing was sent, without a free file descriptor, say."""

    def fails(name: str) -> None:
        raise OSError(24, "Too many open files", name)

    service = Service(launched())
    monkeypatch.setattr("enboarder.people.calls.import_module", fails)
    with pytest.raises(ConfigurationError, match="Too many open files"):
        launch(service, body())
    assert file_ledger.is_empty()


@pytest.mark.parametrize("external_id", [None, "", " "])
def test_an_external_id_is_needed(launch: Launch, external_id: str | None) -> None:
    """Without one, nobody could tell a second launch from the first."""
    service = Service(launched())
    content = {**body(), "externalid": external_id}
    with pytest.raises(InvalidInput, match="externalid"):
        launch(service, content)
    assert not service.requests


def test_only_methods_for_one_person_are_taken(
    file_ledger: Ledger, time: FakeClock
) -> None:
    """A bulk launch has many external ids, and a function of the user's may be wrong.

    A method of the other client would never be awaited.
    """
    with client_of(Service(launched()), time) as enboarder:
        workflows = enboarder.workflows
        for send in (workflows.launch_bulk, enboarder.profiles.create, print):
            with pytest.raises(InvalidInput):
                once(file_ledger, send, body())
        blocking: Any = workflows.launch_basic
        with pytest.raises(InvalidInput):
            asyncio.run(once_async(file_ledger, blocking, body()))


def test_a_launch_that_cannot_be_recorded_is_not_sent_again(
    launch: Launch, file_ledger: Ledger
) -> None:
    """The error says how it ended, and the next call sends nothing."""

    class Broken(Ledger):
        def finish(self, *_: Any, **__: Any) -> None:
            raise LedgerError("the disk is full")

    service = Service(launched())
    file_ledger.__class__ = Broken
    with pytest.raises(LedgerError) as caught:
        launch(service, body())
    assert "done" in caught.value.__notes__[0]
    file_ledger.__class__ = Ledger
    with pytest.raises(OutcomeUnknown):
        launch(service, body())
    assert 1 == len(service.requests)
