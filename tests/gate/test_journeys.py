"""The journeys run with both credentials, and Redocly notices a broken one."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import httpx
import pytest
from ruamel.yaml import YAML

from enboarder.contract.walk import operations
from enboarder.mock import MockServer
from scripts.codegen import reading
from scripts.judge import redocly
from scripts.layout import CONTRACT, OPENAPI, ROOT

pytestmark = pytest.mark.usefixtures("npm")

Steps: TypeAlias = "list[dict[str, Any]]"

JOURNEYS = OPENAPI / "journeys.arazzo.yaml"
NAMES = ("hire", "export", "provision")
FAMILIES = ("", "WithToken")
BUILT_UPON = [
    ("hire", "createProfile"),
    ("hire", "launch"),
    ("export", "forms"),
    ("export", "page1"),
    ("export", "page2"),
    ("provision", "create"),
]
"""Steps upon which later ones build."""


@pytest.fixture(scope="session")
def journeys() -> Any:
    """The file as data; a test that changes it takes a copy."""
    return YAML(typ="safe", pure=True).load(JOURNEYS)


class Result(NamedTuple):
    """How a run of Redocly ended."""

    passed: bool
    text: str


def right_credential(mock: MockServer, family: str) -> str:
    """The input of a journey that carries the credential."""
    if not family:
        return f"apikey={mock.api_key}"
    form = {"grant_type": "client_credentials"}
    client = (mock.client_id, mock.client_secret)
    reply = httpx.post(mock.token_url, data=form, auth=client)
    return f"token={reply.json()['access_token']}"


def respect(
    mock: MockServer, journey: str, given: str, path: Path = JOURNEYS
) -> Result:
    """Let Redocly run a journey against the mock."""
    done = redocly.run(
        "respect",
        path,
        "--workflow",
        journey,
        "--input",
        given,
        "--server",
        f"enboarder={mock.base_url}",
        cwd=ROOT,
    )
    return Result(done.returncode == 0, done.stdout + done.stderr)


def broken(
    journeys: Any, folder: Path, journey: str, change: Callable[[Steps], Steps]
) -> Path:
    """A copy of the file in which the steps of one journey are changed."""
    document = copy.deepcopy(journeys)
    document["sourceDescriptions"][0]["url"] = str(CONTRACT)
    for workflow in document["workflows"]:
        if workflow["workflowId"] == journey:
            workflow["steps"] = change(workflow["steps"])
    path = folder / "broken.arazzo.yaml"
    with path.open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(document, file)
    return path


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", NAMES)
def test_journey_runs(name: str, family: str, mock: MockServer) -> None:
    """Each journey goes from its first step to its last, with each credential."""
    given = right_credential(mock, family)
    result = respect(mock, name + family, given)

    assert result.passed, result.text


def test_hire_leaves_a_cancelled_workflow_with_the_moved_date(mock: MockServer) -> None:
    """What the journey claims is what the service remembers."""
    respect(mock, "hire", right_credential(mock, ""))
    (workflow,) = mock.state.workflows

    assert ("Cancelled", "2027-01-19") == (workflow.status, workflow.details["nhstdt"])


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", NAMES)
def test_wrong_credential_fails(name: str, family: str, mock: MockServer) -> None:
    """A journey with another key or token does not pass."""
    given = "token=wrong" if family else "apikey=wrong"

    assert not respect(mock, name + family, given).passed


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("name", "step_id", "member"),
    [("hire", "launch", "nhstdt"), ("provision", "create", "userName")],
)
def test_wrong_body_fails(
    name: str,
    step_id: str,
    member: str,
    family: str,
    journeys: Any,
    mock: MockServer,
    tmp_path: Path,
) -> None:
    """A body that lacks a required member does not pass, and the step is named."""

    def without_member(steps: Steps) -> Steps:
        for step in steps:
            if step["stepId"] == step_id:
                del step["requestBody"]["payload"][member]
        return steps

    path = broken(journeys, tmp_path, name + family, without_member)
    result = respect(mock, name + family, right_credential(mock, family), path)

    assert not result.passed
    assert step_id in result.text


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("name", "step_id"), BUILT_UPON)
def test_missing_step_fails(
    name: str,
    step_id: str,
    family: str,
    journeys: Any,
    mock: MockServer,
    tmp_path: Path,
) -> None:
    """A journey without a step upon which a later one builds does not pass."""

    def without_step(steps: Steps) -> Steps:
        return [step for step in steps if step["stepId"] != step_id]

    path = broken(journeys, tmp_path, name + family, without_step)
    given = right_credential(mock, family)

    assert not respect(mock, name + family, given, path).passed


@pytest.mark.parametrize("name", NAMES)
def test_both_families_go_the_same_way(name: str, journeys: Any) -> None:
    """Step by step the two forms of a journey differ in the operations, the twins."""
    twins = {}
    for operation in operations(reading.load()):
        own_id = operation.node["operationId"]
        twins[own_id] = operation.node.get("x-twin", own_id)
    by_id = {one["workflowId"]: one["steps"] for one in journeys["workflows"]}
    expected = [
        {**step, "operationId": twins[step["operationId"]]} for step in by_id[name]
    ]

    assert undescribed(expected) == undescribed(by_id[f"{name}WithToken"])


def undescribed(steps: Steps) -> Steps:
    return [
        {name: value for name, value in step.items() if name != "description"}
        for step in steps
    ]
