"""Sending safely: what is sent again, when, and what is never sent twice."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from datetime import datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    Attempt,
    Clock,
    ConnectionFailed,
    Enboarder,
    EnboarderError,
    Forbidden,
    InvalidInput,
    InvalidResponse,
    NoAnswer,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    Rejected,
    RetryPolicy,
    ServerError,
    models,
)
from enboarder.sending.plan import Call, Planner
from enboarder.sending.sender import AwaitingSender, BlockingSender, Rules
from enboarder.transport.messages import Failure
from enboarder_api.client import Arguments
from enboarder_api.operations import OPERATIONS
from tests.conftest import (
    BASE_URL,
    LONG,
    Driver,
    FakeClock,
    Service,
    basic_launch,
    credentials,
    granted,
    keyed,
    launched,
    loopback,
    refusing_port,
    reply,
)
from tests.engine import httpx

READ = ("reports.get_forms",)
WRITE = ("workflows.launch_basic", basic_launch())
OK = {READ[0]: httpx.Response(200, json={"items": []}), WRITE[0]: launched()}
AGAIN = {READ[0]: {429, 502, 503, 504}, WRITE[0]: {429}}
STATUSES = [401, 403, 404, 408, 409, 422, 429, 499, 500, 501, 502, 503, 504, 520]
NEVER_SENT = [
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
]
PERHAPS_SENT = [
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.RemoteProtocolError,
    RuntimeError,
]
CALLS = pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
ODD_BODIES = pytest.mark.parametrize("content", [b"<html>x</html>", b"", b'{"mess'])


# What is sent again.


@CALLS
@pytest.mark.parametrize("status", STATUSES)
def test_status_decides_whether_a_request_is_sent_again(
    driver: Driver, time: FakeClock, call: Any, status: int
) -> None:
    """Reads are sent again after 429, 502, 503 and 504, and writes after 429."""
    service = Service(httpx.Response(status), OK[call[0]])
    given = keyed(service, **time.settings)

    if status in AGAIN[call[0]]:
        driver.call(given, *call)
        assert len(service.requests) == 2
    else:
        with pytest.raises(EnboarderError):
            driver.call(given, *call)
        assert len(service.requests) == 1


@CALLS
@pytest.mark.parametrize("error", [*NEVER_SENT, *PERHAPS_SENT])
def test_failure_is_sent_again_unless_a_write_may_have_left(
    driver: Driver, time: FakeClock, call: Any, error: type[Exception]
) -> None:
    """A read is sent again after any failure, a write if it provably never left."""
    service = Service(error("reason"), OK[call[0]])
    given = keyed(service, **time.settings)

    if call is WRITE and error in PERHAPS_SENT:
        with pytest.raises(OutcomeUnknown):
            driver.call(given, *call)
        assert len(service.requests) == 1
    else:
        driver.call(given, *call)
        assert len(service.requests) == 2


@pytest.mark.parametrize(
    ("call", "step", "kind"),
    [
        (READ, httpx.ConnectError("reason"), ConnectionFailed),
        (WRITE, httpx.ConnectError("reason"), ConnectionFailed),
        (READ, httpx.ReadTimeout("reason"), NoAnswer),
        (READ, httpx.Response(503), ServerError),
        (READ, httpx.Response(429), RateLimited),
        (WRITE, httpx.Response(429), RateLimited),
    ],
)
@pytest.mark.parametrize(("chance", "slept"), [(1.0, [0.5, 1.0]), (0.0, [0.0, 0.0])])
def test_third_attempt_is_the_last(
    driver: Driver,
    time: FakeClock,
    call: Any,
    step: Any,
    kind: type[Exception],
    chance: float,
    slept: list[float],
) -> None:
    """After three attempts the error is raised, with full jitter in between."""
    service = Service(step)
    time.chance = chance

    with pytest.raises(kind):
        driver.call(keyed(service, **time.settings), *call)

    assert len(service.requests) == 3
    assert time.slept == slept


def test_policy_is_a_setting(driver: Driver, time: FakeClock) -> None:
    """The caller chooses attempts and waits."""
    time.chance = 1.0
    policy = time.policy(attempts=5, first_wait=2.0, longest_wait=5.0)
    given = keyed(Service(httpx.Response(503)), clock=time.clock, retry=policy)

    with pytest.raises(ServerError):
        driver.call(given, *READ)

    assert time.slept == [2.0, 4.0, 5.0, 5.0]


@pytest.mark.parametrize(
    ("call", "step", "expected"),
    [
        (READ, httpx.Response(503), Attempt(1, False, 503, True, None)),
        (WRITE, httpx.Response(500), Attempt(1, True, 500, True, None)),
        (READ, httpx.ReadError("x"), Attempt(1, False, None, True, None)),
        (WRITE, httpx.ConnectError("x"), Attempt(1, True, None, False, None)),
        (
            READ,
            httpx.Response(429, headers={"Retry-After": "9"}),
            Attempt(1, False, 429, True, 9.0),
        ),
    ],
)
def test_policy_of_the_user_judges_each_attempt(
    driver: Driver, call: Any, step: Any, expected: Attempt
) -> None:
    """A policy learns what was sent, what came back, and what was asked for."""
    judged: list[Attempt] = []

    class Watching(RetryPolicy):
        def wait(self, attempt: Attempt) -> float | None:
            judged.append(attempt)
            return None

    with pytest.raises(EnboarderError):
        driver.call(keyed(Service(step), retry=Watching()), *call)

    assert judged == [expected]


@CALLS
def test_success_is_never_sent_again(
    driver: Driver, time: FakeClock, call: Any
) -> None:
    """A policy of the user's that always repeats does not repeat what was done."""

    class Stubborn(RetryPolicy):
        def wait(self, attempt: Attempt) -> float | None:
            return 1.0 if attempt.number < 3 else None

    service = Service(OK[call[0]])

    driver.call(keyed(service, clock=time.clock, retry=Stubborn()), *call)

    assert len(service.requests) == 1


