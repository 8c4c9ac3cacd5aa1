"""Each rendering in the hands of a second reader of its format: nothing is refused, and no operation is lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV2SpecValidator

import judges
from enboarder.contract import operations
from gate import documents
from render import RENDERINGS

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


@pytest.fixture(scope="session")
def told(npm: None) -> dict[Path, dict[str, Any]]:
    """What the readers from npm say of every file; one process reads them all."""
    return judges.second([*OPENAPI, *SWAGGER, COLLECTION, *ENVIRONMENTS])


@pytest.mark.parametrize("path", OPENAPI, ids=name)
def test_postmans_converter_keeps_every_operation(
    told: dict[Path, dict[str, Any]], path: Path
) -> None:
    """As many requests as operations; swagger-parser finds no fault in the document, and the same operations."""
    expected = count(path)
    assert {"swagger-parser": expected, "openapi-to-postmanv2": expected} == told[path]


@pytest.mark.parametrize("path", SWAGGER, ids=name)
def test_swagger_has_two_judges(told: dict[Path, dict[str, Any]], path: Path) -> None:
    """openapi-spec-validator by the meta-schema of 2.0, and swagger-parser."""
    assert list(OpenAPIV2SpecValidator(loaded(path)).iter_errors()) == []
    assert {"swagger-parser": count(path)} == told[path]


def test_the_collection_has_two_judges(told: dict[Path, dict[str, Any]]) -> None:
    """Postman's SDK loads it, its transformer reads it: both find each family's requests, and the token's."""
    keyed, tokened = (
        count(RENDERINGS / "eu" / f"openapi-3.1.{auth}.json")
        for auth in ("apikey", "oauth2")
    )
    expected = keyed + tokened + 1
    assert {
        "postman-collection": expected,
        "postman-collection-transformer": expected,
    } == told[COLLECTION]


@pytest.mark.parametrize("path", ENVIRONMENTS, ids=name)
def test_postmans_sdk_loads_an_environment(
    told: dict[Path, dict[str, Any]], path: Path
) -> None:
    """No schema of environments is published; the SDK finds every variable."""
    assert {"postman-collection": len(loaded(path)["values"])} == told[path]


def test_every_region_has_an_environment() -> None:
    """Four files."""
    assert [path.name[:2] for path in ENVIRONMENTS] == ["au", "ca", "eu", "us"]


def test_the_error_catalogue_keeps_to_its_schema() -> None:
    """The file is what its JSON Schema says."""
    validator = Draft202012Validator(
        loaded(SCHEMA), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    assert [
        error.json_path + ": " + error.message
        for error in validator.iter_errors(loaded(ERRORS))
    ] == []


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
    """A fault in an entry is found where it stands."""
    catalogue = loaded(ERRORS)
    catalogue["entries"][0] |= change
    validator = Draft202012Validator(
        loaded(SCHEMA), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.json_path for error in validator.iter_errors(catalogue)] == [place]


@pytest.mark.usefixtures("npm")
def test_the_second_readers_are_not_blind(tmp_path: Path) -> None:
    """What is no collection, and what is no Swagger, is told by its reader."""
    swagger, collection = loaded(SWAGGER[0]), loaded(COLLECTION)
    swagger["paths"]["/brand/all"]["get"]["responses"] = {}
    del collection["item"][0]["item"][0]["item"][0]["request"]["url"]
    for file, document in (("swagger.json", swagger), ("collection.json", collection)):
        (tmp_path / file).write_text(json.dumps(document), "utf-8")
    told = judges.second([tmp_path / "swagger.json", tmp_path / "collection.json"])
    assert "/paths/~1brand~1all/get/responses" in str(
        told[tmp_path / "swagger.json"]["swagger-parser"]
    )
    assert "launchBasicWorkflow" in str(
        told[tmp_path / "collection.json"]["postman-collection"]
    )
