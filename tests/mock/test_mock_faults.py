"""Faults on demand, as a plain HTTP client sees them on real connections."""

from __future__ import annotations

import inspect
import json
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from enboarder.mock import Fault, MockServer, faults
from tests.conftest import LONG
from tests.mock.conftest import ask_for_token, connect, token_of

DOCS = Path(__file__).resolve().parents[2] / "docs"
LAUNCH = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Example",
    "mgreml": "morgan@example.com",
    "nhstdt": "2027-01-12",
    "externalid": "ENB-1",
}
OPERATION = "workflows.launch_basic"
PATH = "/restapi/v1/startwf/basic"
USER = {
    "id": "1",
    "userName": "alex@example.com",
    "userType": "Reporter",
    "meta": {"resourceType": "User"},
}
DONE = {"message": "ok", "referenceid": "ENB-1"}


@pytest.fixture
def mock(capfd: pytest.CaptureFixture[str]) -> Iterator[MockServer]:
    """A running mock that writes nothing to standard error."""
    with MockServer() as server:
        yield server
    assert capfd.readouterr().err == ""


@pytest.fixture
def client(mock: MockServer) -> Iterator[httpx.Client]:
    """A plain HTTP client with the API key."""
    with connect(mock, apikey=mock.api_key) as client:
        yield client


def launch(client: httpx.Client) -> httpx.Response:
    """Send the launch."""
    return client.post(PATH, json=LAUNCH)


@pytest.mark.parametrize("carried_out", [True, False])
def test_dropped_connection_brings_no_answer(
    mock: MockServer, client: httpx.Client, carried_out: bool
) -> None:
    """It is closed before or after the launch; the next request gets a new one."""
    mock.fail(OPERATION, faults.drop(carried_out=carried_out))

    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        launch(client)

    assert carried_out == bool(mock.state.workflows)
    assert [(OPERATION, 0, "drop")] == [
        (seen.operation, seen.status, seen.fault) for seen in mock.requests
    ]
    assert launch(client).json() == DONE


@pytest.mark.parametrize("carried_out", [True, False])
def test_hanging_request_is_not_answered(
    mock: MockServer, client: httpx.Client, carried_out: bool
) -> None:
    """The client gives up; meanwhile others are answered."""
    mock.fail(OPERATION, faults.hang(carried_out=carried_out))

    with pytest.raises(httpx.ReadTimeout):
        client.post(PATH, json=LAUNCH, timeout=httpx.Timeout(LONG, read=0.1))

    assert carried_out == bool(mock.state.workflows)
    assert [(OPERATION, 0, "hang")] == [
        (seen.operation, seen.status, seen.fault) for seen in mock.requests
    ]
    assert launch(client).json() == DONE


@pytest.mark.parametrize("fault", [faults.hang(), faults.delay(LONG * 10)])
def test_server_ends_while_a_request_waits(
    fault: Fault, capfd: pytest.CaptureFixture[str]
) -> None:
    """The connection of a client that waits is closed, and nothing is logged."""
    with MockServer() as mock, connect(mock, apikey=mock.api_key) as client:
        mock.fail("brands.get_all", fault)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(client.get, "/brand/all", timeout=LONG)
            while not any(seen.fault for seen in mock.requests):
                client.get("/nowhere")
            mock.__exit__(None, None, None)
            with pytest.raises(httpx.RemoteProtocolError):
                waiting.result(LONG)
    port = mock.base_url.rpartition(":")[2]
    names = {thread.name for thread in threading.enumerate()}
    assert f"enboarder.mock:{port}" not in names
    assert capfd.readouterr().err == ""


def test_delayed_answer_comes(mock: MockServer, client: httpx.Client) -> None:
    """It is whole, as it would have been at once."""
    mock.fail(OPERATION, faults.delay(0.05))

    assert launch(client).json() == DONE
    assert ["delay"] == [seen.fault for seen in mock.requests]


def test_delayed_answer_comes_later(mock: MockServer, client: httpx.Client) -> None:
    """The launch is done at once, and others are answered while its client waits."""
    mock.fail(OPERATION, faults.delay(LONG * 10))

    with pytest.raises(httpx.ReadTimeout):
        client.post(PATH, json=LAUNCH, timeout=httpx.Timeout(LONG, read=0.1))
    assert client.get("/brand/all").status_code == 200
    assert [(OPERATION, 200)] == [
        (seen.operation, seen.status) for seen in mock.requests if seen.fault == "delay"
    ]
    assert len(mock.state.workflows) == 1


def test_truncated_answer_ends_before_its_length(
    mock: MockServer, client: httpx.Client
) -> None:
    """The head and half of the body come, then the connection ends."""
    mock.fail(OPERATION, faults.truncated())
    pieces: list[bytes] = []

    with (
        client.stream("POST", PATH, json=LAUNCH) as answer,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        pieces.extend(answer.iter_raw())

    assert (answer.status_code, int(answer.headers["content-length"])) == (
        200,
        2 * len(b"".join(pieces)),
    )
    assert (
        len(mock.state.workflows),
        mock.requests[0].status,
        mock.requests[0].fault,
    ) == (1, 200, "truncated")


def test_cut_json_is_whole_http(mock: MockServer, client: httpx.Client) -> None:
    """As much comes as was announced, but the text is not JSON."""
    mock.fail(OPERATION, faults.cut_json())
    answer = launch(client)

    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "application/json",
    )
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert len(mock.state.workflows) == 1


