"""Sending safely: what is sent again, when, and what is never sent twice."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from datetime import datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ConfigurationError,
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
from enboarder.sending.plan import Planner
from enboarder.sending.sender import BlockingSender, Rules
from enboarder_api.client import Arguments, Operation
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
    reply,
)

READ = ("reports.get_forms",)
WRITE = ("workflows.launch_basic", basic_launch())
OK = {READ[0]: httpx.Response(200, json={"items": []}), WRITE[0]: launched()}
AGAIN = {READ[0]: {429, 502, 503, 504}, WRITE[0]: {429}}
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
]
CALLS = pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])


@CALLS
@pytest.mark.parametrize(
    "status", [401, 403, 404, 408, 409, 422, 429, 499, 500, 501, 502, 503, 504, 520]
)
def test_status_is_sent_again_or_final(
    driver: Driver, time: FakeClock, call: Any, status: int
) -> None:
    """Reads go again after 429, 502, 503 and 504, writes after 429; everything else is sent once."""
    service = Service(httpx.Response(status), OK[call[0]])
    again = status in AGAIN[call[0]]
    try:
        driver.call(keyed(service, **time.settings), *call)
        raised = False
    except EnboarderError:
        raised = True

    assert (raised, len(service.requests), time.slept) == (
        not again,
        1 + again,
        [0.25] * again,
    )


@CALLS
@pytest.mark.parametrize("error", [*NEVER_SENT, *PERHAPS_SENT])
def test_failure_is_sent_again_unless_a_write_may_have_left(
    driver: Driver, time: FakeClock, call: Any, error: type[httpx.HTTPError]
) -> None:
    """A read goes again after any failure, a write only when it provably never left."""
    service = Service(error("reason"), OK[call[0]])
    if call is WRITE and error in PERHAPS_SENT:
        with pytest.raises(OutcomeUnknown) as caught:
            driver.call(keyed(service, **time.settings), *call)
        assert (caught.value.external_id, caught.value.operation) == (
            "A-1",
            "workflows.launch_basic",
        )
        assert (len(service.requests), time.slept) == (1, [])
    else:
        driver.call(keyed(service, **time.settings), *call)
        assert (len(service.requests), time.slept) == (2, [0.25])


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
    service, time.chance = Service(step), chance

    with pytest.raises(kind):
        driver.call(keyed(service, **time.settings), *call)

    assert (len(service.requests), time.slept) == (3, slept)


def test_policy_is_a_setting(driver: Driver, time: FakeClock) -> None:
    """Attempts and waits are the caller's to choose."""
    service, time.chance = Service(httpx.Response(503)), 1.0
    policy = RetryPolicy(attempts=5, first_wait=2.0, longest_wait=5.0)

    with pytest.raises(ServerError):
        driver.call(keyed(service, **time.settings, retry=policy), *READ)

    assert time.slept == [2.0, 4.0, 5.0, 5.0]


@CALLS
def test_retry_after_61_waits_61_seconds(
    driver: Driver, time: FakeClock, call: Any
) -> None:
    """The wait that the service asks for is kept."""
    service = Service(httpx.Response(429, headers={"Retry-After": "61"}), OK[call[0]])

    driver.call(keyed(service, **time.settings), *call)

    assert (time.slept, len(service.requests)) == ([61.0], 2)


def test_retry_after_as_a_date_is_waited_for(driver: Driver, time: FakeClock) -> None:
    """The other form of the header is kept, too, by the wall clock."""
    service = Service(
        httpx.Response(
            503, headers={"Retry-After": formatdate(time.wall + 90, usegmt=True)}
        ),
        OK[READ[0]],
    )

    driver.call(keyed(service, **time.settings), *READ)

    assert time.slept == [90.0]


@CALLS
def test_retry_after_3600_raises_at_once(
    driver: Driver, time: FakeClock, call: Any
) -> None:
    """Nobody waits an hour inside a call: the error comes at once, and tells the wait."""
    service = Service(httpx.Response(429, headers={"Retry-After": "3600"}))

    with pytest.raises(RateLimited) as caught:
        driver.call(keyed(service, **time.settings), *call)

    assert (caught.value.retry_after, time.slept, len(service.requests)) == (
        3600.0,
        [],
        1,
    )


