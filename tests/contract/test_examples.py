"""Every example is what its schema says, and what the client would let through."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import contract
from contract import Node
from enboarder_api.checks import faults

pytestmark = pytest.mark.untraced

CONTRACT = contract.load()
FORMATS = FormatChecker(("date",))


def of(node: Node) -> Iterator[tuple[str, Any]]:
    """The examples of a parameter or of a media type, by name."""
    if "example" in node:
        yield "example", node["example"]
    for name, example in node.get("examples", {}).items():
        yield name, example["value"]


def examples() -> Iterator[tuple[str, Node, Any]]:
    """Every example of the components: its place, its schema, itself."""
    for kind in ("requestBodies", "responses"):
        for component, node in CONTRACT["components"][kind].items():
            for media in node.get("content", {}).values():
                for name, value in of(media):
                    yield f"{kind}/{component}/{name}", media["schema"], value
    for component, node in CONTRACT["components"]["parameters"].items():
        for name, value in of(node):
            yield f"parameters/{component}/{name}", node["schema"], value


def sent() -> Iterator[tuple[str, str, Any]]:
    """Every example of a request body, once for each operation that takes it."""
    for entry in contract.entries(CONTRACT):
        if entry.python_name and "requestBody" in entry.node:
            body = contract.resolve(CONTRACT, entry.node["requestBody"])
            for name, value in of(body["content"]["application/json"]):
                yield f"{entry.python_name}/{name}", entry.python_name, value


def violations(schema: Node, value: Any) -> list[str]:
    whole = {**schema, "components": CONTRACT["components"]}
    return [
        error.message
        for error in Draft202012Validator(whole, format_checker=FORMATS).iter_errors(
            value
        )
    ]


@pytest.mark.parametrize(
    ("schema", "value"), [pytest.param(*rest, id=place) for place, *rest in examples()]
)
def test_an_example_is_what_its_schema_says(schema: Node, value: Any) -> None:
    """The example validates, dates included."""
    assert violations(schema, value) == []


@pytest.mark.parametrize(
    ("schema", "value"), [pytest.param(*rest, id=place) for place, *rest in examples()]
)
def test_an_example_has_no_member_that_its_schema_lacks(
    schema: Node, value: Any
) -> None:
    """What an example shows is described, unless its schema says that it keeps everything."""
    assert list(undescribed(schema, value)) == []


def undescribed(schema: Node, value: Any) -> Iterator[str]:
    schema = contract.resolve(
        CONTRACT, schema["allOf"][0] if "allOf" in schema else schema
    )
    if isinstance(value, list):
        for member in value:
            yield from undescribed(schema["items"], member)
    if isinstance(value, dict):
        for name, member in value.items():
            if name in schema.get("properties", {}):
                yield from undescribed(schema["properties"][name], member)
            elif not schema.get("additionalProperties"):
                yield name


@pytest.mark.parametrize(
    ("operation", "value"), [pytest.param(*rest, id=place) for place, *rest in sent()]
)
def test_an_example_of_a_request_passes_the_clients_checks(
    operation: str, value: Any
) -> None:
    """The checks of bodies, `x-required` and `x-required-any` among them, find no fault in it."""
    assert faults(operation, value) == []


def test_every_request_body_has_an_example() -> None:
    """Whoever imports the contract finds something to send."""
    bodies = CONTRACT["components"]["requestBodies"]
    assert [
        name
        for name, body in bodies.items()
        if not list(of(body["content"]["application/json"]))
    ] == []


def test_an_example_of_an_undocumented_reply_says_so() -> None:
    """Where the evidence of a reply is weak, so is that of its examples: none claims to be documented."""
    for name, reply in CONTRACT["components"]["responses"].items():
        if reply["x-evidence"] in ("inferred", "third-party"):
            for media in reply.get("content", {}).values():
                for example in media.get("examples", {}).values():
                    assert (name, example.get("x-evidence", "inferred")) == (
                        name,
                        "inferred",
                    )


def test_a_wrong_example_would_be_found() -> None:
    """The validation of this module is not blind: a date in another order and a missing member are violations."""
    schema = {"$ref": "#/components/schemas/BasicLaunch"}
    found = violations(schema, {"nhnm": "Alex Example", "nhstdt": "12/01/2027"})
    assert (
        len(found),
        json.dumps(found).count("mgrnm"),
        json.dumps(found).count("12/01/2027"),
    ) == (2, 1, 1)