@pytest.mark.parametrize(
    ("fault", "status", "retry_after", "done"),
    [
        (faults.too_many_requests(), 429, "1", 0),
        (faults.too_many_requests(retry_after=7), 429, "7", 0),
        (faults.too_many_requests(retry_after=None), 429, None, 0),
        (faults.server_error(), 503, None, 0),
        (faults.server_error(502, carried_out=True), 502, None, 1),
        (faults.server_error(520, retry_after=3), 520, "3", 0),
        (faults.html(), 200, None, 0),
        (faults.html(504, carried_out=True), 504, None, 1),
    ],
)
def test_answer_of_another_status(
    mock: MockServer,
    client: httpx.Client,
    fault: Fault,
    status: int,
    retry_after: str | None,
    done: int,
) -> None:
    """Status, `Retry-After` and whether the launch is done are as asked for."""
    mock.fail(OPERATION, fault)
    answer = launch(client)

    assert (status, retry_after) == (
        answer.status_code,
        answer.headers.get("retry-after"),
    )
    assert done == len(mock.state.workflows)
    assert (status, fault.name) == (mock.requests[0].status, mock.requests[0].fault)


def test_html_page_says_that_it_is_one(mock: MockServer, client: httpx.Client) -> None:
    """Its media type and its text say so."""
    mock.fail("*", faults.html())
    answer = client.get("/brand/all")

    assert answer.headers["content-type"] == "text/html"
    assert answer.text.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (faults.unknown_value("userType"), {**USER, "userType": faults.UNKNOWN}),
        (faults.null("userType"), {**USER, "userType": None}),
        (faults.null("resourceType"), {**USER, "meta": {"resourceType": None}}),
        (
            faults.extra_members(),
            {**USER, **faults.ADDED, "meta": {"resourceType": "User", **faults.ADDED}},
        ),
    ],
)
def test_member_of_the_real_reply_is_changed(
    mock: MockServer, client: httpx.Client, fault: Fault, expected: dict[str, Any]
) -> None:
    """At any depth and in each row; the state stays unchanged."""
    mock.state.users |= {"1": USER, "2": USER}
    mock.fail("users.get_all", fault)

    assert [expected, expected] == client.get("/scim/v2/Users").json()["Resources"]
    assert [USER, USER] == client.get("/scim/v2/Users").json()["Resources"]


@pytest.mark.parametrize(
    ("method", "path", "fault"),
    [
        ("GET", "/brand/all", faults.null("startDate")),
        ("GET", "/brand/all", faults.unknown_value("startDate")),
        ("DELETE", "/scim/v2/Users/1", faults.truncated()),
        ("DELETE", "/scim/v2/Users/1", faults.cut_json()),
        ("DELETE", "/scim/v2/Users/1", faults.extra_members()),
    ],
)
def test_fault_that_cannot_be_is_told(
    mock: MockServer, client: httpx.Client, method: str, path: str, fault: Fault
) -> None:
    """A fault that has nothing to change is a 500 that says so, not a success."""
    mock.state.users["1"] = USER
    mock.fail("*", fault)
    answer = client.request(method, path)

    assert answer.status_code == 500
    assert f"The fault {fault.name} finds nothing to change" in answer.json()["message"]


def test_faults_strike_in_the_order_in_which_they_were_asked_for(
    mock: MockServer, client: httpx.Client
) -> None:
    """Each request meets one fault, until all faults have struck."""
    mock.fail("brands.get_all", faults.server_error(500), times=2)
    mock.fail("*", faults.server_error(502))
    mock.fail("brands.*", faults.server_error(503))

    assert [500, 500, 502, 503, 200] == [
        client.get("/brand/all").status_code for _ in range(5)
    ]


def test_fault_strikes_only_its_operation(
    mock: MockServer, client: httpx.Client
) -> None:
    """With key and token; other operations and the token endpoint are not affected."""
    mock.fail("reports.get_forms", faults.server_error(), times=2)
    by_token = {"Authorization": token_of(mock)}

    assert client.get("/brand/all").status_code == 200
    assert client.get("/nowhere").status_code == 403
    assert client.get("/reports/forms").status_code == 503
    assert client.get("/reports/v2/forms", headers=by_token).status_code == 503


def test_request_without_access_meets_no_fault(
    mock: MockServer, client: httpx.Client
) -> None:
    """It is refused as always, and the fault waits for the next one."""
    mock.fail("*", faults.drop())

    assert client.get("/brand/all", headers={"apikey": "wrong"}).status_code == 403
    with pytest.raises(httpx.RemoteProtocolError):
        client.get("/brand/all")
    assert [None, "drop"] == [seen.fault for seen in mock.requests]