def test_write_that_times_out_after_it_was_sent_is_sent_once(driver: Driver) -> None:
    """On a real connection, a launch without an answer arrives once and is OutcomeUnknown with its external id."""
    done = threading.Event()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        done.wait(LONG)
        handler.close_connection = True

    with loopback(hang) as (url, seen):
        settings = {"credential": ApiKey("key"), "base_url": url, "timeout": 0.1}
        try:
            with pytest.raises(
                OutcomeUnknown, match=r"workflows\.launch_basic .*ReadTimeout.*'A-1'"
            ) as caught:
                driver.call(settings, *WRITE)
        finally:
            done.set()

    assert (seen, caught.value.external_id) == (
        ["POST /restapi/v1/startwf/basic"],
        "A-1",
    )


@pytest.mark.parametrize(("call", "sent"), [(READ, 3), (WRITE, 1)])
def test_reset_connection_is_sent_again_for_reads_only(
    driver: Driver, time: FakeClock, call: Any, sent: int
) -> None:
    """On a real connection that breaks, a read is tried three times and a launch once."""

    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    with (
        loopback(hang_up) as (url, seen),
        pytest.raises(NoAnswer if call is READ else OutcomeUnknown),
    ):
        driver.call(
            {"credential": ApiKey("key"), "base_url": url, **time.settings}, *call
        )

    assert len(seen) == sent


@CALLS
def test_refused_connection_was_never_sent(
    driver: Driver, time: FakeClock, call: Any
) -> None:
    """Where nobody listens, even a launch is tried three times and nothing is unknown."""
    with loopback(lambda _: None) as (url, _):
        pass

    with pytest.raises(ConnectionFailed, match="nothing was sent"):
        driver.call(
            {"credential": ApiKey("key"), "base_url": url, **time.settings}, *call
        )

    assert len(time.slept) == 2


@pytest.mark.parametrize("within", ["cancel", "timeout"])
def test_cancelled_write_stays_cancelled_and_is_named(within: str) -> None:
    """CancelledError passes with a note that names the call and its external id, also under asyncio.timeout."""

    async def run() -> BaseException:
        begun, forever = asyncio.Event(), asyncio.Event()

        async def hang(_: httpx.Request) -> httpx.Response:
            begun.set()
            await forever.wait()
            raise AssertionError

        async with AsyncEnboarder(
            ApiKey("key"), base_url=BASE_URL, transport=httpx.MockTransport(hang)
        ) as client:

            async def launch() -> object:
                if within == "cancel":
                    return await client.workflows.launch_basic(basic_launch())
                async with asyncio.timeout(None) as scope:
                    timeouts.append(scope)
                    return await client.workflows.launch_basic(basic_launch())

            timeouts: list[asyncio.Timeout] = []
            task = asyncio.create_task(launch())
            await begun.wait()
            task.cancel() if within == "cancel" else timeouts[0].reschedule(0)
            try:
                await task
            except (asyncio.CancelledError, TimeoutError) as error:
                return error
        raise AssertionError

    error = asyncio.run(run())
    cancelled = error if within == "cancel" else error.__cause__

    assert (
        type(error)
        is {"cancel": asyncio.CancelledError, "timeout": TimeoutError}[within]
    )
    assert isinstance(cancelled, asyncio.CancelledError)
    note = "may have been done all the same; look for external id 'A-1'"
    assert cancelled.__notes__ == [
        f"workflows.launch_basic (POST {BASE_URL}/restapi/v1/startwf/basic) {note}"
    ]


