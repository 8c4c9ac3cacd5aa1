"""The mock and the contract: what has no handler, what breaks it, what is new in it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import httpx
import pytest

from enboarder.mock import MockServer
from enboarder.mock.access.credentials import Credentials
from enboarder.mock.access.gate import Gate
from enboarder.mock.access.issued_tokens import IssuedTokens
from enboarder.mock.contract.description import Description
from enboarder.mock.contract.document import Document
from enboarder.mock.initial_state import initial_state
from enboarder.mock.messages import Call, Reply
from enboarder.mock.resources import HANDLERS
from enboarder.mock.service import LARGEST_BODY, Service
from tests.mock.conftest import token_of
from tests.mock.test_mock_server import LAUNCH

NEW = "/new/things"
SINCE = {
    "name": "since",
    "in": "query",
    "required": True,
    "schema": {"type": "string", "format": "date"},
}


def described(path: str = NEW, **spec: Any) -> Description:
    """Return the contract with one more operation: GET, without a credential."""
    text = files("enboarder_api").joinpath("contract.json").read_text("utf-8")
    content: dict[str, Any] = json.loads(text)
    content["paths"][path] = {
        "get": {"operationId": "getMore", "security": [], **spec},
    }
    return Description(Document(content))


def service_of(path: str = NEW, **spec: Any) -> Service:
    """Return a service whose contract has one more operation."""
    description = described(path, **spec)
    gate = Gate(Credentials(), IssuedTokens(lambda: 0.0, 60), 401)
    return Service(description, initial_state(description), gate)


def ok(**media_type: Any) -> dict[str, Any]:
    """Return responses with a JSON body."""
    json_body = {"schema": {"type": "object"}, **media_type}
    return {"200": {"content": {"application/json": json_body}}}


def test_every_handler_belongs_to_an_operation() -> None:
    """A handler whose operation was renamed would never run."""
    assert set(HANDLERS) <= {one.name for one in Description.read().operations}


def test_twins_share_their_name() -> None:
    """29 operations on 47 paths."""
    operations = Description.read().operations

    assert len(operations) == 47
    assert len({operation.name for operation in operations}) == 29


def test_operation_without_a_handler_shows_the_example(by_key: httpx.Client) -> None:
    """What the contract shows is what comes back."""
    reply = by_key.get("/scim/v2/ServiceProviderConfig")

    assert (200, {"supported": True}) == (reply.status_code, reply.json()["patch"])


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        (ok(examples={"first": {"value": {"a": 1}}}), Reply(200, {"a": 1})),
        (ok(example={"b": 2}), Reply(200, {"b": 2})),
        (ok(), Reply(200, {})),
        ({"204": {"description": "gone"}}, Reply(204)),
        ({"202": {"description": "taken"}}, Reply(202, {})),
        ({"default": {"description": "anything"}}, Reply(200, {})),
    ],
)
def test_new_operation_of_the_contract_is_answered(
    responses: dict[str, Any], expected: Reply
) -> None:
    """It needs no edit of the mock."""
    service = service_of(responses=responses)

    assert expected == service.answer(Call("GET", NEW))
    assert service.recorded[0].operation == "getMore"


def test_fixed_path_wins_over_a_parameter() -> None:
    """`/brand/byid/me` is not the brand `me` when the contract has both."""
    service = service_of("/brand/byid/me", responses=ok(example={"me": 1}))

    assert Reply(200, {"me": 1}) == service.answer(Call("GET", "/brand/byid/me"))


def test_new_parameters_are_checked() -> None:
    """A required query parameter of a new operation is asked for."""
    service = service_of(responses=ok(), parameters=[SINCE])
    missing = service.answer(Call("GET", NEW))

    assert Reply(400, {"message": "the parameter since is required"}) == missing
    assert service.answer(Call("GET", NEW, {"since": "today"})).status == 400
    assert service.answer(Call("GET", NEW, {"since": "2027-01-12"})).status == 200


def test_body_may_be_optional() -> None:
    """A body that is not required may be absent, but is checked when it is there."""
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    service = service_of(responses=ok(), requestBody=body)

    assert service.answer(Call("GET", NEW)).status == 200
    assert service.answer(Call("GET", NEW, body=b"7")).status == 400


def test_success_that_the_contract_lacks_breaks_it() -> None:
    """A refusal need not be listed."""
    description = described(responses=ok())
    found = description.find("GET", NEW)

    assert found is not None
    operation, _ = found
    problems = description.reply_problems(operation, Reply(201, {}))
    assert ["the contract has no status 201"] == problems
    assert description.reply_problems(operation, Reply(400, {})) == []


def test_reply_that_breaks_the_contract_is_a_500(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """So the mock cannot drift from the contract unnoticed."""
    mock.state.brands[0]["name"] = 5
    reply = by_key.get("/brand/all")

    assert reply.status_code == 500
    assert "[0].name: 5 is not of type 'string'" in reply.json()["message"]


def test_state_that_no_handler_can_use_is_a_500(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """The reply names the error, and the request is recorded like any other."""
    del mock.state.brands[0]["id"]
    reply = by_key.get("/brand/byid/1")

    assert reply.status_code == 500
    assert "KeyError('id')" in reply.json()["message"]
    assert [("brands.get_by_id", 500)] == [
        (seen.operation, seen.status) for seen in mock.requests
    ]


def test_state_that_is_not_json_is_a_500(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A value that a test put there by mistake."""
    mock.state.brands[0]["more"] = {1, 2}

    assert by_key.get("/brand/all").status_code == 500
    assert [500] == [seen.status for seen in mock.requests]


