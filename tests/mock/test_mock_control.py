"""The HTTP control path: faults and dead tokens, asked for by another process."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from enboarder.mock import MockServer, faults
from enboarder.mock.http.control import SETTING_TYPES
from tests.mock.conftest import token_of


@pytest.fixture
def control(mock: MockServer) -> Iterator[httpx.Client]:
    """A client of the control path, without a credential."""
    with httpx.Client(base_url=mock.control_url, verify=False) as client:
        yield client


def message_of(reply: httpx.Response) -> str:
    """Return what a refusal says."""
    assert reply.status_code == 400
    return str(reply.json()["message"])


def test_fault_is_asked_for_by_its_name(
    mock: MockServer, control: httpx.Client, by_key: httpx.Client
) -> None:
    """The answer repeats the settings, and the next requests meet the fault."""
    settings = {
        "operation": "brands.get_all",
        "fault": "server_error",
        "status": 502,
        "times": 2,
        "after": 1,
    }
    reply = control.post("/faults", json=settings)
    statuses = [by_key.get("/brand/all").status_code for _ in range(4)]

    assert (201, {**settings, "carried_out": False}) == (
        reply.status_code,
        reply.json(),
    )
    assert [200, 502, 502, 200] == statuses


def test_requests_to_the_control_path_are_not_recorded(
    mock: MockServer, control: httpx.Client
) -> None:
    """Neither known nor unknown ones, which are a 404 or a 405."""
    control.post("/faults", json={"fault": "drop"})
    control.delete("/faults")

    assert control.get("/faults").status_code == 405
    assert control.post("/tokens/explode").status_code == 404
    assert mock.requests == []


def test_requests_are_listed_without_credentials(
    mock: MockServer, control: httpx.Client, by_key: httpx.Client
) -> None:
    """Another process can see what was sent, but no header, query or body."""
    by_key.get("/brand/all", params={"note": "canary"})
    mock.fail("brands.get_all", faults.drop())
    with pytest.raises(httpx.RemoteProtocolError):
        by_key.get("/brand/all")
    reply = control.get("/requests")

    answered = {
        "method": "GET",
        "path": "/brand/all",
        "operation": "brands.get_all",
        "status": 200,
        "fault": None,
    }
    assert [answered, {**answered, "status": 0, "fault": "drop"}] == reply.json()
    assert mock.api_key not in reply.text
    assert "canary" not in reply.text


def test_form_is_added(control: httpx.Client, by_key: httpx.Client) -> None:
    """A test in another language brings rows of its own."""
    form = {"form_id": "F-1", "name": "Laptops", "rows": [{"size": 14}, {}]}
    assert 201 == control.post("/forms", json=form).status_code

    listed = by_key.get("/reports/forms").json()["items"]
    assert {"id": "F-1", "name": "Laptops"} in listed
    page = by_key.get("/reports/forms/F-1/data").json()
    assert [{"size": 14}, {}] == page["items"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({}, "form_id"),
        ([], "form_id"),
        ({"form_id": "F-1"}, "rows"),
        ({"form_id": "", "rows": 1}, "form_id"),
        ({"form_id": "F-1", "rows": -1}, "rows"),
        ({"form_id": "F-1", "rows": ["x"]}, "row"),
        ({"form_id": "F-1", "rows": 1, "more": 2}, "more"),
        ({"form_id": "F-1", "rows": 1, "fields": 3}, "fields"),
        ({"form_id": "F-1", "rows": None}, "rows"),
        ({"form_id": 3, "rows": 1}, "form_id"),
    ],
)
def test_form_that_cannot_be_is_a_400(
    control: httpx.Client, form: Any, expected: str
) -> None:
    """The message says what is wrong."""
    assert expected in message_of(control.post("/forms", json=form))


def test_workflows_are_listed(
    mock: MockServer, control: httpx.Client, by_key: httpx.Client
) -> None:
    """Another process sees who was launched, and what became of it."""
    body = {
        "nhnm": "Alex Example",
        "nheml": "alex@example.com",
        "mgrnm": "Sam Example",
        "mgreml": "sam@example.com",
        "nhstdt": "2027-01-12",
        "externalid": "A-1",
    }
    by_key.post("/restapi/v1/startwf/basic", json=body)
    by_key.post("/restapi/v1/cancelwf", json={"externalid": "A-1", "mode": "ALL"})

    (seen,) = control.get("/workflows").json()
    assert ("A-1", "Cancelled") == (seen["external_id"], seen["status"])
    assert "2027-01-12" == seen["details"]["nhstdt"]


def test_fault_strikes_one_request_of_any_operation_by_default(
    control: httpx.Client, by_key: httpx.Client
) -> None:
    """`operation` is `*`, `times` is 1 and `after` is 0."""
    settings = control.post("/faults", json={"fault": "server_error"}).json()
    statuses = [by_key.get(path).status_code for path in ("/brand/all", "/brand/all")]

    defaults = {"operation": "*", "times": 1, "after": 0}
    assert defaults.items() <= settings.items()
    assert [503, 200] == statuses


def test_faults_are_cleared(control: httpx.Client, by_key: httpx.Client) -> None:
    """None is left."""
    control.post("/faults", json={"fault": "null", "member": "name", "times": 3})

    assert control.delete("/faults").status_code == 204
    assert by_key.get("/brand/all").json()[0]["name"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "fault must be one of delay, hang, drop,"),
        ([], "fault must be one of"),
        ({"fault": "explode"}, "'explode'"),
        ({"fault": "drop", "operation": "nothing"}, "'nothing'"),
        ({"fault": "drop", "times": 0}, "times must be 1 or more"),
        ({"fault": "drop", "times": "2"}, "times has a value of the wrong type"),
        ({"fault": "drop", "times": True}, "times has a value of the wrong type"),
        ({"fault": "drop", "after": -1}, "after must be 0 or more"),
        ({"fault": "drop", "after": 0.5}, "after has a value of the wrong type"),
        ({"fault": "drop", "seconds": 3}, "'seconds'"),
        ({"fault": "drop", "carried_out": 1}, "carried_out has a value of the wrong"),
        ({"fault": "delay"}, "'seconds'"),
        ({"fault": "delay", "seconds": -1}, "seconds must be above 0"),
        ({"fault": "null", "member": 3}, "member has a value of the wrong type"),
    ],
)
def test_fault_that_cannot_be_is_a_400(
    control: httpx.Client, by_key: httpx.Client, settings: Any, expected: str
) -> None:
    """The message says what is wrong, and no request meets a fault."""
    assert expected in message_of(control.post("/faults", json=settings))
    assert by_key.get("/brand/all").status_code == 200


@pytest.mark.parametrize("content", [b"{", b"", b"[" * 100_000])
def test_body_that_is_not_json_is_a_400(control: httpx.Client, content: bytes) -> None:
    """Truncated, absent, or too deep."""
    assert message_of(control.post("/faults", content=content))


@pytest.mark.parametrize("how", ["expire", "revoke"])
@pytest.mark.parametrize("status", [403, 401])
def test_tokens_end(
    mock: MockServer,
    anonymous: httpx.Client,
    control: httpx.Client,
    how: str,
    status: int,
) -> None:
    """Every token issued so far is dead, and is answered as asked."""
    old = token_of(mock)
    ended = control.post(f"/tokens/{how}", params={"status": status})
    replies = [
        anonymous.get("/reports/v2/forms", headers={"Authorization": token})
        for token in (old, token_of(mock))
    ]

    assert ended.status_code == 204
    assert [status, 200] == [reply.status_code for reply in replies]


def test_status_for_dead_tokens_stays_when_none_is_given(
    mock: MockServer, control: httpx.Client
) -> None:
    """It is not reset to the default."""
    mock.dead_token_status = 403

    assert control.post("/tokens/revoke").status_code == 204
    assert mock.dead_token_status == 403


def test_other_status_for_dead_tokens_is_refused(
    mock: MockServer, by_token: httpx.Client, control: httpx.Client
) -> None:
    """And no token ends."""
    reply = control.post("/tokens/revoke", params={"status": 404})

    assert "401 or 403, not 404" in message_of(reply)
    assert mock.dead_token_status == 401
    assert by_token.get("/reports/v2/forms").status_code == 200


def test_every_setting_of_a_fault_has_a_type() -> None:
    """So a wrong value is a 400, not a fault that strikes in another way."""
    settings = {"operation", "times", "after"}
    for make in faults.FAULTS.values():
        settings |= set(inspect.signature(make).parameters)

    assert settings == set(SETTING_TYPES)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.com"},
        {"Host": "127.0.0.1.example.com"},
        {"Host": "mock.example.com:8080"},
        {"Host": "[::x]"},
        {"Origin": "https://example.com"},
        {"Origin": "http://localhost.example.com"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ],
)
def test_page_of_another_site_cannot_control_the_mock(
    mock: MockServer, control: httpx.Client, headers: dict[str, str]
) -> None:
    """A browser sends what a page asks for, also under a name made for loopback."""
    token = token_of(mock)
    fault = control.post("/faults", headers=headers, json={"fault": "drop"})
    others = [
        control.delete("/faults", headers=headers),
        control.get("/requests", headers=headers),
        control.post("/tokens/revoke", headers=headers),
        control.get("/nothing", headers=headers),
    ]
    url = f"{mock.base_url}/reports/v2/forms"
    served = control.get(url, headers={"Authorization": token})

    assert [403] * 5 == [reply.status_code for reply in (fault, *others)]
    assert next(iter(headers)) in fault.json()["message"]
    assert 200 == served.status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost:8080"},
        {"Host": "127.0.0.1"},
        {"Host": "[::1]:80"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "http://127.0.0.1:8080"},
    ],
)
def test_program_on_this_machine_controls_the_mock(
    control: httpx.Client, headers: dict[str, str]
) -> None:
    """Whichever loopback name and port it uses."""
    assert control.get("/requests", headers=headers).status_code == 200