def test_interrupted_write_has_a_note() -> None:
    """Ctrl-C passes through a blocking launch, and says what it leaves unknown."""
    service = Service(KeyboardInterrupt())

    with (
        Enboarder(**keyed(service)) as client,
        pytest.raises(KeyboardInterrupt) as caught,
    ):
        client.workflows.launch_basic(basic_launch(external_id="A-1"))

    note = "may have been done all the same; look for external id 'A-1'"
    assert caught.value.__notes__ == [
        f"workflows.launch_basic (POST {BASE_URL}/restapi/v1/startwf/basic) {note}"
    ]
    assert len(service.requests) == 1


def test_cancelled_read_has_no_note() -> None:
    """A read that is cancelled needs no looking after."""

    async def run() -> list[str]:
        begun, forever = asyncio.Event(), asyncio.Event()

        async def hang(_: httpx.Request) -> httpx.Response:
            begun.set()
            await forever.wait()
            raise AssertionError

        async with AsyncEnboarder(
            ApiKey("key"), base_url=BASE_URL, transport=httpx.MockTransport(hang)
        ) as client:
            task = asyncio.create_task(client.reports.get_forms())
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            return getattr(caught.value, "__notes__", [])

    assert asyncio.run(run()) == []


def test_launch_with_unknown_words_is_an_unknown_outcome(driver: Driver) -> None:
    """A 2xx that nobody knows is told as it is, with the external id, and not sent again."""
    service = Service(httpx.Response(200, json={"message": "queued"}))

    with pytest.raises(OutcomeUnknown) as caught:
        driver.call(keyed(service), *WRITE)

    assert (caught.value.external_id, caught.value.status, len(service.requests)) == (
        "A-1",
        200,
        1,
    )


def test_catalogued_refusal_in_a_success_is_rejected(driver: Driver) -> None:
    """A refusal with status 200 is an error, and no result."""
    service = Service(
        httpx.Response(200, json={"message": "Error: externalid [A-1] not found"})
    )

    with pytest.raises(Rejected) as caught:
        driver.call(keyed(service), "workflows.cancel", {"externalid": "A-1"})

    assert (
        "Check the external id and the workflow's state in Enboarder"
        in caught.value.hint
    )


@pytest.mark.parametrize(
    ("name", "arguments", "names"),
    [
        (
            "workflows.launch_basic",
            ({},),
            ["employee_name (nhnm)", "employee_email (nheml)", "start_date (nhstdt)"],
        ),
        ("workflows.launch_basic", (None,), ["workflows.launch_basic", "the body"]),
        ("workflows.launch_bulk", ([{}],), ["start_date (nhstdt)"]),
        ("workflows.update", ({"nhnm": "Alex Example"},), ["external_id (externalid)"]),
        (
            "profiles.create",
            ({"firstName": "Alex", "contact": {"email": " "}},),
            ["contact.email", "contact.mobile"],
        ),
        ("profiles.update", ("", {}), ["profile_id"]),
        ("profiles.update", ("A-1", None), ["profiles.update", "the body"]),
        ("profiles.get", (".",), ["profile_id"]),
        ("users.create", ({"userName": "a"},), ["emails", "user_type (userType)"]),
        ("request", ("GET", "no-slash"), ["path"]),
    ],
)
def test_bad_input_is_told_before_anything_is_sent(
    driver: Driver, name: str, arguments: Any, names: list[str]
) -> None:
    """A bad argument is named, and neither a call nor a token request goes out."""
    service = Service()

    with pytest.raises(InvalidInput) as caught:
        driver.call(granted(service), name, *arguments)

    assert [word for word in names if word not in str(caught.value)] == []
    assert (service.requests, service.token_requests) == ([], [])


@pytest.mark.parametrize(
    "given", [datetime(2027, 1, 12, 9), "12.01.2027", "2027-1-12", "tomorrow", 20270112]
)
def test_bad_date_is_told_before_anything_is_sent(driver: Driver, given: Any) -> None:
    """A datetime or a bad string for a date is named with both of its names."""
    service = Service()
    launch = basic_launch()
    launch.start_date = given

    with pytest.raises(InvalidInput, match=r"start_date \(nhstdt\)"):
        driver.call(keyed(service), "workflows.launch_basic", launch)

    assert service.requests == []


