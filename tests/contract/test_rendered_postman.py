"""The Postman collection and its environments say what the contract says."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from enboarder.contract import export
from enboarder_api.contract import Region
from tests.contract.contract_file import (
    Node,
    Operation,
    body_of,
    first_example,
    operations,
    parameters_in,
    unwrapped,
)

JSON = "application/json"
FOLDERS = {"apiKey": 0, "oauth2": 1}
SECRETS = {"apiKey", "clientId", "clientSecret", "accessToken"}


class Pair(NamedTuple):
    """An operation of the contract, and a request of the collection for it."""

    operation: Operation
    request: Node


def collection() -> Node:
    """Return the collection."""
    found: Node = json.loads(export("postman"))
    return found


def requests_in(folder: Node) -> dict[str, Node]:
    """Return the requests of a folder and the folders in it, by their names."""
    found: dict[str, Node] = {}
    for item in folder["item"]:
        if "item" in item:
            found.update(requests_in(item))
        else:
            found[item["name"]] = item["request"]
    return found


def named(items: list[Node]) -> dict[str, Any]:
    """Return the values of a list of keys and values."""
    return {item["key"]: item["value"] for item in items}


@pytest.fixture(params=["apiKey", "oauth2"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Run the test once with each credential that has a folder."""
    name: str = request.param
    return name


@pytest.fixture
def pairs(document: Node, scheme: str) -> list[Pair]:
    """Return each operation that a credential can send, with its request."""
    requests = requests_in(collection()["item"][FOLDERS[scheme]])
    return [
        Pair(operation, requests[operation.name])
        for operation in operations(document)
        if scheme in operation.schemes
    ]


def test_a_folder_has_every_operation_of_its_credential(
    document: Node, scheme: str
) -> None:
    """Nothing is missing or left over, except for the request for a token."""
    folder = collection()["item"][FOLDERS[scheme]]
    expected = {one.name for one in operations(document) if scheme in one.schemes}
    if scheme == "oauth2":
        expected.add("getAccessToken")

    assert expected == set(requests_in(folder))


def test_an_operation_is_in_the_folder_of_its_tag(document: Node, scheme: str) -> None:
    """The folders have the names and the order of the tags."""
    folder = collection()["item"][FOLDERS[scheme]]
    tags = [item for item in folder["item"] if "item" in item]

    assert [tag["name"] for tag in document["tags"]] == [tag["name"] for tag in tags]
    for tag in tags:
        expected = [
            one.name
            for one in operations(document)
            if scheme in one.schemes and tag["name"] in one.node["tags"]
        ]
        assert expected == list(requests_in(tag))


def test_a_request_goes_where_its_operation_is(pairs: list[Pair]) -> None:
    """Method and path are those of the contract; the host is a variable."""
    for operation, request in pairs:
        steps = [
            ":" + step[1:-1] if step.startswith("{") else step
            for step in operation.path.split("/")[1:]
        ]
        assert operation.method.upper() == request["method"]
        assert steps == request["url"]["path"]
        assert ["{{baseUrl}}"] == request["url"]["host"]
        assert "{{baseUrl}}/" + "/".join(steps) == request["url"]["raw"]


def test_a_request_says_what_its_operation_does(pairs: list[Pair]) -> None:
    """The description is the summary and the description of the contract."""
    for operation, request in pairs:
        texts = [operation.node["summary"], operation.node["description"]]
        assert " ".join(unwrapped(texts)) == unwrapped(request["description"])


def test_query_parameters_are_those_of_the_contract(
    document: Node, pairs: list[Pair]
) -> None:
    """Each is there with its description, and sent only when the user enables it."""
    seen = 0
    for operation, request in pairs:
        expected = [
            (one["name"], unwrapped(one["description"]), True)
            for one in parameters_in(document, operation, "query")
        ]
        found = [
            (one["key"], unwrapped(one["description"]), one["disabled"])
            for one in request["url"].get("query", [])
        ]
        assert expected == found
        seen += len(found)
    assert seen > 0


