"""The user's event hooks, and how far an attempt has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    ConnectionFailed,
    Enboarder,
    InvalidInput,
    NoAnswer,
    OutcomeUnknown,
    RetryPolicy,
    TokenRefused,
)
from enboarder.transport.hooks import NEVER_SENT, Progress
from tests.conftest import (
    Driver,
    FakeClock,
    Service,
    basic_launch,
    granted,
    keyed,
    launched,
)
from tests.engine import httpx

READ = "reports.get_forms"
LAUNCH = ("workflows.launch_basic", basic_launch())
BROKEN = httpx.ReadError("x")
UNCONNECTED = httpx.ConnectError("x")


def hooks(driver: Driver, event: str, hook: Callable[[Any], Any]) -> Any:
    """Return a function as the hook of one event, awaited where it has to be."""

    async def awaited(message: Any) -> None:
        hook(message)

    return {event: [awaited if driver.awaited else hook]}


def raising(error: Exception) -> Callable[[Any], None]:
    def hook(_: object) -> None:
        raise error

    return hook


def test_attempt_that_was_not_handed_over_never_left() -> None:
    """Until the transport gets the request, nothing was sent, whatever is raised."""
    assert not Progress().may_have_left(BROKEN)


@pytest.mark.parametrize(
    ("error", "expected"),
    [(BROKEN, True), (UNCONNECTED, False), (KeyError("x"), True)],
)
def test_attempt_that_was_handed_over_may_have_left(
    error: Exception, expected: bool
) -> None:
    """After that, only errors of connecting mean that nothing was sent."""
    progress = Progress()
    progress.hand_over()

    assert progress.may_have_left(error) == expected


@pytest.mark.parametrize("status", [200, 400, 500, 401, 403])
def test_attempt_that_was_answered_has_left(status: int) -> None:
    """An error after an answer does not mean that nothing was sent."""
    progress = Progress()
    progress.hand_over()
    progress.answer(status)

    assert progress.may_have_left(UNCONNECTED)


@pytest.mark.parametrize("status", [401, 403, 500])
def test_replay_that_is_handed_over_is_not_answered_yet(status: int) -> None:
    """The answer to the first request says nothing about the second one."""
    progress = Progress()
    progress.hand_over()
    progress.answer(status)
    progress.hand_over()

    assert not progress.may_have_left(UNCONNECTED)


@pytest.mark.parametrize("error", NEVER_SENT)
def test_error_of_a_hook_after_an_answer_says_nothing_about_sending(
    error: str,
) -> None:
    """A hook that cannot reach an audit service does not make a call unsent."""
    progress = Progress()
    progress.hand_over()
    progress.answer(401)
    progress.in_hook = True

    assert progress.may_have_left(getattr(httpx, error)("x"))


@pytest.mark.parametrize("event", ["request", "response"])
def test_hook_sees_each_request_and_answer(driver: Driver, event: str) -> None:
    """httpx gets the hooks."""
    seen: list[object] = []
    given = keyed(Service(), event_hooks=hooks(driver, event, seen.append))

    driver.call(given, READ)

    kind = httpx.Request if event == "request" else httpx.Response
    assert [type(message) for message in seen] == [kind]


def test_hook_sees_the_request_as_it_is_sent(driver: Driver) -> None:
    """A header that a hook adds is sent."""
    service = Service()

    def trace(request: httpx.Request) -> None:
        request.headers["X-Trace"] = "1"

    driver.call(keyed(service, event_hooks=hooks(driver, "request", trace)), READ)

    assert service.last.headers["x-trace"] == "1"


@pytest.mark.parametrize("status", [200, 401, 403])
@pytest.mark.parametrize(
    "error",
    [
        UNCONNECTED,
        KeyError("x"),
        httpx.InvalidURL("x"),
        ConnectionFailed("the audit call was not sent"),
        InvalidInput("the audit call was wrong"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_write_whose_answer_a_hook_breaks_is_an_unknown_outcome(
    driver: Driver, error: Exception, status: int
) -> None:
    """A launch that was answered is sent once, whatever a hook raises afterwards."""
    service = Service(httpx.Response(status, json={"message": "ok"}))
    given = keyed(service, event_hooks=hooks(driver, "response", raising(error)))

    with pytest.raises(OutcomeUnknown, match="event hook"):
        driver.call(given, *LAUNCH)

    assert len(service.requests) == 1


def test_read_whose_answer_a_hook_breaks_has_no_answer(
    driver: Driver, time: FakeClock
) -> None:
    """A read is sent again, and the error says that a hook raised it."""
    service = Service(httpx.Response(200, json={"items": []}))
    broken = hooks(driver, "response", raising(KeyError("x")))

    with pytest.raises(NoAnswer, match="event hook"):
        driver.call(keyed(service, event_hooks=broken, **time.settings), READ)

    assert len(service.requests) == RetryPolicy().attempts


@pytest.mark.parametrize("call", [(READ,), LAUNCH], ids=["read", "write"])
def test_error_of_a_hook_before_the_request_reaches_the_caller(
    driver: Driver, call: Any
) -> None:
    """A mistake of the user's program is not hidden, and nothing is sent."""
    service = Service()
    broken = hooks(driver, "request", raising(KeyError("mine")))

    with pytest.raises(KeyError, match="mine"):
        driver.call(keyed(service, event_hooks=broken), *call)

    assert service.requests == []