def test_failure_that_would_come_again_is_final(time: FakeClock) -> None:
    """Nor does such a policy repeat a read whose answer is too long."""

    class Stubborn(RetryPolicy):
        def wait(self, attempt: Attempt) -> float | None:
            return 1.0

    planner = Planner(True, BASE_URL, 30.0, False, {})
    call = Call(OPERATIONS["reports.get_forms"], BASE_URL, ())
    failure = Failure("the answer is too long", True, is_lasting=True)

    assert Rules(planner, Stubborn(), time.clock).pause(call, 1, failure) is None


@CALLS
def test_wait_that_the_service_asks_for_is_kept(
    driver: Driver, time: FakeClock, call: Any
) -> None:
    """`Retry-After: 61` waits 61 s, and then sends again."""
    busy = httpx.Response(429, headers={"Retry-After": "61"})

    driver.call(keyed(Service(busy, OK[call[0]]), **time.settings), *call)

    assert time.slept == [61.0]


def test_retry_after_may_be_a_date(driver: Driver, time: FakeClock) -> None:
    """The other form of the header is kept, too, by the wall clock."""
    at = formatdate(time.wall + 90, usegmt=True)
    busy = httpx.Response(503, headers={"Retry-After": at})

    driver.call(keyed(Service(busy, OK[READ[0]]), **time.settings), *READ)

    assert time.slept == [90.0]


@CALLS
def test_nobody_waits_an_hour_inside_a_call(
    driver: Driver, time: FakeClock, call: Any
) -> None:
    """The error comes at once, and says how long the service wants to be left alone."""
    service = Service(httpx.Response(429, headers={"Retry-After": "3600"}))

    with pytest.raises(RateLimited) as caught:
        driver.call(keyed(service, **time.settings), *call)

    assert caught.value.retry_after == 3600.0
    assert len(service.requests) == 1


def test_wait_of_an_error_is_counted_from_the_date_of_today(
    driver: Driver, time: FakeClock
) -> None:
    """A date in `Retry-After` becomes seconds by the wall clock."""
    at = formatdate(time.wall + 3600, usegmt=True)
    busy = httpx.Response(429, headers={"Retry-After": at})

    with pytest.raises(RateLimited) as caught:
        driver.call(keyed(Service(busy), **time.settings), *READ)

    assert caught.value.retry_after == 3600.0