def test_path_parameters_are_those_of_the_contract(
    document: Node, pairs: list[Pair]
) -> None:
    """Each is there with its description and the example of the contract."""
    seen = 0
    for operation, request in pairs:
        expected = [
            (one["name"], unwrapped(one["description"]), one.get("example", ""))
            for one in parameters_in(document, operation, "path")
        ]
        found = [
            (one["key"], unwrapped(one["description"]), one["value"])
            for one in request["url"].get("variable", [])
        ]
        assert expected == found
        seen += len(found)
    assert seen > 0


def test_sample_bodies_are_those_of_the_contract(
    document: Node, pairs: list[Pair]
) -> None:
    """A request sends the first example of its body, as JSON; others send none."""
    seen = 0
    for operation, request in pairs:
        body = body_of(document, operation)
        headers = named(request["header"])
        if body is None:
            assert "body" not in request
            assert "Content-Type" not in headers
            continue
        sample = first_example(body["content"][JSON])
        assert sample is not None
        assert sample == json.loads(request["body"]["raw"])
        assert JSON == headers["Content-Type"]
        seen += 1
    assert seen > 0


def test_a_request_sends_its_credential(
    document: Node, pairs: list[Pair], scheme: str
) -> None:
    """Key and token are variables, in the headers that the contract names."""
    schemes = document["components"]["securitySchemes"]
    key_header = schemes["apiKey"]["name"]
    token_header = schemes["accessToken"]["name"]
    expected = {
        "apiKey": {key_header: "{{apiKey}}"},
        "oauth2": {token_header: "{{accessToken}}"},
    }
    for _, request in pairs:
        headers = named(request["header"])
        headers.pop("Content-Type", None)
        assert {**expected[scheme], "Accept": JSON} == headers


def test_the_token_request_is_that_of_the_grant() -> None:
    """It authenticates by HTTP Basic and keeps the token for the other requests."""
    token_request = collection()["item"][FOLDERS["oauth2"]]["item"][0]
    request = token_request["request"]
    (event,) = token_request["event"]
    form = named(request["body"]["urlencoded"])

    assert ("POST", "{{tokenUrl}}") == (request["method"], request["url"]["raw"])
    assert {"grant_type": "client_credentials", "scope": "{{scopes}}"} == form
    user = named(request["auth"]["basic"])
    assert {"username": "{{clientId}}", "password": "{{clientSecret}}"} == user
    assert "accessToken" in event["script"]["exec"][0]


def test_the_collection_is_that_version_of_the_contract(document: Node) -> None:
    """Title, description and version are those of the contract."""
    info = collection()["info"]

    assert document["info"]["title"] == info["name"]
    assert document["info"]["version"] == info["version"]
    assert unwrapped(document["info"]["description"]) == unwrapped(info["description"])


@pytest.mark.parametrize("region", Region)
def test_an_environment_is_that_of_its_region(document: Node, region: Region) -> None:
    """Host, token URL and scopes are those of the contract for that region."""
    environment = json.loads(export("postman-environment", region=region))
    values = named(environment["values"])
    (server,) = [one for one in document["servers"] if one["x-region"] == region]
    oauth2 = document["components"]["securitySchemes"]["oauth2"]
    scopes = list(oauth2["flows"]["clientCredentials"]["scopes"])

    assert server["url"] == values["baseUrl"]
    assert oauth2["x-token-urls"].get(region, "") == values["tokenUrl"]
    assert scopes == values["scopes"].split()


def test_secrets_are_blank() -> None:
    """Key, id, secret and token are for the user to enter, and are kept as secrets."""
    environment = json.loads(export("postman-environment", region="EU"))
    secrets = [one for one in environment["values"] if one["type"] == "secret"]

    assert dict.fromkeys(SECRETS, "") == named(secrets)


def test_every_variable_of_the_collection_is_in_the_environment() -> None:
    """A request with an unknown variable would be sent with its name."""
    environment = json.loads(export("postman-environment", region="EU"))
    values = named(environment["values"])
    text = export("postman")

    assert [] == [name for name in values if "{{" + name + "}}" not in text]
    assert text.count("{{") == sum(text.count("{{" + name + "}}") for name in values)
