"""The promise of the project: what is added to the contract reaches Python, without a line written by hand."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import contract
from contract import Node

pytestmark = pytest.mark.untraced

HOST = "https://api.akl.e1.example.com"
TOKEN_URL = "https://auth.akl.e1.example.com/oauth2/token"
EVIDENCE: Node = {"x-evidence": "inferred", "x-source": ["a test"]}
COMMON: Node = {
    "summary": "Get a location.",
    "tags": ["locations"],
    "parameters": [
        {"$ref": f"#/components/parameters/{name}"}
        for name in ("LocationId", "WithPeople")
    ],
    "responses": {"200": {"$ref": "#/components/responses/Location"}},
    **EVIDENCE,
}

# What a user types, once blocking and once awaited; the requests are caught where they would leave the process.
PROGRAM = """
import asyncio, json, sys
from datetime import date

import httpx
import enboarder
import enboarder_api
from enboarder import ApiKey, AsyncEnboarder, ClientCredentials, Enboarder, Region, models

requests, results = [], []


def answer(request):
    if request.url.path == "/oauth2/token":
        requests.append([request.method, str(request.url), None, None])
        return httpx.Response(200, json={"access_token": "token", "token_type": "Bearer", "expires_in": 3600})
    credential = request.headers.get("apikey") or request.headers.get("Authorization")
    requests.append([request.method, str(request.url), credential, json.loads(request.content or b"null")])
    if request.method == "POST":
        return httpx.Response(200, json={"message": "ok", "referenceid": "A-1"})
    return httpx.Response(200, json={"id": "7", "lctnm": "Auckland", "more": 1})


def launch():
    return models.BasicLaunch(
        employee_name="Alex Example",
        employee_email="alex@example.com",
        employee_nickname="Lex",
        manager_name="Morgan Sample",
        manager_email="morgan@example.com",
        start_date=date(2027, 1, 12),
    )


def note(location, launched):
    assert isinstance(location, models.Location)
    results.append([location.id, location.location_name, location["more"], launched.reference_id])


def blocking(credential):
    with Enboarder(credential, region=Region.NZ, transport=httpx.MockTransport(answer)) as client:
        note(client.locations.get("7/8", with_people=True), client.workflows.launch_basic(launch()))


async def awaited(credential):
    async with AsyncEnboarder(credential, region="NZ", transport=httpx.MockTransport(answer)) as client:
        note(await client.locations.get("7/8", with_people=True), await client.workflows.launch_basic(launch()))


blocking(ApiKey("key"))
blocking(ClientCredentials("id", "secret"))
asyncio.run(awaited(ApiKey("key")))
asyncio.run(awaited(ClientCredentials("id", "another-secret")))
print(json.dumps([enboarder.__file__, enboarder_api.__file__, requests, results]))
"""


def extend(document: Node) -> None:
    """Add a region, a tag with an operation on two paths, and a field of a launch to the contract."""
    document["servers"].append(
        {"url": HOST, "description": "New Zealand.", "x-region": "NZ", **EVIDENCE}
    )
    components = document["components"]
    components["securitySchemes"]["oauth2"]["x-token-urls"]["NZ"] = TOKEN_URL
    document["tags"].append({"name": "locations", "description": "Places of work."})
    document["paths"]["/restapi/v1/location/{id}"] = {
        "get": {
            "operationId": "getLocation",
            "security": [{"apiKey": []}],
            "x-python": "locations.get",
            "x-twin": "getLocationOAuth",
            "x-credentials": {"apiKey": "inferred"},
            **COMMON,
        }
    }
    document["paths"]["/restapi/v2/location/{id}"] = {
        "get": {
            "operationId": "getLocationOAuth",
            "security": [{"oauth2": []}, {"accessToken": []}],
            "x-twin": "getLocation",
            "x-credentials": {"oauth2": "inferred"},
            **COMMON,
        }
    }
    components["parameters"]["LocationId"] = {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "The location's id.",
        "schema": {"type": "string"},
        "x-name": "location_id",
        **EVIDENCE,
    }
    components["parameters"]["WithPeople"] = {
        "name": "inclppl",
        "in": "query",
        "description": "Whether to name who works there.",
        "schema": {"type": "boolean"},
        "x-name": "with_people",
        **EVIDENCE,
    }
    components["responses"]["Location"] = {
        "description": "The location.",
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Location"}}
        },
        **EVIDENCE,
    }
    components["schemas"]["Location"] = {
        "type": "object",
        "description": "A place of work.",
        "properties": {
            "id": {"type": "string", "description": "Its id."},
            "lctnm": {
                "type": "string",
                "x-name": "location_name",
                "description": "Its name.",
            },
        },
        **EVIDENCE,
    }
    components["schemas"]["BasicLaunch"]["properties"]["nhnick"] = {
        "type": "string",
        "x-name": "employee_nickname",
        "description": "What the employee wants to be called.",
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def run(*command: str, **environment: str) -> str:
    """Run this Python; a failure shows what it wrote."""
    done = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def installed(repository: Path, tmp_path: Path) -> Path:
    """A folder into which the client of an extended contract was generated, built and installed."""
    handwritten = contents(repository / "overlays")
    path = repository / "openapi" / "enboarder.yaml"
    document = contract.load(path)
    extend(document)
    with path.open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(document, file)
    assert "30 operations" in run(str(repository / "scripts" / "generate.py"))
    target = tmp_path / "installed"
    options = [
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--no-cache-dir",
        "--disable-pip-version-check",
        "-qq",
    ]
    run(
        "-m",
        "pip",
        "install",
        *options,
        "--target",
        str(target),
        str(repository),
        PIP_CONFIG_FILE=os.devnull,
    )
    assert contents(repository / "overlays") == handwritten
    return target


def expected_calls(version: str, credential: str) -> list[list[Any]]:
    body = {
        "nhnm": "Alex Example",
        "nheml": "alex@example.com",
        "mgrnm": "Morgan Sample",
        "mgreml": "morgan@example.com",
        "nhstdt": "2027-01-12",
        "nhnick": "Lex",
    }
    return [
        [
            "GET",
            f"{HOST}/restapi/{version}/location/7%2F8?inclppl=true",
            credential,
            None,
        ],
        ["POST", f"{HOST}/restapi/{version}/startwf/basic", credential, body],
    ]


def test_what_is_added_to_the_contract_can_be_called_from_python(
    installed: Path,
) -> None:
    """A new operation, field and region work with both credentials, blocking and awaited; overlays are as they were."""
    printed = run("-c", PROGRAM, PYTHONPATH=str(installed), PYTHONDONTWRITEBYTECODE="1")
    overlay, generated, requests, results = json.loads(printed)
    assert [Path(overlay).parent.parent, Path(generated).parent.parent] == [
        installed,
        installed,
    ]
    once = [
        *expected_calls("v1", "key"),
        ["POST", TOKEN_URL, None, None],
        *expected_calls("v2", "token"),
    ]
    assert requests == once + once
    assert results == [["7", "Auckland", 1, "A-1"]] * 4