def test_each_client_waits_in_its_own_way(driver: Driver) -> None:
    """An awaiting client never blocks its event loop between attempts."""
    slept: list[str] = []

    async def sleep_async(_: float) -> None:
        slept.append("awaited")

    def sleep(_: float) -> None:
        slept.append("blocking")

    clock = Clock(sleep=sleep, sleep_async=sleep_async)
    service = Service(httpx.Response(503), OK[READ[0]])

    driver.call(keyed(service, clock=clock), *READ)

    assert slept == ["awaited" if driver.awaited else "blocking"]


# What is never sent twice, over real connections.


def test_write_that_gets_no_answer_is_sent_once(driver: Driver) -> None:
    """A launch that was taken arrives once, and its error names the external id."""
    done = threading.Event()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        done.wait(LONG)
        handler.close_connection = True

    with loopback(hang) as (url, seen):
        given = {"credential": ApiKey("key"), "base_url": url, "timeout": 0.3}
        try:
            with pytest.raises(OutcomeUnknown, match="ReadTimeout") as caught:
                driver.call(given, *WRITE)
        finally:
            done.set()

    assert seen == ["POST /restapi/v1/startwf/basic"]
    assert caught.value.external_ids == ("A-1",)


@pytest.mark.parametrize(
    ("call", "kind", "sent"),
    [(READ, NoAnswer, 3), (WRITE, OutcomeUnknown, 1)],
    ids=["read", "write"],
)
def test_connection_that_breaks_is_tried_again_for_reads_only(
    driver: Driver, time: FakeClock, call: Any, kind: type[Exception], sent: int
) -> None:
    """When the server hangs up, a read is tried three times and a launch once."""

    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    with loopback(hang_up) as (url, seen):
        given = {"credential": ApiKey("key"), "base_url": url, **time.settings}
        with pytest.raises(kind):
            driver.call(given, *call)

    assert len(seen) == sent


@CALLS
def test_connection_that_is_refused_is_tried_again(
    driver: Driver, time: FakeClock, call: Any
) -> None:
    """Where nobody listens, even a launch is tried three times."""
    given = {"credential": ApiKey("key"), **time.settings}

    with refusing_port() as port, pytest.raises(ConnectionFailed):
        driver.call({**given, "base_url": f"http://127.0.0.1:{port}"}, *call)

    assert len(time.slept) == 2


def test_answer_of_a_real_server_is_a_result(driver: Driver) -> None:
    """A read over a real connection comes back."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        reply(handler, 200, {"items": [], "count": 0})

    with loopback(answer) as (url, seen):
        driver.call({"credential": ApiKey("key"), "base_url": url}, *READ)

    assert seen == ["GET /reports/forms"]


# Calls that are interrupted.


class Hanging(httpx.AsyncBaseTransport):
    """A transport that takes each request, and never answers."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.begun.set()
        await asyncio.Event().wait()
        raise AssertionError


async def cancelled(call: Any) -> BaseException:
    """Return what comes of a call that is cancelled while it waits for its answer."""
    name, *arguments = call
    resource, method = name.split(".")
    transport = Hanging()
    async with AsyncEnboarder(
        ApiKey("key"), base_url=BASE_URL, transport=transport
    ) as client:
        send = getattr(getattr(client, resource), method)
        task = asyncio.create_task(send(*arguments))
        await transport.begun.wait()
        task.cancel()
        try:
            await task
        except asyncio.CancelledError as error:
            return error
    raise AssertionError


async def timed_out() -> BaseException:
    """Return what comes of a launch whose time is over while it waits."""
    transport = Hanging()
    async with AsyncEnboarder(
        ApiKey("key"), base_url=BASE_URL, transport=transport
    ) as client:

        async def launch(scope: asyncio.Timeout) -> None:
            async with scope:
                await client.workflows.launch_basic(basic_launch())

        scope = asyncio.timeout(None)
        task = asyncio.create_task(launch(scope))
        await transport.begun.wait()
        scope.reschedule(0)
        try:
            await task
        except TimeoutError as error:
            return error
    raise AssertionError


def assert_notes_the_launch(error: BaseException | None) -> None:
    (note,) = getattr(error, "__notes__", [])
    assert "workflows.launch_basic" in note
    assert 'external id "A-1"' in note