@pytest.mark.parametrize("timeout", [0, -1, "5", float("inf")])
def test_bad_timeout_is_told_before_anything_is_sent(
    driver: Driver, timeout: Any
) -> None:
    """A timeout that is no positive number of seconds is named."""
    service = Service()

    with pytest.raises(
        InvalidInput, match="timeout must be a number of seconds, above 0"
    ):
        driver.call(keyed(service), *READ, timeout=timeout)

    assert service.requests == []


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (200, b"<html>Sign in</html>"),
        (200, b""),
        (204, b""),
        (200, b'{"items": [{"id": 1'),
        (200, b"null"),
        (200, b"[]"),
        (200, b'{"items": null}'),
        (200, b"{}"),
    ],
)
def test_odd_answer_to_a_read_is_a_typed_error(
    driver: Driver, status: int, content: bytes
) -> None:
    """An HTML page, an empty or truncated body, or a missing key is InvalidResponse, never a bare KeyError."""
    with pytest.raises(InvalidResponse) as caught:
        driver.call(keyed(Service(httpx.Response(status, content=content))), *READ)

    assert caught.value.answer is not None
    assert caught.value.answer.content == content


@pytest.mark.parametrize("status", [408, 499, 500, 520, 999])
@pytest.mark.parametrize("content", [b"<html>error</html>", b"", b'{"mess'])
def test_odd_status_is_a_typed_error(
    driver: Driver, status: int, content: bytes
) -> None:
    """A status that no standard knows is an error of ours, with an HTML page or without."""
    with pytest.raises(EnboarderError) as caught:
        driver.call(keyed(Service(httpx.Response(status, content=content))), *READ)

    assert getattr(caught.value, "status", None) == status


def test_odd_values_are_tolerated(driver: Driver) -> None:
    """An unknown enum value, an unexpected null and a wrong type stay as they came, and lose nothing else."""
    user = {
        "id": "U-1",
        "userName": "alex@example.com",
        "userType": "Overlord",
        "active": None,
        "displayName": 7,
    }
    service = Service(
        httpx.Response(200, json={"Resources": [user], "totalResults": 1})
    )

    found = driver.call(
        keyed(Service(httpx.Response(200, json=user))), "users.get", "U-1"
    )
    page = driver.call(keyed(service), "users.get_all")

    assert (found.id, found["active"], found["displayName"]) == ("U-1", None, 7)
    assert found.to_dict() == user
    assert page.to_dict()["totalResults"] == 1


@pytest.mark.parametrize(
    "given",
    ["2027-01-12", "2027-01-12T00:00:00Z", "2027-01-12T00:00:00.000+1100", "20270112"],
)
def test_date_time_for_a_date_is_read(given: str) -> None:
    """A date-time where a date was meant is read as its date."""
    update = models.WorkflowUpdate.from_dict({"externalid": "A-1", "nhstdt": given})

    assert str(update.start_date) == "2027-01-12"


def test_ambiguous_date_is_not_guessed() -> None:
    """02/01/2026 stays as it came."""
    update = models.WorkflowUpdate.from_dict(
        {"externalid": "A-1", "nhstdt": "02/01/2026"}
    )

    assert (update["nhstdt"], bool(update.start_date)) == ("02/01/2026", False)


def test_credential_decides_the_path(driver: Driver) -> None:
    """A key goes to the v1 path in `apikey`, a token to the v2 path in `Authorization`, as it is."""
    service = Service()

    driver.call(keyed(service), *READ)
    driver.call(granted(service), *READ)
    driver.call({**granted(service), "credential": credentials(prefix="Bearer")}, *READ)

    assert [request.url.path for request in service.requests] == ["/reports/forms"] + [
        "/reports/v2/forms"
    ] * 2
    assert [request.headers.get("apikey") for request in service.requests] == [
        "key",
        None,
        None,
    ]
    assert [request.headers.get("authorization") for request in service.requests] == [
        None,
        "token-1",
        "Bearer token-2",
    ]


