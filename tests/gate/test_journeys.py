"""The journeys in openapi/journeys.arazzo.yaml run with both credentials, and Redocly notices when one is broken."""

from __future__ import annotations

import copy
import os
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from ruamel.yaml import YAML

import contract
from contract import ROOT
from enboarder.mock import MockServer
from node import INSTALL, tools

JOURNEYS = ROOT / "openapi" / "journeys.arazzo.yaml"
FOLDER = ROOT / "scripts" / "redocly"
COMMAND = FOLDER / "node_modules" / "@redocly" / "cli" / "bin" / "cli.js"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
NAMES = ("hire", "export", "provision")
FAMILIES = ("", "OAuth")
STEPS = [
    ("hire", "createProfile"),
    ("hire", "launch"),
    ("export", "forms"),
    ("export", "page1"),
    ("export", "page2"),
]


@pytest.fixture(scope="session")
def redocly() -> list[str]:
    """How Redocly is called."""
    found = tools()
    if found is None:
        pytest.skip("there is no Node.js")
    node, npm = found
    if not COMMAND.exists():
        subprocess.run([*npm, *INSTALL], cwd=FOLDER, check=True)
    return [node, str(COMMAND)]


@pytest.fixture(scope="session")
def journeys() -> Any:
    """The file as data; a test that changes it takes a copy."""
    return YAML(typ="safe", pure=True).load(JOURNEYS)


def run(redocly: list[str], *arguments: str) -> tuple[bool, str]:
    done = subprocess.run(
        [*redocly, *arguments],
        cwd=ROOT,
        env={**os.environ, **QUIET},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def credential(mock: MockServer, family: str) -> str:
    if not family:
        return f"apikey={mock.api_key}"
    form = {"grant_type": "client_credentials"}
    reply = httpx.post(
        mock.token_url, data=form, auth=(mock.client_id, mock.client_secret)
    )
    return f"token={reply.json()['access_token']}"


def respect(
    redocly: list[str], mock: MockServer, path: Path, name: str, family: str, given: str
) -> tuple[bool, str]:
    chosen = [
        "--workflow",
        name + family,
        "--input",
        given,
        "--server",
        f"enboarder={mock.base_url}",
    ]
    return run(redocly, "respect", str(path), *chosen)


def broken(journeys: Any, folder: Path, name: str, change: Any) -> Path:
    """A copy of the file in which the steps of one journey are changed."""
    document = copy.deepcopy(journeys)
    document["sourceDescriptions"][0]["url"] = str(ROOT / "openapi" / "enboarder.yaml")
    workflow = next(one for one in document["workflows"] if one["workflowId"] == name)
    workflow["steps"] = change(copy.deepcopy(workflow["steps"]))
    path = folder / "broken.arazzo.yaml"
    with path.open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(document, file)
    return path


def test_file_is_arazzo(redocly: list[str]) -> None:
    """Redocly's linter finds nothing in it."""
    passed, text = run(
        redocly, "lint", str(JOURNEYS), "--config", str(FOLDER / "redocly.yaml")
    )
    assert passed, text


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", NAMES)
def test_journey_runs(
    name: str, family: str, redocly: list[str], mock: MockServer
) -> None:
    """Each journey goes from its first step to its last, with each credential."""
    passed, text = respect(
        redocly, mock, JOURNEYS, name, family, credential(mock, family)
    )
    assert passed, text


def test_hire_leaves_a_cancelled_workflow_with_the_moved_date(
    redocly: list[str], mock: MockServer
) -> None:
    """What the journey claims is what the service remembers."""
    respect(redocly, mock, JOURNEYS, "hire", "", credential(mock, ""))
    assert [("Cancelled", "2027-01-19")] == [
        (one.status, one.details["nhstdt"]) for one in mock.state.workflows
    ]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", NAMES)
def test_wrong_credential_fails(
    name: str, family: str, redocly: list[str], mock: MockServer
) -> None:
    """A journey with another key or token does not pass."""
    given = "token=wrong" if family else "apikey=wrong"
    passed, text = respect(redocly, mock, JOURNEYS, name, family, given)
    assert (False, True) == (passed, "success criteria check" in text), text


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("name", "step", "member"),
    [("hire", "launch", "nhstdt"), ("provision", "create", "userName")],
)
def test_wrong_body_fails(
    name: str,
    step: str,
    member: str,
    family: str,
    redocly: list[str],
    journeys: Any,
    mock: MockServer,
    tmp_path: Path,
) -> None:
    """A body that lacks a required member does not pass."""

    def change(steps: Any) -> Any:
        next(one for one in steps if one["stepId"] == step)["requestBody"][
            "payload"
        ].pop(member)
        return steps

    path = broken(journeys, tmp_path, name + family, change)
    passed, text = respect(redocly, mock, path, name, family, credential(mock, family))
    assert (False, True) == (passed, step in text), text


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("name", "step"), [*STEPS, ("provision", "create")])
def test_missing_step_fails(
    name: str,
    step: str,
    family: str,
    redocly: list[str],
    journeys: Any,
    mock: MockServer,
    tmp_path: Path,
) -> None:
    """A journey without a step that a later one builds upon does not pass."""
    path = broken(
        journeys,
        tmp_path,
        name + family,
        lambda steps: [one for one in steps if one["stepId"] != step],
    )
    passed, text = respect(redocly, mock, path, name, family, credential(mock, family))
    assert not passed, text


@pytest.mark.parametrize("name", NAMES)
def test_both_families_go_the_same_way(name: str, journeys: Any) -> None:
    """Step by step the two forms of a journey are the same, but for the operations, which are twins."""
    twins = {
        node["operationId"]: node.get("x-twin", node["operationId"])
        for item in contract.load()["paths"].values()
        for node in item.values()
    }
    by_id = {one["workflowId"]: one for one in journeys["workflows"]}
    expected = [
        {**step, "operationId": twins[step["operationId"]]}
        for step in by_id[name]["steps"]
    ]
    actual = by_id[f"{name}OAuth"]["steps"]
    assert [_bare(step) for step in expected] == [_bare(step) for step in actual]


def _bare(step: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in step.items() if name != "description"}
