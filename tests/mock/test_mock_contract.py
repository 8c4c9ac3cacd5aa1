"""The mock and the contract: what has no handler, what breaks it, and what the contract may grow."""

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
from enboarder.mock.service import Service


def contract() -> dict[str, Any]:
    """The contract, to be changed at will."""
    document: dict[str, Any] = json.loads(
        files("enboarder_api").joinpath("contract.json").read_text(encoding="utf-8")
    )
    return document


def service_of(path: str, **spec: Any) -> Service:
    """A service whose contract has one more operation, GET and without credentials."""
    document = contract()
    document["paths"][path] = {
        "get": {"operationId": "getMore", "security": [], **spec}
    }
    description = Description(Document(document))
    gate = Gate(Credentials(), IssuedTokens(lambda: 0.0, 60), 401)
    return Service(description, initial_state(description), gate)


def ok(**media: Any) -> dict[str, Any]:
    """Responses with a JSON body."""
    return {
        "200": {
            "content": {"application/json": {"schema": {"type": "object"}, **media}}
        }
    }


def test_every_handler_belongs_to_an_operation() -> None:
    """A handler whose operation was renamed would never run."""
    assert set(HANDLERS) <= {
        operation.name for operation in Description.read().operations
    }


def test_twins_share_their_name() -> None:
    """29 operations on 47 paths."""
    operations = Description.read().operations

    assert (len(operations), len({operation.name for operation in operations})) == (
        47,
        29,
    )


def test_an_operation_without_a_handler_shows_the_example(by_key: httpx.Client) -> None:
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
def test_a_new_operation_of_the_contract_is_answered(
    responses: dict[str, Any], expected: Reply
) -> None:
    """Without an edit of the mock."""
    service = service_of("/new/things", responses=responses)

    assert expected == service.answer(Call("GET", "/new/things"))
    assert service.recorded[0].operation == "getMore"


def test_a_fixed_path_wins_over_a_parameter() -> None:
    """`/brand/byid/me` is not the brand `me` when the contract has both."""
    assert Reply(200, {"me": 1}) == service_of(
        "/brand/byid/me", responses=ok(example={"me": 1})
    ).answer(Call("GET", "/brand/byid/me"))


def test_new_parameters_are_checked() -> None:
    """A required query parameter of a new operation is asked for."""
    parameters = [
        {
            "name": "since",
            "in": "query",
            "required": True,
            "schema": {"type": "string", "format": "date"},
        }
    ]
    service = service_of("/new/things", responses=ok(), parameters=parameters)

    assert Reply(400, {"message": "the parameter since is required"}) == service.answer(
        Call("GET", "/new/things")
    )
    assert service.answer(Call("GET", "/new/things", {"since": "today"})).status == 400
    assert (
        service.answer(Call("GET", "/new/things", {"since": "2027-01-12"})).status
        == 200
    )


def test_a_body_may_be_optional() -> None:
    """A request body that the contract does not require may be absent, but is checked when it is there."""
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    service = service_of("/new/things", responses=ok(), requestBody=body)

    assert service.answer(Call("GET", "/new/things")).status == 200
    assert service.answer(Call("GET", "/new/things", body=b"7")).status == 400


def test_a_success_that_the_contract_lacks_breaks_it() -> None:
    """While a refusal need not be listed."""
    document = contract()
    document["paths"]["/new/things"] = {
        "get": {"operationId": "getMore", "responses": ok()}
    }
    description = Description(Document(document))
    found = description.find("GET", "/new/things")

    assert found is not None
    assert description.reply_problems(found[0], Reply(201, {})) == [
        "the contract has no status 201"
    ]
    assert description.reply_problems(found[0], Reply(400, {})) == []


def test_a_reply_that_breaks_the_contract_is_a_500_with_a_clear_text() -> None:
    """So the mock cannot drift from the contract unnoticed."""
    with MockServer() as mock:
        mock.state.brands[0]["name"] = 5
        reply = httpx.get(
            f"{mock.base_url}/brand/all", headers={"apikey": mock.api_key}
        )

    assert reply.status_code == 500
    assert (
        "the reply of brands.get_all with status 200 breaks the contract: [0].name: 5 is not of type 'string'"
        in (reply.json()["message"])
    )


@pytest.mark.parametrize(
    "content", [b"{", b'{"mode": NaN}', b"\xff\xff", b"[" * 100_000, b""]
)
def test_a_body_that_is_no_json_is_a_400(by_key: httpx.Client, content: bytes) -> None:
    """Truncated, extended, undecodable, too deep or absent."""
    reply = by_key.post("/restapi/v1/startwf/basic", content=content)

    assert reply.status_code == 400
    assert "JSON" in reply.json()["message"]


def test_a_body_of_another_media_type_is_a_415(by_key: httpx.Client) -> None:
    """The API takes JSON only, by any of its names."""
    refused = by_key.post("/restapi/v1/cancelwf", data={"externalid": "x"})
    scim = by_key.post(
        "/scim/v2/Users",
        content=b"{}",
        headers={"Content-Type": "application/scim+json"},
    )

    assert (refused.status_code, scim.status_code) == (415, 400)


def test_a_body_over_5_mb_is_a_413(by_key: httpx.Client) -> None:
    """The client gets the answer although it sent everything."""
    limit = 5 * 1024 * 1024

    assert (
        by_key.post("/restapi/v1/cancelwf", content=b" " * (limit + 1)).status_code
        == 413
    )
    assert (
        by_key.post("/restapi/v1/cancelwf", content=b" " * (limit * 2)).status_code
        == 413
    )
    assert by_key.post("/restapi/v1/cancelwf", content=b" " * limit).status_code == 400


def test_query_parameters_that_the_contract_lacks_are_let_through(
    by_key: httpx.Client,
) -> None:
    """The names of the reports' filters are unknown."""
    assert (
        by_key.get("/reports/forms", params={"from": "2027-01-01"}).status_code == 200
    )


def test_a_refusal_tells_why_the_request_breaks_the_contract() -> None:
    """For another judge to agree or not; a refusal for what the state is has no such reason."""
    parameters = [
        {"name": "since", "in": "query", "required": True, "schema": {"type": "string"}}
    ]
    service = service_of("/new/things", responses=ok(), parameters=parameters)

    assert ("the parameter since is required",) == service.answer(
        Call("GET", "/new/things")
    ).problems
    assert () == service.answer(Call("GET", "/new/things", {"since": "1"})).problems
    assert () == service.answer(Call("GET", "/old/things")).problems