@pytest.mark.parametrize("by_key", [True, False])
def test_operation_without_a_path_for_the_credential_is_told(by_key: bool) -> None:
    """What a credential cannot do is told with the credential that can."""
    service, path = Service(), "/only"
    operation = Operation(
        "things.get",
        "getThing",
        "GET",
        None if by_key else path,
        path if by_key else None,
    )
    settings = keyed(service) if by_key else granted(service)

    with (
        Enboarder(**settings) as client,
        pytest.raises(ConfigurationError, match=r"things\.get has no path for this"),
    ):
        client._sender.send(operation, Arguments(), lambda answer: answer)

    assert (service.requests, service.token_requests) == ([], [])


@pytest.mark.parametrize(
    ("prefixes", "expected"),
    [
        (None, "/scim/v2/Users/U-1"),
        ({"/scim/v2/": "/scim/"}, "/scim/Users/U-1"),
        ({"/brand/": "/x/"}, "/scim/v2/Users/U-1"),
    ],
)
def test_path_prefix_replaces_the_start_of_a_path(
    driver: Driver, prefixes: Any, expected: str
) -> None:
    """What the documentation leaves open can be set."""
    service = Service(httpx.Response(200, json={"id": "U-1"}))

    driver.call(keyed(service, path_prefixes=prefixes), "users.get", "U-1")

    assert service.last.url.path == expected


def test_base_url_with_a_path_is_kept(driver: Driver) -> None:
    """A proxy's own path stands before that of the operation."""
    service = Service()

    driver.call(keyed(service, base_url=BASE_URL + "/proxy/"), *READ)

    assert service.last.url.path == "/proxy/reports/forms"


@pytest.mark.parametrize("shown", [True, False])
def test_warnings_are_asked_for_and_told(
    driver: Driver, shown: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """With show_warnings the header goes out, and warnings stand on the result and in the log."""
    body = {
        "message": "Profile Created",
        "id": "A-1",
        "warnings": ["mobile number is invalid"],
    }
    service = Service(httpx.Response(200, json=body))
    person = {"firstName": "Alex", "contact": {"email": "alex@example.com"}}

    with caplog.at_level(logging.WARNING, "enboarder"):
        result = driver.call(
            keyed(service, show_warnings=shown), "profiles.create", person
        )

    assert service.last.headers.get("x-enboarder-warning") == ("yes" if shown else None)
    assert caplog.messages == ["profiles.create: mobile number is invalid"] * shown
    assert result.to_dict()["warnings"] == ["mobile number is invalid"]


def test_warnings_are_asked_for_where_they_are_offered(driver: Driver) -> None:
    """An operation that does not know the header does not get it."""
    service = Service()

    driver.call(keyed(service, show_warnings=True), *READ)

    assert "x-enboarder-warning" not in service.last.headers


def test_attempts_are_logged(
    driver: Driver, time: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """At DEBUG each attempt is told, with the wait before the next."""
    with caplog.at_level(logging.DEBUG, "enboarder"):
        driver.call(
            keyed(Service(httpx.Response(503), OK[READ[0]]), **time.settings), *READ
        )

    label = "reports.get_forms (GET https://api.example.com/reports/forms)"
    ours = [
        record.getMessage() for record in caplog.records if record.name == "enboarder"
    ]
    assert ours == [
        f"{label}: 503 (attempt 1, again in 0.2 s)",
        f"{label}: 200 (attempt 2)",
    ]


def test_unlisted_request_is_sent_as_typed(driver: Driver) -> None:
    """`request` sends to the path that was typed, signed and with its parameters, and returns the answer as it came."""
    service = Service(httpx.Response(200, json={"any": 1}))
    settings = granted(service, path_prefixes={"/scim/v2/": "/scim/"})

    answer = driver.call(
        settings,
        "request",
        "patch",
        "/scim/v2/{Groups}/%20",
        body={"a": 1},
        params={"q": "x y"},
    )

    sent = service.last
    assert (answer.status, answer.json()) == (200, {"any": 1})
    assert (
        sent.method,
        sent.url.host,
        sent.url.raw_path.partition(b"?")[0],
        dict(sent.url.params),
    ) == (
        "PATCH",
        "api.example.com",
        b"/scim/v2/%7BGroups%7D/%20",
        {"q": "x y"},
    )
    assert (sent.content, sent.headers["authorization"]) == (b'{"a":1}', "token-1")


@pytest.mark.parametrize(("method", "sent"), [("GET", 3), ("POST", 1), ("DELETE", 1)])
def test_unlisted_request_is_as_safe_as_any(
    driver: Driver, time: FakeClock, method: str, sent: int
) -> None:
    """`request` sends a read again, and a write never."""
    service = Service(httpx.Response(503))

    with pytest.raises(ServerError if method == "GET" else OutcomeUnknown):
        driver.call(keyed(service, **time.settings), "request", method, "/x")

    assert len(service.requests) == sent


@pytest.mark.parametrize("status", [403, 404])
def test_unlisted_request_raises_like_any(driver: Driver, status: int) -> None:
    """`request` raises what the named operations raise."""
    with pytest.raises({403: Forbidden, 404: NotFound}[status]):
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
    ],
)
def test_unlisted_path_names_no_other_host(driver: Driver, path: str) -> None:
    """A path that would name a host, or hide a query, is refused before anything is sent."""
    service = Service()

    with pytest.raises(InvalidInput, match="path must begin with one '/'"):
        driver.call(granted(service), "request", "GET", path)

    assert (service.requests, service.token_requests) == ([], [])


