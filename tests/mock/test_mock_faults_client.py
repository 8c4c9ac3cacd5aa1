"""What the client makes of each fault, over real connections.

A launch is done at most once, and every error has a type.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from enboarder import (
    InvalidResponse,
    NoAnswer,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    TokenUnavailable,
    models,
)
from enboarder.mock import Fault, MockServer, faults
from tests.conftest import LONG, Driver, FakeClock, basic_launch, credential_of

SHORT = 0.5  # seconds that a call waits for an answer that does not come
USER = {
    "id": "1",
    "userName": "alex@example.com",
    "active": True,
    "userType": "Reporter",
    "meta": {"resourceType": "User"},
}


def settings(mock: MockServer, time: FakeClock, kind: str = "apikey") -> dict[str, Any]:
    """Return the settings of a client of the mock."""
    return {
        "credential": credential_of(mock, kind),
        "base_url": mock.base_url,
        "clock": time.clock,
    }


def limit(fault: Fault) -> float:
    """Return the seconds that a call may take."""
    return SHORT if fault.name in ("hang", "delay") else LONG


@pytest.fixture
def mock() -> Iterator[MockServer]:
    """A server of the test's own, with one user."""
    with MockServer() as server:
        server.state.users["1"] = dict(USER)
        yield server


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        (faults.drop(), 1),
        (faults.drop(carried_out=False), 0),
        (faults.hang(), 1),
        (faults.hang(carried_out=False), 0),
        (faults.delay(LONG), 1),
        (faults.truncated(), 1),
        (faults.cut_json(), 1),
        (faults.html(), 0),
        (faults.html(502, carried_out=True), 1),
        (faults.server_error(500, carried_out=True), 1),
        (faults.server_error(503, retry_after=1), 0),
        (faults.null("message"), 1),
        (faults.unknown_value("message"), 1),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else str(value),
)
def test_launch_whose_answer_is_lost_is_an_unknown_outcome(
    driver: Driver, mock: MockServer, time: FakeClock, fault: Fault, done: int
) -> None:
    """It is sent once, done or not, and the error names what to look for."""
    mock.fail("workflows.launch_basic", fault)

    with pytest.raises(OutcomeUnknown) as caught:
        driver.call(
            settings(mock, time),
            "workflows.launch_basic",
            basic_launch("A-1"),
            timeout=limit(fault),
        )

    assert caught.value.external_id == "A-1"
    assert [("workflows.launch_basic", fault.name)] == [
        (seen.operation, seen.fault) for seen in mock.requests
    ]
    assert done == len(mock.state.workflows)
    assert time.slept == []


def test_launch_that_is_postponed_is_done_once(
    driver: Driver, mock: MockServer, time: FakeClock
) -> None:
    """After a 429 the client waits as long as `Retry-After` says, and launches."""
    mock.fail("workflows.launch_basic", faults.too_many_requests(retry_after=7))
    result = driver.call(
        settings(mock, time), "workflows.launch_basic", basic_launch("A-1")
    )

    assert result.reference_id == "A-1"
    assert time.slept == [7.0]
    assert len(mock.state.workflows) == 1
    assert ["too_many_requests", None] == [seen.fault for seen in mock.requests]


def test_launch_that_is_postponed_for_too_long_is_an_error(
    driver: Driver, mock: MockServer, time: FakeClock
) -> None:
    """It is raised without a wait, and says how long the service asked for."""
    mock.fail("workflows.launch_basic", faults.too_many_requests(retry_after=3600))

    with pytest.raises(RateLimited) as caught:
        driver.call(settings(mock, time), "workflows.launch_basic", basic_launch())

    assert (caught.value.retry_after, time.slept, mock.state.workflows) == (
        3600.0,
        [],
        [],
    )


@pytest.mark.parametrize(
    "fault",
    [faults.null("referenceid"), faults.extra_members()],
    ids=lambda fault: str(fault.name),
)
def test_launch_whose_answer_has_changed_a_little_is_a_success(
    driver: Driver, mock: MockServer, time: FakeClock, fault: Fault
) -> None:
    """What the contract does not promise is not needed."""
    mock.fail("workflows.launch_basic", fault)
    result = driver.call(settings(mock, time), "workflows.launch_basic", basic_launch())

    assert (result.message, len(mock.state.workflows)) == ("ok", 1)