def test_cancelled_write_stays_cancelled_and_is_named() -> None:
    """CancelledError passes, with a note that names the call and its external id."""
    assert_notes_the_launch(asyncio.run(cancelled(WRITE)))


def test_write_that_is_timed_out_is_named() -> None:
    """Under `asyncio.timeout`, the note is on the cause of the TimeoutError."""
    error = asyncio.run(timed_out())

    assert isinstance(error.__cause__, asyncio.CancelledError)
    assert_notes_the_launch(error.__cause__)


def test_cancelled_read_has_no_note() -> None:
    """A read that is cancelled leaves nothing to look for."""
    error = asyncio.run(cancelled(READ))

    assert getattr(error, "__notes__", []) == []


def test_interrupted_write_is_named() -> None:
    """Ctrl-C passes through a blocking launch, with a note, and nothing is repeated."""
    service = Service(KeyboardInterrupt())

    client = Enboarder(**keyed(service))
    with client, pytest.raises(KeyboardInterrupt) as caught:
        client.workflows.launch_basic(basic_launch())

    assert_notes_the_launch(caught.value)
    assert len(service.requests) == 1


class Interrupted(BaseException):
    """What a framework raises to end a task, such as a timeout of its own."""


def test_whatever_interrupts_a_write_names_it(driver: Driver) -> None:
    """Any exception that must pass says what it leaves unknown."""
    with pytest.raises(Interrupted) as caught:
        driver.call(keyed(Service(Interrupted())), *WRITE)

    assert_notes_the_launch(caught.value)


def test_program_that_ends_during_a_write_names_it() -> None:
    """A signal handler that exits leaves a note, too."""
    client = Enboarder(**keyed(Service(SystemExit())))

    with client, pytest.raises(SystemExit) as caught:
        client.workflows.launch_basic(basic_launch())

    assert_notes_the_launch(caught.value)


def test_error_before_a_write_was_sent_has_no_note(driver: Driver) -> None:
    """A mistake in a hook leaves nothing to look for."""

    def broken(_: object) -> None:
        raise KeyError("mine")

    given = keyed(Service(), event_hooks={"request": [broken]})

    with pytest.raises(KeyError) as caught:
        driver.call(given, *WRITE)

    assert getattr(caught.value, "__notes__", []) == []


def test_interrupt_between_two_attempts_has_no_note(driver: Driver) -> None:
    """A write that was refused by 429 was certainly not done."""

    def sleep(_: float) -> None:
        raise Interrupted

    async def sleep_async(_: float) -> None:
        raise Interrupted

    clock = Clock(sleep=sleep, sleep_async=sleep_async)
    service = Service(httpx.Response(429))
    with pytest.raises(Interrupted) as caught:
        driver.call(keyed(service, clock=clock), *WRITE)

    assert getattr(caught.value, "__notes__", []) == []


def test_interrupted_read_has_no_note() -> None:
    """A read that is interrupted leaves nothing to look for."""
    client = Enboarder(**keyed(Service(KeyboardInterrupt())))
    with client, pytest.raises(KeyboardInterrupt) as caught:
        client.reports.get_forms()

    assert getattr(caught.value, "__notes__", []) == []


OPTIONS: dict[str, Any] = {
    "own pool": {},
    "transport": {"transport": Service().transport},
}


@pytest.mark.parametrize(
    ("options", "expected"), [("own pool", True), ("transport", False)]
)
def test_broken_connections_are_replaced_unless_a_transport_has_them(
    driver: Driver, time: FakeClock, options: str, expected: bool
) -> None:
    """Another client would share the transport, and closing the old one closes it."""
    planner = Planner(True, BASE_URL, 30.0, False, {})
    rules = Rules(planner, time.policy(), time.clock)
    auth = ApiKey("key").auth(base_url=BASE_URL)

    def is_replaced(connections: Any) -> bool:
        client = connections.client
        connections.replace(client)
        return connections.client is not client

    async def run() -> bool:
        sender = AwaitingSender(rules, auth, OPTIONS[options])
        found = is_replaced(sender.connections)
        await sender.connections.aclose()
        return found

    if driver.awaited:
        assert expected == asyncio.run(run())
    else:
        sender = BlockingSender(rules, auth, OPTIONS[options])
        assert expected == is_replaced(sender.connections)
        sender.connections.close()


