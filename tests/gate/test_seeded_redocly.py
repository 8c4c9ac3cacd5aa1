"""Redocly finds faults that are seeded into copies of the contract."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from enboarder.contract.walk import Node
from scripts.judge import redocly
from tests.scripts.seeding import (
    BASIC_TWIN,
    Faults,
    component,
    example,
    lacking,
    members,
    operation,
)

SAMPLE = (
    "#/components/requestBodies/BasicLaunch/content/application~1json/examples/"
    "sample/value"
)
BRAND = "#/components/schemas/Brand"
BRANDS = "#/paths/~1brand~1all/get"


def copy_path(document: Node, old: str, new: str) -> None:
    document["paths"][new] = copy.deepcopy(document["paths"][old])


def add_unused_schema(document: Node) -> None:
    schemas = document["components"]["schemas"]
    schemas["Location"] = copy.deepcopy(schemas["Brand"])


FAULTS: Faults = {
    "wrong example": (
        lambda d: example(d).update(nhnm=7),
        [f"{SAMPLE}/nhnm"],
    ),
    "example that misses a required member": (
        lambda d: example(d).pop("mgrnm"),
        [SAMPLE, "mgrnm"],
    ),
    "example with a member that its schema lacks": (
        lambda d: example(d).update(nhname="Alex Example"),
        [SAMPLE, "nhname"],
    ),
    "scope that the flow lacks": (
        lambda d: operation(d, BASIC_TWIN, "post").update(
            security=[{"oauth2": ["api/workflow.all"]}]
        ),
        ["#/paths/~1restapi~1v2~1startwf~1basic/post/security/0", "api/workflow.all"],
    ),
    "unknown security scheme": (
        lambda d: operation(d, "/brand/all").update(security=[{"basic": []}]),
        [f"{BRANDS}/security/0", "basic"],
    ),
    "colliding path": (
        lambda d: copy_path(d, "/brand/byid/{id}", "/brand/byid/{name}"),
        ["#/paths/~1brand~1byid~1{name}"],
    ),
    "undeclared path parameter": (
        lambda d: operation(d, "/brand/byid/{id}").pop("parameters"),
        ["#/paths/~1brand~1byid~1{id}", "`{id}`"],
    ),
    "misspelt keyword": (
        lambda d: members(d, "Brand")["name"].update(maxLenght=9),
        [f"{BRAND}/properties/name/maxLenght"],
    ),
    "nullable left from 3.0": (
        lambda d: members(d, "Brand")["name"].update(nullable=True),
        [f"{BRAND}/properties/name/nullable"],
    ),
    "required names no property": (
        lambda d: component(d, "schemas", "Brand").update(required=["title"]),
        [f"{BRAND}/required/0", "title"],
    ),
    "unused component": (add_unused_schema, ["#/components/schemas/Location"]),
    "undeclared tag": (
        lambda d: operation(d, "/brand/all").update(tags=["labels"]),
        [f"{BRANDS}/tags/0: "],
    ),
    "unknown type": (
        lambda d: members(d, "Brand")["name"].update(type="text"),
        [f"{BRAND}/properties/name/type"],
    ),
}


@pytest.fixture(scope="session")
def findings(
    npm: None, original: Node, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What Redocly finds in each broken copy; one process lints them all."""
    folder = tmp_path_factory.mktemp("linted")
    files = []
    for name, (change, _) in FAULTS.items():
        document = copy.deepcopy(original)
        change(document)
        path = folder / f"{name}.json"
        path.write_text(json.dumps(document), "utf-8")
        files.append(path)
    done = redocly.lint(files, "json")
    found = dict.fromkeys(FAULTS, "")
    for problem in problems(done.stdout):
        for location in problem["location"]:
            name = Path(location["source"]["ref"]).stem
            found[name] += f"{location['pointer']}: {problem['message']}\n"
    return found


def problems(printed: str) -> Iterator[Node]:
    """Redocly prints one JSON document for each file, one after the other."""
    decoder = json.JSONDecoder()
    rest = printed.strip()
    while rest:
        report, end = decoder.raw_decode(rest)
        yield from report["problems"]
        rest = rest[end:].lstrip()


@pytest.mark.parametrize("name", FAULTS)
def test_redocly_finds(findings: dict[str, str], name: str) -> None:
    """Faults in examples, names and keywords are found, with their pointer."""
    _, wanted = FAULTS[name]

    assert [] == lacking(wanted, findings[name])
