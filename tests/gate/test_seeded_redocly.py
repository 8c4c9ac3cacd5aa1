"""Faults seeded into copies of the contract that Redocly catches, and shows with their pointer."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import judges
from contract import Node
from tests.gate.seeding import (
    BASIC_TWIN,
    Change,
    Faults,
    component,
    example,
    lacking,
    members,
    operation,
)

REDOCLY: Faults = {
    "wrong example": (
        lambda d: example(d).update(nhnm=7),
        [
            "#/components/requestBodies/BasicLaunch/content/application~1json/examples/sample/value/nhnm"
        ],
    ),
    "example that misses a required member": (
        lambda d: example(d).pop("mgrnm"),
        [
            "#/components/requestBodies/BasicLaunch/content/application~1json/examples/sample/value",
            "mgrnm",
        ],
    ),
    "example with a member that its schema lacks": (
        lambda d: example(d).update(nhname="Alex Example"),
        [
            "#/components/requestBodies/BasicLaunch/content/application~1json/examples/sample/value",
            "nhname",
        ],
    ),
    "scope that the flow lacks": (
        lambda d: operation(d, BASIC_TWIN, "post").update(
            security=[{"oauth2": ["api/workflow.all"]}]
        ),
        ["#/paths/~1restapi~1v2~1startwf~1basic/post/security/0", "api/workflow.all"],
    ),
    "unknown security scheme": (
        lambda d: operation(d, "/brand/all").update(security=[{"basic": []}]),
        ["#/paths/~1brand~1all/get/security/0", "basic"],
    ),
    "colliding path": (
        lambda d: d["paths"].update(
            {"/brand/byid/{name}": copy.deepcopy(d["paths"]["/brand/byid/{id}"])}
        ),
        ["#/paths/~1brand~1byid~1{name}"],
    ),
    "undeclared path parameter": (
        lambda d: operation(d, "/brand/byid/{id}").pop("parameters"),
        ["#/paths/~1brand~1byid~1{id}", "`{id}`"],
    ),
    "misspelt keyword": (
        lambda d: members(d, "Brand")["name"].update(maxLenght=9),
        ["#/components/schemas/Brand/properties/name/maxLenght"],
    ),
    "nullable left from 3.0": (
        lambda d: members(d, "Brand")["name"].update(nullable=True),
        ["#/components/schemas/Brand/properties/name/nullable"],
    ),
    "required names no property": (
        lambda d: component(d, "schemas", "Brand").update(required=["title"]),
        ["#/components/schemas/Brand/required/0", "title"],
    ),
    "unused component": (
        lambda d: d["components"]["schemas"].update(
            Location=copy.deepcopy(component(d, "schemas", "Brand"))
        ),
        ["#/components/schemas/Location"],
    ),
    "undeclared tag": (
        lambda d: operation(d, "/brand/all").update(tags=["labels"]),
        ["#/paths/~1brand~1all/get/tags/0: ", "global tags"],
    ),
    "type that there is not": (
        lambda d: members(d, "Brand")["name"].update(type="text"),
        ["#/components/schemas/Brand/properties/name/type"],
    ),
}


@pytest.fixture(scope="session")
def linted(
    npm: None, original: Node, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What Redocly says of each broken copy, and of a whole one; one process lints them all."""
    folder = tmp_path_factory.mktemp("linted")
    changes: dict[str, Change] = {"whole": lambda _: None} | {
        name: change for name, (change, _) in REDOCLY.items()
    }
    for name, change in changes.items():
        document = copy.deepcopy(original)
        change(document)
        (folder / f"{name}.json").write_text(json.dumps(document), "utf-8")
    done = judges.lint([folder / f"{name}.json" for name in changes], "json")
    told = dict.fromkeys(changes, "")
    for problem in problems(done.stdout):
        for location in problem["location"]:
            name = Path(location["source"]["ref"]).stem
            told[name] += (
                f"{location['pointer']}: {problem['message']} ({problem['ruleId']})\n"
            )
    return told


def problems(text: str) -> Iterator[Node]:
    """Redocly prints one JSON document for each file, one after the other."""
    decoder, place = json.JSONDecoder(), 0
    while place < len(text.rstrip()):
        report, place = decoder.raw_decode(text, place)
        yield from report["problems"]
        place = len(text) - len(text[place:].lstrip())


@pytest.mark.parametrize("name", REDOCLY)
def test_redocly_catches(linted: dict[str, str], name: str) -> None:
    """What stands wrong in examples, names and keywords, with its pointer (with its line in a YAML file)."""
    assert lacking(REDOCLY[name][1], linted[name]) == []


def test_redocly_is_content_with_the_contract_itself(linted: dict[str, str]) -> None:
    """What is found in a broken copy is not there in the whole one."""
    assert "" == linted["whole"]