@pytest.mark.parametrize(
    ("step", "expected"), [(Interrupted(), 1), (OK[READ[0]], 0)], ids=["broken", "fine"]
)
def test_connections_are_replaced_after_an_interrupt(
    driver: Driver, time: FakeClock, step: Any, expected: int
) -> None:
    """It may have broken the pool, which an answer does not."""
    rules = Rules(Planner(True, BASE_URL, 30.0, False, {}), time.policy(), time.clock)
    auth = ApiKey("key").auth(base_url=BASE_URL)
    options: dict[str, Any] = {"transport": Service(step).transport}
    kind: Any = AwaitingSender if driver.awaited else BlockingSender
    sender = kind(rules, auth, options)
    replaced: list[object] = []
    sender.connections.replace = replaced.append

    async def run() -> None:
        await sender.send(OPERATIONS[READ[0]], Arguments(), bool)

    with contextlib.suppress(Interrupted):
        if driver.awaited:
            asyncio.run(run())
        else:
            sender.send(OPERATIONS[READ[0]], Arguments(), bool)

    assert expected == len(replaced)


# How a call ends.


def test_launch_with_unknown_words_is_an_unknown_outcome(driver: Driver) -> None:
    """A 2xx that nobody knows is not sent again."""
    service = Service(httpx.Response(200, json={"message": "queued"}))

    with pytest.raises(OutcomeUnknown) as caught:
        driver.call(keyed(service), *WRITE)

    assert caught.value.external_ids == ("A-1",)
    assert len(service.requests) == 1


def test_known_refusal_in_a_success_is_rejected(driver: Driver) -> None:
    """A refusal with status 200 is an error, and not a result."""
    value = {"message": "Error: externalid [A-1] not found"}
    service = Service(httpx.Response(200, json=value))

    with pytest.raises(Rejected):
        driver.call(keyed(service), "workflows.cancel", {"externalid": "A-1"})


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (200, b"<html>Sign in</html>"),
        (200, b""),
        (204, b""),
        (200, b'{"items": [{"id": 1'),
        (200, b"null"),
        (200, b"[]"),
    ],
)
def test_odd_answer_to_a_read_is_an_error_of_ours(
    driver: Driver, status: int, content: bytes
) -> None:
    """A page, a truncated body or no object is InvalidResponse, and is kept."""
    service = Service(httpx.Response(status, content=content))

    with pytest.raises(InvalidResponse) as caught:
        driver.call(keyed(service), *READ)

    assert caught.value.answer is not None
    assert caught.value.answer.content == content


@pytest.mark.parametrize("content", [b"{}", b'{"items": null}'])
def test_report_page_without_rows_can_be_read(driver: Driver, content: bytes) -> None:
    """No member of a reply is required; `iter_...` refuses such a page."""
    service = Service(httpx.Response(200, content=content))

    page = driver.call(keyed(service), *READ)

    assert not page.items


@pytest.mark.parametrize("status", [408, 499, 500, 520, 999])
@ODD_BODIES
def test_odd_status_is_an_error_of_ours(
    driver: Driver, status: int, content: bytes
) -> None:
    """A status that no standard knows has an error with that status."""
    service = Service(httpx.Response(status, content=content))

    with pytest.raises(EnboarderError) as caught:
        driver.call(keyed(service), *READ)

    assert getattr(caught.value, "status", None) == status


ODD_USER = {
    "id": "U-1",
    "userName": "alex@example.com",
    "userType": "Overlord",
    "active": None,
    "displayName": 7,
}


def test_odd_values_of_an_answer_are_kept(driver: Driver) -> None:
    """An unknown enum value, a null and a wrong type lose nothing else."""
    service = Service(httpx.Response(200, json=ODD_USER))

    found = driver.call(keyed(service), "users.get", "U-1")

    assert found.id == "U-1"
    assert found.to_dict() == ODD_USER


