"""Swagger 2.0 says what the contract says for the API key."""

from __future__ import annotations

import json
from typing import Any

import pytest

from enboarder.contract import export
from enboarder_api.contract import Region
from tests.contract.contract_file import (
    Node,
    Operation,
    body_of,
    differences,
    first_example,
    followed,
    operations,
    says_less,
    unwrapped,
    written_out,
)

JSON = "application/json"


def exported(region: str = "EU") -> Node:
    """Return what the file of a region contains, without line breaks."""
    document: Node = json.loads(export("swagger-2.0", region=region))
    return unwrapped(document)


def old_words(node: Any) -> Any:
    """Return a schema of the contract in the words of Swagger 2.0."""
    if isinstance(node, list):
        return [old_words(one) for one in node]
    if not isinstance(node, dict):
        return node
    members = {name: old_words(one) for name, one in node.items()}
    if isinstance(members.get("type"), list):
        members["type"] = members["type"][0]
        members["x-nullable"] = True
    if "contentEncoding" in members:
        del members["contentEncoding"]
        members["format"] = "byte"
    if "$ref" in members:
        name = members["$ref"].rpartition("/")[2]
        members["$ref"] = f"#/definitions/{name}"
    return members


def by_key(document: Node) -> dict[str, Operation]:
    """Return the operations that the API key can send, by their names."""
    return {one.name: one for one in operations(document) if "apiKey" in one.schemes}


def rendered_operations() -> dict[str, Operation]:
    """Return the operations of the file, by their names."""
    return {one.name: one for one in operations(exported())}


@pytest.mark.parametrize("region", Region)
def test_the_host_is_that_of_the_region(document: Node, region: Region) -> None:
    """There is one host, and the API key is the only credential."""
    rendered = exported(region)
    (server,) = [one for one in document["servers"] if one["x-region"] == region]

    assert server["url"] == f"https://{rendered['host']}"
    assert ["apiKey"] == list(rendered["securityDefinitions"])
    assert [{"apiKey": []}] == rendered["security"]


def test_the_file_has_every_operation_of_the_key(document: Node) -> None:
    """Method, path, texts, evidence and sources are those of the contract."""
    rendered = rendered_operations()
    expected = by_key(document)
    changed = (
        "parameters",
        "requestBody",
        "responses",
        "security",
        "x-credentials",
        "x-twin",
    )

    assert list(expected) == list(rendered)
    for name, operation in expected.items():
        assert operation[:2] == rendered[name][:2]
        whole = written_out(document, operation.node)
        for member in whole.keys() - {*changed}:
            part = {member: rendered[name].node[member]}
            assert [] == list(differences({member: whole[member]}, part))


def swagger_parameter(parameter: Node) -> Node:
    """Return a parameter of the contract as Swagger 2.0 writes it.

    The members of its schema are beside its own, and there is no place for an example.
    """
    own = {
        name: value
        for name, value in parameter.items()
        if name not in ("schema", "example")
    }
    schema = {**parameter["schema"]}
    schema.pop("description", None)
    return {**own, **old_words(schema)}


def test_parameters_are_those_of_the_contract(document: Node) -> None:
    """Name, place, necessity, description, schema and evidence of each are the same."""
    rendered = rendered_operations()
    for name, operation in by_key(document).items():
        listed = written_out(document, operation.node.get("parameters", []))
        expected = [swagger_parameter(one) for one in listed]
        parameters = rendered[name].node["parameters"]
        found = [one for one in parameters if one["in"] != "body"]
        assert [] == list(differences(expected, found))


def test_bodies_are_those_of_the_contract(document: Node) -> None:
    """Each body has the same schema, and is required where it was."""
    rendered = rendered_operations()
    for name, operation in by_key(document).items():
        parameters = rendered[name].node["parameters"]
        found = [one for one in parameters if one["in"] == "body"]
        body = body_of(document, operation)
        if body is None:
            assert [] == found
            continue
        (parameter,) = found
        expected = unwrapped(old_words(body["content"][JSON]["schema"]))
        assert expected == parameter["schema"]
        assert body.get("required", False) == parameter["required"]


def test_answers_are_those_of_the_contract(document: Node) -> None:
    """Status, description, schema and first example of each answer are the same."""
    rendered = rendered_operations()
    for name, operation in by_key(document).items():
        responses = operation.node["responses"]
        assert list(responses) == list(rendered[name].node["responses"])
        for status, response in responses.items():
            component = followed(document, response)
            content = component.get("content", {}).get(JSON, {})
            found = rendered[name].node["responses"][status]
            schema = content.get("schema")
            assert says_less(component["description"], found["description"])
            assert unwrapped(old_words(schema)) == found.get("schema")
            example = found.get("examples", {}).get(JSON)
            assert unwrapped(first_example(content)) == example


def test_definitions_are_the_schemas_of_the_contract(document: Node) -> None:
    """Each schema that is needed is defined once, with its evidence and sources."""
    rendered = exported()
    text = json.dumps(rendered)

    for name, definition in rendered["definitions"].items():
        for spec in definition.get("properties", {}).values():
            spec.pop("x-ms-summary", None)
        whole = old_words(document["components"]["schemas"][name])
        assert [] == list(differences(whole, definition))
        assert f'"#/definitions/{name}"' in text
    assert "#/components/" not in text


def test_the_error_catalogue_is_that_of_the_key() -> None:
    """What a message means is in this file, too, as in OpenAPI's for the key."""
    text = export("openapi-3.0.3", region="EU", auth="apikey")

    assert json.loads(text)["x-error-catalogue"] == exported()["x-error-catalogue"]


def test_the_file_is_small_enough_for_power_platform() -> None:
    """It accepts a megabyte."""
    assert len(export("swagger-2.0", region="EU").encode()) < 1_000_000


def test_each_operation_names_the_credential() -> None:
    """An importer that does not read the document's `security` keeps the key."""
    rendered = rendered_operations()
    found = [operation.node["security"] for operation in rendered.values()]

    assert [[{"apiKey": []}]] * len(rendered) == found


def test_power_platform_shows_readable_names() -> None:
    """The label of a field is its `x-name`, as words."""
    launch = exported()["definitions"]["BasicLaunch"]["properties"]

    assert "Employee name" == launch["nhnm"]["x-ms-summary"]