def test_network_error_of_a_hook_before_the_request_was_never_sent(
    driver: Driver, time: FakeClock
) -> None:
    """A hook that cannot reach its own service has sent no launch."""
    service = Service()
    broken = hooks(driver, "request", raising(httpx.ReadError("x")))

    with pytest.raises(ConnectionFailed):
        driver.call(keyed(service, event_hooks=broken, **time.settings), *LAUNCH)

    assert service.requests == []


def test_hook_that_refuses_bad_statuses_does_not_stop_the_renewal_of_a_token(
    driver: Driver,
) -> None:
    """`raise_for_status` in a hook is common, and a 401 is followed by a replay."""
    service = Service(httpx.Response(401), launched())

    def refuse(response: httpx.Response) -> None:
        response.raise_for_status()

    given = granted(service, event_hooks=hooks(driver, "response", refuse))

    assert driver.call(given, *LAUNCH).message == "ok"


def test_hook_may_read_the_answer(driver: Driver) -> None:
    """A body that a hook has read still arrives."""
    service = Service(httpx.Response(200, json={"items": [{"id": "F-1"}]}))

    def read(response: httpx.Response) -> None:
        response.read()

    async def read_async(response: httpx.Response) -> None:
        await response.aread()

    hook: Any = read_async if driver.awaited else read
    given = keyed(service, event_hooks={"response": [hook]})

    assert len(driver.call(given, READ).items) == 1


class Cut(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that ends too early."""

    def __iter__(self) -> Any:
        yield b"{"
        raise httpx.ReadError("the connection broke")

    async def __aiter__(self) -> Any:
        for piece in self:
            yield piece


def test_hook_that_is_over_is_not_blamed(driver: Driver) -> None:
    """A body that ends too early, after the hooks, is a broken connection."""
    service = Service(lambda _: httpx.Response(200, stream=Cut()))
    given = keyed(service, event_hooks=hooks(driver, "response", lambda _: None))

    with pytest.raises(OutcomeUnknown, match="ReadError") as caught:
        driver.call(given, *LAUNCH)

    assert "event hook" not in str(caught.value)


def test_token_that_is_refused_after_a_hook_reaches_the_caller(driver: Driver) -> None:
    """A launch that a 401 refused, and whose token cannot be replaced, was not done."""
    tokens = [
        httpx.Response(200, json={"access_token": "t", "expires_in": 3600}),
        httpx.Response(401, json={"error": "invalid_client"}),
    ]
    service = Service(httpx.Response(401), token=lambda _: tokens.pop(0))
    given = granted(service, event_hooks=hooks(driver, "response", lambda _: None))

    with pytest.raises(TokenRefused):
        driver.call(given, *LAUNCH)

    assert len(service.requests) == 1


def test_hook_that_closes_an_answer_takes_it_away() -> None:
    """What is left of the answer on a closed connection is never read."""
    streamed = httpx.MockTransport(lambda _: httpx.Response(200, content=iter([b"{}"])))
    client = Enboarder(
        ApiKey("key"),
        region="eu",
        transport=streamed,
        event_hooks={"response": [lambda answer: answer.close()]},
        retry=RetryPolicy(attempts=1),
    )

    with client, pytest.raises(NoAnswer):
        client.profiles.get("p1")