@pytest.mark.parametrize(
    "given",
    [
        "2027-01-12",
        "2027-01-12T00:00:00Z",
        "2027-01-12T00:00:00.000+1100",
        "20270112",
    ],
)
def test_date_time_for_a_date_is_read(given: str) -> None:
    """A date-time where a date was meant is read as its date."""
    value = {"externalid": "A-1", "nhstdt": given}

    assert str(models.WorkflowUpdate.from_dict(value).start_date) == "2027-01-12"


def test_ambiguous_date_is_not_guessed() -> None:
    """02/01/2026 is kept unchanged."""
    value = {"externalid": "A-1", "nhstdt": "02/01/2026"}

    assert models.WorkflowUpdate.from_dict(value)["nhstdt"] == "02/01/2026"


# Input that is refused before anything is sent.


@pytest.mark.parametrize(
    ("name", "arguments", "named"),
    [
        ("workflows.launch_basic", ({},), "employee_name (nhnm)"),
        ("workflows.launch_basic", (None,), "body"),
        ("workflows.launch_basic", ("text",), "body"),
        ("workflows.launch_bulk", ([{}],), "start_date (nhstdt)"),
        ("workflows.launch_bulk", ([],), "empty list"),
        ("workflows.update", ({"nhnm": "Alex"},), "external_id (externalid)"),
        ("profiles.create", ({"firstName": "Alex"},), "contact"),
        ("profiles.update", ("", {}), "profile_id"),
        ("profiles.update", ("A-1", None), "body"),
        ("profiles.get", (".",), "profile_id"),
        ("users.create", ({"userName": "a"},), "user_type (userType)"),
        ("request", ("GET", "no-slash"), "path"),
        ("request", ("GE T", "/x"), "method"),
        ("request", (None, "/x"), "method"),
        ("read", ("reports.get_rows",), "reports.get_rows"),
        ("read", ("workflows.cancel",), "enboarder.workflows.cancel"),
        ("read", ("reports.get_form_data",), "form_id"),
        ("read", ("reports.get_forms", {"form_id": "F"}), "form_id"),
        ("read", ("reports.get_form_data", {"form_id": ""}), "form_id"),
    ],
)
def test_wrong_input_is_refused_before_anything_is_sent(
    driver: Driver, name: str, arguments: Any, named: str
) -> None:
    """A wrong argument is named, and neither a call nor a token request is sent."""
    service = Service()

    with pytest.raises(InvalidInput) as caught:
        driver.call(granted(service), name, *arguments)

    assert named in str(caught.value)
    assert service.requests == []
    assert service.token_requests == []


@pytest.mark.parametrize(
    "given",
    [datetime(2027, 1, 12, 9), "12.01.2027", "2027-1-12", "tomorrow", 20270112],
)
def test_wrong_date_is_refused_before_anything_is_sent(
    driver: Driver, given: Any
) -> None:
    """A datetime or another string for a date is named with both of its names."""
    service = Service()
    launch = basic_launch()
    launch.start_date = given

    with pytest.raises(InvalidInput, match=r"start_date \(nhstdt\)"):
        driver.call(keyed(service), "workflows.launch_basic", launch)

    assert service.requests == []


@pytest.mark.parametrize("timeout", [0, -1, "5", float("inf")])
def test_wrong_timeout_is_refused_before_anything_is_sent(
    driver: Driver, timeout: Any
) -> None:
    """A timeout that is not a positive number of seconds is named."""
    service = Service()

    with pytest.raises(InvalidInput, match="timeout"):
        driver.call(keyed(service), *READ, timeout=timeout)

    assert service.requests == []


# Where a call goes.


@pytest.mark.parametrize(
    ("credential", "path", "header", "value"),
    [
        (ApiKey("key"), "/reports/forms", "apikey", "key"),
        (credentials(), "/reports/v2/forms", "authorization", "token-1"),
        (
            credentials(prefix="Bearer"),
            "/reports/v2/forms",
            "authorization",
            "Bearer token-1",
        ),
    ],
    ids=["key", "token", "token with a prefix"],
)
def test_credential_decides_path_and_header(
    driver: Driver, credential: Any, path: str, header: str, value: str
) -> None:
    """A key is sent to the v1 path, a token to the v2 path."""
    service = Service()

    driver.call(keyed(service, credential=credential), *READ)

    assert service.last.url.path == path
    assert service.last.headers[header] == value