@pytest.mark.parametrize(
    "content",
    [b"{", b'{"mode": NaN}', b'{"mode": 1e999}', b"\xff\xff", b"[" * 100_000, b""],
)
def test_body_that_is_not_json_is_a_400(by_key: httpx.Client, content: bytes) -> None:
    """Truncated, extended, too large a number, undecodable, too deep or absent."""
    reply = by_key.post("/restapi/v1/startwf/basic", content=content)

    assert reply.status_code == 400
    assert "JSON" in reply.json()["message"]


@pytest.mark.parametrize("levels", [65, 900, 100_000])
def test_body_that_is_nested_too_deeply_is_a_400(
    by_key: httpx.Client, mock: MockServer, levels: int
) -> None:
    """Nothing is launched, and the message says why."""
    deep = "[" * (levels - 1) + "]" * (levels - 1)
    content = json.dumps(LAUNCH)[:-1] + f', "unknown": {deep}}}'
    reply = by_key.post("/restapi/v1/startwf/basic", content=content)

    assert reply.status_code == 400
    assert "nested more than 64 levels deep" in reply.json()["message"]
    assert mock.state.workflows == []


def test_body_with_as_many_levels_as_allowed_is_accepted(
    by_key: httpx.Client,
) -> None:
    """What the contract does not know may have levels of its own."""
    content = json.dumps(LAUNCH)[:-1] + f', "unknown": {"[" * 63 + "]" * 63}}}'

    headers = {"Content-Type": "application/json"}
    path = "/restapi/v1/startwf/basic"

    assert by_key.post(path, content=content, headers=headers).is_success


def test_body_of_another_media_type_is_a_415(by_key: httpx.Client) -> None:
    """The API takes JSON only, by any of its names."""
    refused = by_key.post("/restapi/v1/cancelwf", data={"externalid": "x"})
    headers = {"Content-Type": "application/scim+json"}
    scim = by_key.post("/scim/v2/Users", content=b"{}", headers=headers)

    assert (refused.status_code, scim.status_code) == (415, 400)


@pytest.mark.parametrize(
    ("size", "status"),
    [(LARGEST_BODY, 400), (LARGEST_BODY + 1, 413), (2 * LARGEST_BODY, 413)],
)
def test_body_over_5_mb_is_a_413(by_key: httpx.Client, size: int, status: int) -> None:
    """The client gets the answer although it sent everything."""
    reply = by_key.post("/restapi/v1/cancelwf", content=b" " * size)

    assert status == reply.status_code


def test_credential_is_checked_before_the_size_of_the_body(
    anonymous: httpx.Client, mock: MockServer
) -> None:
    """None, a wrong key and a dead token are refused, however large the body is."""
    dead = token_of(mock)
    mock.revoke_tokens()
    content = b" " * (LARGEST_BODY + 1)
    replies = [
        anonymous.post("/restapi/v2/cancelwf", content=content, headers=headers)
        for headers in ({}, {"apikey": "wrong"}, {"Authorization": dead})
    ]

    assert [403, 403, 401] == [reply.status_code for reply in replies]


def test_credential_is_checked_before_the_content_of_the_body(
    anonymous: httpx.Client,
) -> None:
    """Neither what is not JSON nor another media type is looked at."""
    broken = anonymous.post("/restapi/v1/cancelwf", content=b"{")
    form = anonymous.post("/restapi/v1/cancelwf", data={"externalid": "x"})

    assert (broken.status_code, form.status_code) == (403, 403)


def test_size_is_checked_before_the_media_type(by_key: httpx.Client) -> None:
    """A large body is not looked into."""
    content = b" " * (LARGEST_BODY + 1)
    headers = {"Content-Type": "text/plain"}
    reply = by_key.post("/restapi/v1/cancelwf", content=content, headers=headers)

    assert reply.status_code == 413


def test_query_parameters_that_the_contract_lacks_are_accepted(
    by_key: httpx.Client,
) -> None:
    """The names of the reports' filters are unknown."""
    params = {"from": "2027-01-01"}

    assert by_key.get("/reports/forms", params=params).status_code == 200


def test_refusal_tells_how_the_request_breaks_the_contract() -> None:
    """Another judge can compare it; other refusals have no such reason."""
    service = service_of(responses=ok(), parameters=[SINCE])
    problems = service.answer(Call("GET", NEW)).problems

    assert ("the parameter since is required",) == problems
    assert service.answer(Call("GET", NEW, {"since": "2027-01-12"})).problems == ()
    assert service.answer(Call("GET", "/old/things")).problems == ()
