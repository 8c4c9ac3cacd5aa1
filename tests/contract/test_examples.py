"""Every example fits its schema and passes the checks of the client."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from enboarder.contract import walk
from enboarder_api.checks import problems
from tests.contract.contract_file import Node, read

pytestmark = pytest.mark.untraced

CONTRACT = read()
FORMATS = FormatChecker(("date",))


def of(node: Node) -> Iterator[tuple[str, Any]]:
    """Yield the examples of a parameter or of a media type, with their names."""
    if "example" in node:
        yield "example", node["example"]
    for name, example in node.get("examples", {}).items():
        yield name, example["value"]


def examples() -> Iterator[tuple[str, Node, Any]]:
    """Yield every example of the components, with its place and its schema."""
    for kind in ("requestBodies", "responses"):
        for component, node in CONTRACT["components"][kind].items():
            for media in node.get("content", {}).values():
                for name, value in of(media):
                    yield f"{kind}/{component}/{name}", media["schema"], value
    for component, node in CONTRACT["components"]["parameters"].items():
        for name, value in of(node):
            yield f"parameters/{component}/{name}", node["schema"], value


def sent() -> Iterator[tuple[str, str, Any]]:
    """Yield every example of a request body, once for each operation that takes it."""
    for entry in walk.operations(CONTRACT):
        if entry.python_name and "requestBody" in entry.node:
            body = walk.resolve(CONTRACT, entry.node["requestBody"])
            for name, value in of(body["content"]["application/json"]):
                yield f"{entry.python_name}/{name}", entry.python_name, value


def violations(schema: Node, value: Any) -> list[str]:
    """Return what a validator finds wrong with a value."""
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
    """The example is valid, including its dates."""
    assert violations(schema, value) == []


@pytest.mark.parametrize(
    ("schema", "value"), [pytest.param(*rest, id=place) for place, *rest in examples()]
)
def test_an_example_has_no_member_that_its_schema_lacks(
    schema: Node, value: Any
) -> None:
    """The schema describes each member, unless it keeps members that it lacks."""
    assert list(undescribed(schema, value)) == []


def undescribed(schema: Node, value: Any) -> Iterator[str]:
    """Yield the name of each member that the schema does not describe."""
    schema = walk.resolve(CONTRACT, schema["allOf"][0] if "allOf" in schema else schema)
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
    """The checks of bodies, including `x-required-any`, find no problem in it."""
    assert problems(operation, value) == []


def test_every_request_body_has_an_example() -> None:
    """An importer of the contract offers something to send."""
    bodies = CONTRACT["components"]["requestBodies"]
    assert [
        name
        for name, body in bodies.items()
        if not list(of(body["content"]["application/json"]))
    ] == []


def test_an_example_of_an_undocumented_reply_says_so() -> None:
    """An example of a response with weak evidence does not claim to be documented."""
    for name, reply in CONTRACT["components"]["responses"].items():
        if reply["x-evidence"] in ("inferred", "third-party"):
            for media in reply.get("content", {}).values():
                for example in media.get("examples", {}).values():
                    assert (name, example.get("x-evidence", "inferred")) == (
                        name,
                        "inferred",
                    )


def test_a_wrong_example_would_be_found() -> None:
    """A date in another order is a violation, and so is a missing member."""
    schema = {"$ref": "#/components/schemas/BasicLaunch"}
    found = violations(schema, {"nhnm": "Alex Example", "nhstdt": "12/01/2027"})
    assert (
        len(found),
        json.dumps(found).count("mgrnm"),
        json.dumps(found).count("12/01/2027"),
    ) == (2, 1, 1)