def test_key_is_not_sent_as_a_token(driver: Driver) -> None:
    """Each credential is in one header only."""
    service = Service()

    driver.call(keyed(service), *READ)

    assert "authorization" not in service.last.headers


@pytest.mark.parametrize(
    ("prefixes", "expected"),
    [
        (None, "/scim/v2/Users/U-1"),
        ({"/scim/v2/": "/scim/"}, "/scim/Users/U-1"),
        ({"/brand/": "/x/"}, "/scim/v2/Users/U-1"),
        ({"/brand/": "/x/", "/scim/v2/": "/scim/"}, "/scim/Users/U-1"),
        ({"/Users/": "/x/"}, "/scim/v2/Users/U-1"),
    ],
)
def test_path_prefix_replaces_the_start_of_a_path(
    driver: Driver, prefixes: Any, expected: str
) -> None:
    """What the documentation leaves open can be set."""
    service = Service(httpx.Response(200, json={"id": "U-1"}))

    driver.call(keyed(service, path_prefixes=prefixes), "users.get", "U-1")

    assert service.last.url.path == expected


def test_path_of_a_base_url_is_kept(driver: Driver) -> None:
    """A proxy's own path precedes that of the operation."""
    service = Service()

    driver.call(keyed(service, base_url=BASE_URL + "/proxy/"), *READ)

    assert service.last.url.path == "/proxy/reports/forms"


@pytest.mark.parametrize(
    ("call", "expected"),
    [(WRITE, "application/json"), (READ, None)],
    ids=["write", "read"],
)
def test_body_is_said_to_be_json(
    driver: Driver, call: Any, expected: str | None
) -> None:
    """A request with a body names its type, and a request without names none."""
    service = Service(OK[call[0]])

    driver.call(keyed(service), *call)

    assert service.last.headers.get("content-type") == expected


# Warnings and logs.


CREATED = {"message": "Profile Created", "id": "A-1", "warnings": ["bad number"]}
PERSON = {"firstName": "Alex", "contact": {"email": "alex@example.com"}}


@pytest.mark.parametrize(("shown", "header"), [(True, "yes"), (False, None)])
def test_warnings_are_asked_for(
    driver: Driver, shown: bool, header: str | None
) -> None:
    """With `show_warnings`, the service is asked for its warnings."""
    service = Service(httpx.Response(200, json=CREATED))

    driver.call(keyed(service, show_warnings=shown), "profiles.create", PERSON)

    assert service.last.headers.get("x-enboarder-warning") == header


@pytest.mark.parametrize(("shown", "logged"), [(True, 1), (False, 0)])
def test_warnings_are_logged(
    driver: Driver, shown: bool, logged: int, caplog: pytest.LogCaptureFixture
) -> None:
    """With `show_warnings`, a warning is in the log, with the name of the call."""
    service = Service(httpx.Response(200, json=CREATED))

    with caplog.at_level(logging.WARNING, "enboarder"):
        driver.call(keyed(service, show_warnings=shown), "profiles.create", PERSON)

    assert caplog.messages == ["profiles.create: bad number"] * logged


def test_warning_is_one_line_of_a_log(
    driver: Driver, caplog: pytest.LogCaptureFixture
) -> None:
    """The words of the service forge no entry."""
    created = {**CREATED, "warnings": ["bad\r\n\x1b[31mforged"]}
    service = Service(httpx.Response(200, json=created))

    with caplog.at_level(logging.WARNING, "enboarder"):
        driver.call(keyed(service, show_warnings=True), "profiles.create", PERSON)

    (message,) = caplog.messages
    assert message.isprintable()


def test_warnings_are_in_the_result(driver: Driver) -> None:
    """A program can read the warnings."""
    service = Service(httpx.Response(200, json=CREATED))

    result = driver.call(keyed(service), "profiles.create", PERSON)

    assert result.to_dict()["warnings"] == ["bad number"]


def test_warnings_are_asked_for_only_where_they_are_offered(driver: Driver) -> None:
    """An operation that does not know the header does not get it."""
    service = Service()

    driver.call(keyed(service, show_warnings=True), *READ)

    assert "x-enboarder-warning" not in service.last.headers