def test_all_operations_are_without_the_token_endpoint(
    mock: MockServer, client: httpx.Client
) -> None:
    """The token endpoint has a name of its own."""
    mock.fail("*", faults.server_error(500))
    mock.fail("token", faults.too_many_requests())

    assert ask_for_token(mock).status_code == 429
    assert ask_for_token(mock).status_code == 200
    assert client.get("/brand/all").status_code == 500


def test_fault_strikes_after_so_many_others(
    mock: MockServer, client: httpx.Client
) -> None:
    """Requests that pass by count, whatever becomes of them."""
    mock.fail("brands.*", faults.server_error(502), after=3)
    mock.fail("brands.get_all", faults.server_error(501), times=2, after=1)

    statuses = [
        client.get(path).status_code
        for path in ("/brand/all", "/reports/forms", *["/brand/all"] * 4)
    ]

    assert [200, 200, 501, 501, 502, 200] == statuses


def test_requests_that_another_fault_strikes_pass_by(
    mock: MockServer, client: httpx.Client
) -> None:
    """They count as requests that pass by a later fault."""
    mock.fail("brands.get_all", faults.server_error(501), times=2)
    mock.fail("brands.get_all", faults.server_error(502), after=2)
    statuses = [client.get("/brand/all").status_code for _ in range(4)]

    assert [501, 501, 502, 200] == statuses


def test_faults_can_be_cleared(mock: MockServer, client: httpx.Client) -> None:
    """Those that no request has met yet are forgotten."""
    mock.fail("*", faults.drop(), times=5)
    mock.clear_faults()

    assert client.get("/brand/all").status_code == 200


def test_parallel_requests_share_a_fault_exactly(
    mock: MockServer, client: httpx.Client
) -> None:
    """Of 20 requests at once, as many fail as was asked for."""
    mock.fail(OPERATION, faults.server_error(), times=7)
    with ThreadPoolExecutor(10) as pool:
        statuses = sorted(pool.map(lambda _: launch(client).status_code, range(20)))

    assert [200] * 13 + [503] * 7 == statuses
    assert len(mock.state.workflows) == 13


@pytest.mark.parametrize(
    ("operation", "settings", "expected"),
    [
        ("workflows.start", {}, "there is no operation 'workflows.start'"),
        ("forms.*", {}, r"there is no operation 'forms\.\*'"),
        ("*", {"times": 0}, "times must be 1 or more, not 0"),
        ("*", {"after": -1}, "after must be 0 or more, not -1"),
    ],
)
def test_fault_that_would_never_strike_is_refused(
    operation: str, settings: dict[str, int], expected: str
) -> None:
    """A wrong name is an error, not a test that passes for the wrong reason."""
    with pytest.raises(ValueError, match=expected):
        MockServer().fail(operation, faults.drop(), **settings)


def test_fault_without_sense_is_refused() -> None:
    """A delay without a length, and a status of another kind."""
    with pytest.raises(ValueError, match="seconds must be above 0, not 0"):
        faults.delay(0)
    with pytest.raises(ValueError, match="seconds must be above 0, not nan"):
        faults.delay(float("nan"))
    with pytest.raises(ValueError, match="status must be 500 to 599, not 404"):
        faults.server_error(404)
    with pytest.raises(ValueError, match="that has a body, not 204"):
        faults.html(204)


def test_every_fault_has_its_name() -> None:
    """It is the name by which the control path makes it."""
    arguments = {"delay": (1,), "unknown_value": ("a",), "null": ("a",)}

    assert list(faults.FAULTS) == [
        make(*arguments.get(name, ())).name for name, make in faults.FAULTS.items()
    ]


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("how", ["expire_tokens", "revoke_tokens"])
def test_dead_tokens(
    mock: MockServer, client: httpx.Client, how: str, status: int
) -> None:
    """Those issued so far are dead, the next one is alive."""
    old = token_of(mock)
    mock.dead_token_status = status
    getattr(mock, how)()
    replies = [
        client.get("/reports/v2/forms", headers={"Authorization": token})
        for token in (old, token_of(mock))
    ]

    assert [status, 200] == [reply.status_code for reply in replies]


def test_every_fault_is_in_the_table() -> None:
    """The mock's page has them in the module's order, with the defaults they have."""
    (page,) = DOCS.rglob("mock.md")
    pattern = r"^\| `(\w+)\((.*?)\)` \|"
    rows = re.findall(pattern, page.read_text("utf-8"), re.MULTILINE)
    shown = {name: settings for name, settings in rows if name in faults.FAULTS}

    assert list(faults.FAULTS) == list(shown)
    for name, make in faults.FAULTS.items():
        parameters = inspect.signature(make).parameters.values()
        assert shown[name] == ", ".join(
            _shown(one) for one in parameters if one.name != "carried_out"
        )


def _shown(parameter: inspect.Parameter) -> str:
    if parameter.default is inspect.Parameter.empty:
        return parameter.name
    return f"{parameter.name}={parameter.default}"
