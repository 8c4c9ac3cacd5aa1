"""A second reader of each format refuses no rendering, and loses no operation."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV2SpecValidator

from enboarder.contract.walk import operations
from scripts.judge import second_readers
from scripts.judge.gate import documents
from scripts.layout import RENDERINGS

Counts: TypeAlias = "dict[Path, dict[str, Any]]"

OPENAPI = [path for path in documents() if path.name.startswith("openapi-")]
SWAGGER = [path for path in documents() if path.name.startswith("swagger-")]
COLLECTION = RENDERINGS / "postman" / "enboarder.postman_collection.json"
ENVIRONMENTS = sorted((RENDERINGS / "postman").glob("*.postman_environment.json"))

SCHEMAS = {
    RENDERINGS / "errors.json": Path(__file__).with_name("errors.schema.json"),
    RENDERINGS / "power-platform" / "apiProperties.json": Path(__file__).with_name(
        "api-properties.schema.json"
    ),
}
"""Files that nobody publishes a validator for, with schemas of this project."""

FAULTS: dict[str, list[tuple[str, Any]]] = {
    "errors.json": [
        ("/entries/0/kind", "error"),
        ("/entries/0/resend", "no"),
        ("/entries/0/message", "^(ok$"),
        ("/entries/0/x-source", []),
    ],
    "apiProperties.json": [
        ("/properties/iconBrandColor", "blue"),
        ("/properties/connectionParameters/api_key/type", "string"),
        ("/properties/connectionParameters/api_key/uiDefinition/tooltip", None),
    ],
}
"""By file: JSON Pointers, and what is wrong at that place."""


def name(path: Path) -> str:
    return path.relative_to(RENDERINGS).as_posix()


def loaded(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def count(path: Path) -> int:
    return len(list(operations(loaded(path))))


def found_by_jsonschema(schema: Path, path: Path) -> set[str]:
    """Return the JSON Pointers at which jsonschema finds a problem."""
    checker = Draft202012Validator.FORMAT_CHECKER
    validator = Draft202012Validator(loaded(schema), format_checker=checker)
    places = [error.absolute_path for error in validator.iter_errors(loaded(path))]
    return {"".join(f"/{step}" for step in place) for place in places}


def found_by_ajv(schema: Path, path: Path) -> set[str]:
    """Return the JSON Pointers at which Ajv finds a problem."""
    return set(second_readers.schema_problems(schema, [path])[path])


READERS = [found_by_jsonschema, found_by_ajv]


def seeded(path: Path, folder: Path) -> Path:
    """Write a copy of a file that is wrong in several places."""
    document = loaded(path)
    for pointer, wrong in FAULTS[path.name]:
        *parents, last = pointer.split("/")[1:]
        node = document
        for step in parents:
            node = node[int(step) if isinstance(node, list) else step]
        node[last] = wrong
    copy = folder / path.name
    copy.write_text(json.dumps(document), "utf-8")
    return copy


@pytest.fixture(scope="session")
def counts(npm: None) -> Counts:
    """What the readers from npm count in every file; one process reads them all."""
    return second_readers.read_again([*OPENAPI, *SWAGGER, COLLECTION, *ENVIRONMENTS])


@pytest.mark.parametrize("path", OPENAPI, ids=name)
def test_openapi_keeps_every_operation(counts: Counts, path: Path) -> None:
    """swagger-parser, Postman's converter and Bruno find as many as there are."""
    readers = ["swagger-parser", "openapi-to-postmanv2", "bruno"]

    assert dict.fromkeys(readers, count(path)) == counts[path]


@pytest.mark.parametrize("path", SWAGGER, ids=name)
def test_swagger_keeps_every_operation(counts: Counts, path: Path) -> None:
    """swagger-parser and Bruno find as many as there are."""
    assert dict.fromkeys(["swagger-parser", "bruno"], count(path)) == counts[path]


@pytest.mark.parametrize("path", SWAGGER, ids=name)
def test_swagger_is_valid(path: Path) -> None:
    """openapi-spec-validator finds no fault by the meta-schema of 2.0."""
    assert [] == list(OpenAPIV2SpecValidator(loaded(path)).iter_errors())


def test_the_collection_keeps_every_request(counts: Counts) -> None:
    """All readers find all requests, and that for a token."""
    keyed = count(RENDERINGS / "eu" / "openapi-3.1.apikey.json")
    tokened = count(RENDERINGS / "eu" / "openapi-3.1.oauth2.json")
    readers = ["postman-collection", "postman-collection-transformer", "bruno"]

    assert dict.fromkeys(readers, keyed + tokened + 1) == counts[COLLECTION]


@pytest.mark.parametrize("path", ENVIRONMENTS, ids=name)
def test_an_environment_keeps_every_variable(counts: Counts, path: Path) -> None:
    """Postman's SDK and Bruno find all of them; no schema of the format is known."""
    expected = len(loaded(path)["values"])

    assert {"postman-collection": expected, "bruno": expected} == counts[path]


def test_every_region_has_an_environment() -> None:
    """There are four files."""
    assert ["au", "ca", "eu", "us"] == [path.name[:2] for path in ENVIRONMENTS]


@pytest.mark.usefixtures("npm")
@pytest.mark.parametrize("find", READERS)
@pytest.mark.parametrize("path", SCHEMAS, ids=name)
def test_a_file_without_a_validator_keeps_to_its_schema(
    path: Path, find: Callable[[Path, Path], set[str]]
) -> None:
    """Two implementations of JSON Schema accept it; both can compile its patterns."""
    assert set() == find(SCHEMAS[path], path)


@pytest.mark.usefixtures("npm")
@pytest.mark.parametrize("find", READERS)
@pytest.mark.parametrize("path", SCHEMAS, ids=name)
def test_the_schemas_are_not_blind(
    path: Path, find: Callable[[Path, Path], set[str]], tmp_path: Path
) -> None:
    """Each fault is found at its place, by both implementations."""
    expected = {pointer for pointer, _ in FAULTS[path.name]}

    assert expected == find(SCHEMAS[path], seeded(path, tmp_path))


@pytest.fixture(scope="session")
def counts_of_broken(npm: None, tmp_path_factory: pytest.TempPathFactory) -> Counts:
    """What the readers say of a broken file of each format."""
    folder = tmp_path_factory.mktemp("broken")
    swagger = loaded(SWAGGER[0])
    swagger["paths"]["/brand/all"]["get"]["responses"] = {}
    collection = loaded(COLLECTION)
    del collection["item"][0]["item"][0]["item"][0]["request"]["url"]
    environment = loaded(ENVIRONMENTS[0])
    del environment["values"][0]["key"]
    broken = {
        "swagger.json": swagger,
        "collection.json": collection,
        "environment.json": environment,
    }
    for file, document in broken.items():
        (folder / file).write_text(json.dumps(document), "utf-8")
    counts = second_readers.read_again([folder / file for file in broken])
    return {Path(path.name): found for path, found in counts.items()}


@pytest.mark.parametrize(
    ("file", "reader", "wanted"),
    [
        ("swagger.json", "swagger-parser", "/paths/~1brand~1all/get/responses"),
        ("collection.json", "postman-collection", "launchBasicWorkflow"),
        ("environment.json", "bruno", "Enboarder AU has a variable without a name"),
    ],
)
def test_the_second_readers_are_not_blind(
    counts_of_broken: Counts, file: str, reader: str, wanted: str
) -> None:
    """A broken file is reported with its place."""
    assert wanted in str(counts_of_broken[Path(file)][reader])