def test_each_attempt_is_logged(
    driver: Driver, time: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """At DEBUG, a log shows each status, and the wait before the next attempt."""
    time.chance = 1.0
    service = Service(httpx.Response(503), OK[READ[0]])

    with caplog.at_level(logging.DEBUG, "enboarder"):
        driver.call(keyed(service, **time.settings), *READ)

    ours = [one.getMessage() for one in caplog.records if one.name == "enboarder"]
    first, second = ours
    assert "503" in first
    assert "0.5 s" in first
    assert "200" in second
    assert all("reports.get_forms" in line for line in ours)


# Requests that the contract does not know.


def test_unlisted_request_is_sent_as_typed(driver: Driver) -> None:
    """`request` sends to the path that was typed, which no prefix changes."""
    service = Service()
    given = granted(service, path_prefixes={"/scim/v2/": "/scim/"})
    path = "/scim/v2/{Groups}/%20"

    more = {"body": {"a": 1}, "params": {"q": "x y"}, "timeout": 7}
    driver.call(given, "request", "patch", path, **more)

    sent = service.last
    assert sent.extensions["timeout"]["read"] == 7
    assert sent.method == "PATCH"
    assert sent.url.raw_path.startswith(b"/scim/v2/%7BGroups%7D/%20?")
    assert dict(sent.url.params) == {"q": "x y"}
    assert sent.content == b'{"a":1}'
    assert sent.headers["authorization"] == "token-1"


def test_unlisted_request_returns_its_answer_unchanged(driver: Driver) -> None:
    """`request` reads nothing into an answer."""
    service = Service(httpx.Response(201, json={"any": 1}))

    answer = driver.call(keyed(service), "request", "GET", "/x")

    assert answer.status == 201
    assert answer.json() == {"any": 1}


@pytest.mark.parametrize(
    ("settings", "path"),
    [(keyed, "/reports/forms/F1/data"), (granted, "/reports/v2/forms/F1/data")],
)
def test_read_calls_an_operation_by_its_name(
    driver: Driver, settings: Any, path: str
) -> None:
    """The credential decides the path, and the answer stays as it is."""
    service = Service(httpx.Response(200, content=b'{ "items": [] }'))
    ids = {"form_id": "F1"}
    params = {"nextKey": "c1", "since": None}

    answer = driver.call(
        settings(service),
        "read",
        "reports.get_form_data",
        ids,
        params=params,
        timeout=7,
    )

    assert answer.content == b'{ "items": [] }'
    assert service.last.extensions["timeout"]["read"] == 7
    assert service.last.url.path == path
    assert dict(service.last.url.params) == {"nextKey": "c1"}


@pytest.mark.parametrize(
    ("method", "kind", "sent"),
    [
        ("GET", ServerError, 3),
        ("head", ServerError, 3),
        ("POST", OutcomeUnknown, 1),
        ("DELETE", OutcomeUnknown, 1),
    ],
)
def test_unlisted_request_is_as_safe_as_any(
    driver: Driver, time: FakeClock, method: str, kind: type[Exception], sent: int
) -> None:
    """`request` sends a read again, and a write never."""
    service = Service(httpx.Response(503))

    with pytest.raises(kind):
        driver.call(keyed(service, **time.settings), "request", method, "/x")

    assert len(service.requests) == sent


@pytest.mark.parametrize(("status", "kind"), [(403, Forbidden), (404, NotFound)])
def test_unlisted_request_raises_what_others_raise(
    driver: Driver, status: int, kind: type[Exception]
) -> None:
    """A refusal has its error, whether the contract knows the operation or not."""
    with pytest.raises(kind):
        driver.call(keyed(Service(httpx.Response(status))), "request", "GET", "/x")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "x",
        "//elsewhere.example.com/x",
        "https://elsewhere.example.com/x",
        "/x?y=1",
        "/x#y",
        "/x y",
        "/x\n",
        "/ä",
        "/a/../b",
        "/.",
        None,
    ],
)
def test_unlisted_path_names_no_other_host(driver: Driver, path: Any) -> None:
    """A path that would name a host or hide a query is refused before it is sent."""
    service = Service()

    with pytest.raises(InvalidInput, match="path"):
        driver.call(granted(service), "request", "GET", path)

    assert service.requests == []
    assert service.token_requests == []
