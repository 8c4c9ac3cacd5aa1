"""What is added to the contract reaches Python without a line written by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from enboarder.contract.walk import Node
from scripts.codegen import reading
from tests.scripts.checkout import Checkout, contents

pytestmark = pytest.mark.untraced

HOST = "https://api.akl.e1.example.com"
TOKEN_URL = "https://auth.akl.e1.example.com/oauth2/token"
EVIDENCE: Node = {"x-evidence": "inferred", "x-source": ["a test"]}
ARTICLE = "https://help.enboarder.com/en/articles/4151199"
SHARED_BY_TWINS: Node = {
    "summary": "Get a location",
    "description": "Returns a location.",
    "tags": ["locations"],
    "externalDocs": {"url": ARTICLE},
    "parameters": [
        {"$ref": "#/components/parameters/LocationId"},
        {"$ref": "#/components/parameters/WithPeople"},
    ],
    "responses": {"200": {"$ref": "#/components/responses/Location"}},
    **EVIDENCE,
}
PATHS: Node = {
    "/restapi/v1/location/{id}": {
        "get": {
            "operationId": "getLocation",
            "security": [{"apiKey": []}],
            "x-python": "locations.get",
            "x-twin": "getLocationWithToken",
            "x-credentials": {"apiKey": "inferred"},
            **SHARED_BY_TWINS,
        }
    },
    "/restapi/v2/location/{id}": {
        "get": {
            "operationId": "getLocationWithToken",
            "security": [{"oauth2": []}, {"accessToken": []}],
            "x-twin": "getLocation",
            "x-credentials": {"oauth2": "inferred"},
            **SHARED_BY_TWINS,
        }
    },
}
PARAMETERS: Node = {
    "LocationId": {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "The location's id.",
        "schema": {"type": "string"},
        "example": "7",
        "x-name": "location_id",
        **EVIDENCE,
    },
    "WithPeople": {
        "name": "inclppl",
        "in": "query",
        "required": False,
        "description": "Whether to name who works there.",
        "schema": {"type": "boolean"},
        "x-name": "with_people",
        **EVIDENCE,
    },
}
RESPONSE: Node = {
    "description": "The location.",
    "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Location"}}
    },
    **EVIDENCE,
}
SCHEMA: Node = {
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
FIELD: Node = {
    "type": "string",
    "x-name": "employee_nickname",
    "description": "What the employee wants to be called.",
}

# What a user types, blocking and awaited. The requests are caught where they would
# leave the process.
PROGRAM = """
import asyncio
import json
from datetime import date

import httpx

import enboarder
import enboarder_api
from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ClientCredentials,
    Enboarder,
    Region,
    models,
)

requests = []
results = []


def answer(request):
    if request.url.path == "/oauth2/token":
        requests.append([request.method, str(request.url), None, None])
        granted = {"access_token": "token", "token_type": "Bearer", "expires_in": 3600}
        return httpx.Response(200, json=granted)
    credential = request.headers.get("apikey") or request.headers.get("Authorization")
    body = json.loads(request.content or b"null")
    requests.append([request.method, str(request.url), credential, body])
    if request.method == "POST":
        return httpx.Response(200, json={"message": "ok", "referenceid": "A-1"})
    return httpx.Response(200, json={"id": "7", "lctnm": "Auckland", "more": 1})


transport = httpx.MockTransport(answer)
launch = models.BasicLaunch(
    employee_name="Alex Example",
    employee_email="alex@example.com",
    employee_nickname="Lex",
    manager_name="Morgan Sample",
    manager_email="morgan@example.com",
    start_date=date(2027, 1, 12),
)


def note(location, launched):
    assert isinstance(location, models.Location)
    reference = launched.reference_id
    results.append([location.id, location.location_name, location["more"], reference])


def blocking(credential):
    with Enboarder(credential, region=Region.NZ, transport=transport) as client:
        location = client.locations.get("7/8", with_people=True)
        note(location, client.workflows.launch_basic(launch))


async def awaited(credential):
    async with AsyncEnboarder(credential, region="NZ", transport=transport) as client:
        location = await client.locations.get("7/8", with_people=True)
        note(location, await client.workflows.launch_basic(launch))


blocking(ApiKey("key"))
blocking(ClientCredentials("id", "secret"))
asyncio.run(awaited(ApiKey("key")))
asyncio.run(awaited(ClientCredentials("id", "another-secret")))
places = [enboarder.__file__, enboarder_api.__file__]
print(json.dumps([places, requests, results]))
"""
PIP_OPTIONS = (
    "--no-deps",
    "--no-index",
    "--no-build-isolation",
    "--no-cache-dir",
    "--disable-pip-version-check",
    "-qq",
)


def extend(document: Node) -> None:
    """Add a region, a tag with an operation on two paths, and a field of a launch."""
    server = {"url": HOST, "description": "Aotearoa", "x-region": "NZ", **EVIDENCE}
    document["servers"].append(server)
    tag = {
        "name": "locations",
        "description": "Places of work.",
        "externalDocs": {"url": ARTICLE},
    }
    document["tags"].append(tag)
    document["paths"].update(PATHS)
    components = document["components"]
    components["securitySchemes"]["oauth2"]["x-token-urls"]["NZ"] = TOKEN_URL
    components["parameters"].update(PARAMETERS)
    components["responses"]["Location"] = RESPONSE
    components["schemas"]["Location"] = SCHEMA
    components["schemas"]["BasicLaunch"]["properties"]["nhnick"] = FIELD


def run(*command: str, **environment: str) -> str:
    """Run this Python; a failure shows what it wrote."""
    done = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert (0, "") == (done.returncode, done.stderr)
    return done.stdout


@pytest.fixture
def installed(checkout: Checkout, tmp_path: Path) -> Path:
    """A folder with the client of an extended contract, generated and built."""
    overlays = checkout.root / "overlays"
    handwritten = contents(overlays)
    document = reading.load(checkout.contract)
    extend(document)
    with checkout.contract.open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(document, file)
    generated = checkout.run("scripts.generate")
    assert (0, "") == (generated.returncode, generated.stderr)
    target = tmp_path / "installed"
    place = ["--target", str(target), str(checkout.root)]
    run("-m", "pip", "install", *PIP_OPTIONS, *place, PIP_CONFIG_FILE=os.devnull)
    assert handwritten == contents(overlays)
    return target


def expected_calls(version: str, credential: str) -> list[list[Any]]:
    location = f"{HOST}/restapi/{version}/location/7%2F8?inclppl=true"
    launch = f"{HOST}/restapi/{version}/startwf/basic"
    body = {
        "nhnm": "Alex Example",
        "nheml": "alex@example.com",
        "mgrnm": "Morgan Sample",
        "mgreml": "morgan@example.com",
        "nhstdt": "2027-01-12",
        "nhnick": "Lex",
    }
    return [["GET", location, credential, None], ["POST", launch, credential, body]]


def test_what_is_added_to_the_contract_can_be_called_from_python(
    installed: Path,
) -> None:
    """A new operation, tag, field and region work with both credentials and clients.

    No line of the overlays changes for it.
    """
    printed = run("-c", PROGRAM, PYTHONPATH=str(installed), PYTHONDONTWRITEBYTECODE="1")
    places, requests, results = json.loads(printed)
    once = [
        *expected_calls("v1", "key"),
        ["POST", TOKEN_URL, None, None],
        *expected_calls("v2", "token"),
    ]

    assert [installed, installed] == [Path(place).parent.parent for place in places]
    assert once + once == requests
    assert [["7", "Auckland", 1, "A-1"]] * 4 == results