def test_loopback_server_answers(driver: Driver) -> None:
    """A read over a real connection comes back."""
    with loopback(lambda handler: reply(handler, 200, {"items": [], "count": 0})) as (
        url,
        seen,
    ):
        driver.call({"credential": ApiKey("key"), "base_url": url}, *READ)

    assert seen == ["GET /reports/forms"]


@pytest.mark.parametrize("step", [-1, 1])
def test_forked_process_has_connections_of_its_own(
    monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Connections are made once in each process, whatever the number of the process."""
    settings = Settings(
        ApiKey("key"), BASE_URL, 5.0, RetryPolicy(), False, {}, FakeClock().clock
    )
    made: list[httpx.Client] = []

    def connect() -> httpx.Client:
        made.append(httpx.Client(transport=Service().transport))
        return made[-1]

    sender, process = BlockingSender(settings, connect), os.getpid()
    own = [sender.client, sender.client]
    monkeypatch.setattr(os, "getpid", lambda: process + step)
    forked = [sender.client, sender.client]

    assert ([made[0]] * 2, [made[1]] * 2, 2) == (own, forked, len(made))


def test_closed_client_stays_closed_in_a_forked_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who closed a client and forks has none in the child, either."""
    settings = Settings(
        ApiKey("key"), BASE_URL, 5.0, RetryPolicy(), False, {}, FakeClock().clock
    )
    sender = BlockingSender(
        settings, lambda: httpx.Client(transport=Service().transport)
    )
    sender.client.close()
    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert sender.client.is_closed


@pytest.mark.parametrize(
    ("by_key", "told"),
    [(True, "it takes ClientCredentials$"), (False, "it takes an ApiKey$")],
)
def test_operation_without_a_path_names_the_credential_that_has_one(
    by_key: bool, told: str
) -> None:
    """What to use instead is told."""
    operation = Operation(
        "things.get",
        "getThing",
        "GET",
        None if by_key else "/only",
        "/only" if by_key else None,
    )
    settings = keyed(Service()) if by_key else granted(Service())

    with Enboarder(**settings) as client, pytest.raises(ConfigurationError, match=told):
        client._sender.send(operation, Arguments(), lambda answer: answer)


def test_body_is_said_to_be_json(driver: Driver) -> None:
    """A request with a body names its type, a read names none."""
    service = Service(OK[WRITE[0]], OK[READ[0]])

    driver.call(keyed(service), *WRITE)
    driver.call(keyed(service), *READ)

    assert [request.headers.get("content-type") for request in service.requests] == [
        "application/json",
        None,
    ]
