"""A second reader of each format refuses no rendering, and loses no operation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV2SpecValidator

from enboarder.contract.walk import operations
from scripts.judge import redocly
from scripts.judge.gate import documents
from scripts.layout import RENDERINGS

Counts: TypeAlias = "dict[Path, dict[str, Any]]"

OPENAPI = [path for path in documents() if path.name.startswith("openapi-")]
SWAGGER = [path for path in documents() if path.name.startswith("swagger-")]
COLLECTION = RENDERINGS / "postman" / "enboarder.postman_collection.json"
ENVIRONMENTS = sorted((RENDERINGS / "postman").glob("*.postman_environment.json"))
ERRORS = RENDERINGS / "errors.json"
SCHEMA = Path(__file__).with_name("errors.schema.json")


def name(path: Path) -> str:
    return path.relative_to(RENDERINGS).as_posix()


def loaded(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def count(path: Path) -> int:
    return len(list(operations(loaded(path))))


def catalogue_problems(catalogue: Any) -> list[str]:
    """The places at which a catalogue breaks its schema."""
    checker = Draft202012Validator.FORMAT_CHECKER
    validator = Draft202012Validator(loaded(SCHEMA), format_checker=checker)
    return [error.json_path for error in validator.iter_errors(catalogue)]


@pytest.fixture(scope="session")
def counts(npm: None) -> Counts:
    """What the readers from npm count in every file; one process reads them all."""
    return redocly.read_again([*OPENAPI, *SWAGGER, COLLECTION, *ENVIRONMENTS])


@pytest.mark.parametrize("path", OPENAPI, ids=name)
def test_openapi_keeps_every_operation(counts: Counts, path: Path) -> None:
    """swagger-parser and Postman's converter find as many as there are."""
    expected = count(path)

    assert {"swagger-parser": expected, "openapi-to-postmanv2": expected} == counts[
        path
    ]


@pytest.mark.parametrize("path", SWAGGER, ids=name)
def test_swagger_keeps_every_operation(counts: Counts, path: Path) -> None:
    """swagger-parser finds as many as there are."""
    assert {"swagger-parser": count(path)} == counts[path]


@pytest.mark.parametrize("path", SWAGGER, ids=name)
def test_swagger_is_valid(path: Path) -> None:
    """openapi-spec-validator finds no fault by the meta-schema of 2.0."""
    assert [] == list(OpenAPIV2SpecValidator(loaded(path)).iter_errors())


def test_the_collection_keeps_every_request(counts: Counts) -> None:
    """Postman's SDK and its transformer find all requests, and that for a token."""
    keyed = count(RENDERINGS / "eu" / "openapi-3.1.apikey.json")
    tokened = count(RENDERINGS / "eu" / "openapi-3.1.oauth2.json")
    expected = keyed + tokened + 1

    assert {
        "postman-collection": expected,
        "postman-collection-transformer": expected,
    } == counts[COLLECTION]


@pytest.mark.parametrize("path", ENVIRONMENTS, ids=name)
def test_an_environment_keeps_every_variable(counts: Counts, path: Path) -> None:
    """No schema of environments is published; Postman's SDK finds all of them."""
    assert {"postman-collection": len(loaded(path)["values"])} == counts[path]


def test_every_region_has_an_environment() -> None:
    """There are four files."""
    assert ["au", "ca", "eu", "us"] == [path.name[:2] for path in ENVIRONMENTS]


def test_the_error_catalogue_keeps_to_its_schema() -> None:
    """The file is what its JSON Schema says."""
    assert [] == catalogue_problems(loaded(ERRORS))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"kind": "error"}, "$.entries[0].kind"),
        ({"resend": "no"}, "$.entries[0].resend"),
        ({"message": "^(ok$"}, "$.entries[0].message"),
        ({"x-source": []}, "$.entries[0]['x-source']"),
        ({"hint": "none"}, "$.entries[0]"),
    ],
)
def test_the_schema_of_the_catalogue_is_not_blind(
    change: dict[str, Any], place: str
) -> None:
    """A fault in an entry is found at its place."""
    catalogue = loaded(ERRORS)
    catalogue["entries"][0].update(change)

    assert [place] == catalogue_problems(catalogue)


@pytest.fixture(scope="session")
def counts_of_broken(npm: None, tmp_path_factory: pytest.TempPathFactory) -> Counts:
    """What the readers say of a broken Swagger document and a broken collection."""
    folder = tmp_path_factory.mktemp("broken")
    swagger = loaded(SWAGGER[0])
    swagger["paths"]["/brand/all"]["get"]["responses"] = {}
    collection = loaded(COLLECTION)
    del collection["item"][0]["item"][0]["item"][0]["request"]["url"]
    (folder / "swagger.json").write_text(json.dumps(swagger), "utf-8")
    (folder / "collection.json").write_text(json.dumps(collection), "utf-8")
    counts = redocly.read_again([folder / "swagger.json", folder / "collection.json"])
    return {Path(path.name): found for path, found in counts.items()}


@pytest.mark.parametrize(
    ("file", "reader", "wanted"),
    [
        ("swagger.json", "swagger-parser", "/paths/~1brand~1all/get/responses"),
        ("collection.json", "postman-collection", "launchBasicWorkflow"),
    ],
)
def test_the_second_readers_are_not_blind(
    counts_of_broken: Counts, file: str, reader: str, wanted: str
) -> None:
    """A broken file is reported with its place."""
    assert wanted in str(counts_of_broken[Path(file)][reader])
