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


@pytest.fixture(scope="module")
def mock() -> Iterator[MockServer]:
    """A server of this module's own, because its tokens end."""
    with MockServer() as server:
        yield server


@pytest.fixture(scope="module")
def by_key(mock: MockServer) -> Iterator[httpx.Client]:
    """A plain HTTP client of that server, with the API key."""
    with httpx.Client(
        base_url=mock.base_url, headers={"apikey": mock.api_key}
    ) as client:
        yield client


@pytest.fixture
def client(mock: MockServer) -> Iterator[httpx.Client]:
    """A client of the control path, without a credential, that leaves no fault behind."""
    with httpx.Client(base_url=mock.control_url) as client:
        yield client
    mock.clear_faults()


def test_fault_is_asked_for_by_its_name(
    mock: MockServer, client: httpx.Client, by_key: httpx.Client
) -> None:
    """The answer repeats it; the next requests meet it; neither asking nor clearing is recorded."""
    before = len(mock.requests)
    asked = {
        "operation": "brands.get_all",
        "fault": "server_error",
        "status": 502,
        "times": 2,
        "after": 1,
    }
    answer = client.post("/faults", json=asked)

    assert answer.status_code == 201
    assert {**asked, "carried_out": False} == answer.json()
    assert [200, 502, 502, 200] == [
        by_key.get("/brand/all").status_code for _ in range(4)
    ]
    assert [None, "server_error", "server_error", None] == [
        seen.fault for seen in mock.requests[before:]
    ]


def test_what_was_seen_is_told_without_credentials(
    mock: MockServer, client: httpx.Client, by_key: httpx.Client
) -> None:
    """Another process can see that nothing was sent twice; no header, query or body is repeated."""
    by_key.get("/brand/all", params={"note": "canary"})
    answer = client.get("/requests")

    seen = {
        "method": "GET",
        "path": "/brand/all",
        "operation": "brands.get_all",
        "status": 200,
        "fault": None,
    }
    assert seen == answer.json()[-1]
    assert len(mock.requests) == len(answer.json())
    assert not [
        secret
        for secret in (mock.api_key, mock.client_secret, "canary")
        if secret in answer.text
    ]


def test_fault_strikes_the_next_request_unless_told_otherwise(
    client: httpx.Client, by_key: httpx.Client
) -> None:
    """Of any operation, once."""
    assert (
        client.post("/faults", json={"fault": "drop", "carried_out": False}).json()[
            "operation"
        ]
        == "*"
    )

    with pytest.raises(httpx.RemoteProtocolError):
        by_key.get("/brand/all")
    assert by_key.get("/brand/all").status_code == 200


def test_faults_are_cleared(client: httpx.Client, by_key: httpx.Client) -> None:
    """None is left."""
    client.post("/faults", json={"fault": "null", "member": "name", "times": 3})

    assert client.delete("/faults").status_code == 204
    assert by_key.get("/brand/all").json()[0]["name"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "fault must be one of delay, hang, drop,"),
        ([], "fault must be one of"),
        ({"fault": "explode"}, "not 'explode'"),
        ({"fault": "drop", "operation": "nothing"}, "there is no operation 'nothing'"),
        ({"fault": "drop", "times": 0}, "times must be 1 or more"),
        ({"fault": "drop", "times": "2"}, "times has a value of the wrong type"),
        ({"fault": "drop", "after": -1}, "after must be 0 or more, not -1"),
        ({"fault": "drop", "after": 0.5}, "after has a value of the wrong type"),
        ({"fault": "drop", "seconds": 3}, "unexpected keyword argument 'seconds'"),
        ({"fault": "delay"}, "missing a required argument: 'seconds'"),
        ({"fault": "delay", "seconds": -1}, "seconds must be above 0"),
        ({"fault": "null", "member": 3}, "member has a value of the wrong type"),
    ],
)
def test_fault_that_cannot_be_is_a_400(
    client: httpx.Client, by_key: httpx.Client, asked: Any, told: str
) -> None:
    """With what is wrong; nothing fails later."""
    answer = client.post("/faults", json=asked)

    assert answer.status_code == 400
    assert told in answer.json()["message"]
    assert by_key.get("/brand/all").status_code == 200


def test_no_json_is_a_400(client: httpx.Client) -> None:
    """With what is wrong."""
    answer = client.post("/faults", content=b"{")

    assert (answer.status_code, "message" in answer.json()) == (400, True)


@pytest.mark.parametrize("how", ["expire", "revoke"])
@pytest.mark.parametrize("status", [403, 401])
def test_tokens_end(
    mock: MockServer, client: httpx.Client, how: str, status: int
) -> None:
    """Every token issued so far is dead, and answered as asked for."""
    old = token_of(mock)
    done = client.post(f"/tokens/{how}", params={"status": status})
    url = f"{mock.base_url}/reports/v2/forms"

    assert done.status_code == 204
    assert status == httpx.get(url, headers={"Authorization": old}).status_code
    assert httpx.get(url, headers={"Authorization": token_of(mock)}).status_code == 200


def test_answer_to_dead_tokens_stays_as_it_is(
    mock: MockServer, client: httpx.Client
) -> None:
    """Without a status, and with one that no dead token gets."""
    expected = mock.dead_token_status

    assert client.post("/tokens/revoke").status_code == 204
    assert client.post("/tokens/revoke?status=404").json() == {
        "message": "status must be 401 or 403, not 404"
    }
    assert expected == mock.dead_token_status


def test_other_paths_and_methods_are_no_part_of_the_service(
    mock: MockServer, client: httpx.Client
) -> None:
    """404 and 405, and not recorded either."""
    before = len(mock.requests)

    assert (
        client.get("/faults").status_code,
        client.post("/tokens/explode").status_code,
    ) == (405, 404)
    assert before == len(mock.requests)


def test_every_option_of_a_fault_has_a_type() -> None:
    """So that a wrong one is a 400, not a fault that strikes in another way than asked."""
    options = {
        name
        for make in faults.FAULTS.values()
        for name in inspect.signature(make).parameters
    }
    assert options | {"operation", "times", "after"} == set(SETTING_TYPES)