@pytest.mark.parametrize(
    "fault",
    [faults.drop(), faults.hang(), faults.truncated(), faults.server_error(503)],
    ids=lambda fault: str(fault.name),
)
def test_read_is_sent_again(
    driver: Driver, mock: MockServer, time: FakeClock, fault: Fault
) -> None:
    """A read that meets the fault twice succeeds at the third attempt."""
    mock.fail("brands.get_all", fault, times=2)

    assert driver.call(settings(mock, time), "brands.get_all", timeout=limit(fault))
    assert [fault.name, fault.name, None] == [seen.fault for seen in mock.requests]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.drop(), NoAnswer),
        (faults.hang(), NoAnswer),
        (faults.truncated(), NoAnswer),
        (faults.cut_json(), InvalidResponse),
        (faults.html(), InvalidResponse),
        (faults.html(502), ServerError),
        (faults.server_error(500), ServerError),
        (faults.too_many_requests(), RateLimited),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else value.__name__,
)
def test_read_that_fails_for_good_has_its_error(
    driver: Driver,
    mock: MockServer,
    time: FakeClock,
    fault: Fault,
    error: type[Exception],
) -> None:
    """No other exception than the client's own is raised."""
    mock.fail("brands.get_all", fault, times=3)

    with pytest.raises(error):
        driver.call(settings(mock, time), "brands.get_all", timeout=limit(fault))


def test_unknown_value_is_kept(
    driver: Driver, mock: MockServer, time: FakeClock
) -> None:
    """An enum is open: a new value loses neither the row nor the page."""
    mock.fail("users.get_all", faults.unknown_value("userType"))
    page = driver.call(settings(mock, time), "users.get_all")

    assert [("alex@example.com", faults.UNKNOWN)] == [
        (user.user_name, user.user_type) for user in page.resources
    ]


def test_null_is_tolerated(driver: Driver, mock: MockServer, time: FakeClock) -> None:
    """The rest of the row is there."""
    mock.fail("users.get", faults.null("userType"))
    user = driver.call(settings(mock, time), "users.get", "1")

    assert user.user_name == "alex@example.com"
    assert not isinstance(user.user_type, models.UserType)


def test_extra_members_are_kept(
    driver: Driver, mock: MockServer, time: FakeClock
) -> None:
    """What a later version of the service adds can be read."""
    mock.fail("users.get", faults.extra_members())
    user = driver.call(settings(mock, time), "users.get", "1")

    assert (user.user_name, user["addedLater"]) == (
        "alex@example.com",
        faults.ADDED["addedLater"],
    )


@pytest.mark.parametrize(
    "fault",
    [
        faults.drop(),
        faults.truncated(),
        faults.cut_json(),
        faults.html(),
        faults.server_error(),
        faults.too_many_requests(),
        faults.null("access_token"),
        faults.unknown_value("token_type"),
    ],
    ids=lambda fault: str(fault.name),
)
def test_no_token_no_launch(
    driver: Driver, mock: MockServer, time: FakeClock, fault: Fault
) -> None:
    """When the token endpoint fails, nothing is sent to the service."""
    mock.fail("token", fault, times=10)

    with pytest.raises(TokenUnavailable):
        driver.call(
            settings(mock, time, "oauth2"), "workflows.launch_basic", basic_launch()
        )

    assert {"token"} == {seen.operation for seen in mock.requests}
    assert mock.state.workflows == []


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("how", ["expire_tokens", "revoke_tokens"])
def test_token_that_dies_early_is_replaced(
    driver: Driver, mock: MockServer, time: FakeClock, how: str, status: int
) -> None:
    """The client fetches another and launches once."""
    used = settings(mock, time, "oauth2")
    mock.dead_token_status = status
    driver.call(used, "reports.get_forms")
    getattr(mock, how)()
    time.pass_time(61)
    driver.call(used, "workflows.launch_basic", basic_launch())

    assert (mock.token_requests, len(mock.state.workflows)) == (2, 1)
