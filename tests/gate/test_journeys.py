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


@pytest.mark.parametrize(
    ("family", "rows", "pages"), [("", 3, 1), ("WithToken", 600, 2)]
)
def test_export_ends_with_the_last_page(family: str, rows: int, pages: int) -> None:
    """A page without `nextKey` is the last one: none is read again."""
    with MockServer(form_rows=rows) as mock:
        result = respect(mock, f"export{family}", right_credential(mock, family))
        read = [one for one in mock.requests if one.path.endswith("/data")]

    assert result.passed, result.text
    assert pages == len(read)


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


def test_each_step_has_the_credential(journeys: Any) -> None:
    """A runner that reads no parameters of a workflow sends it, too."""
    for workflow in journeys["workflows"]:
        is_token = workflow["workflowId"].endswith("WithToken")
        header = "Authorization" if is_token else "apikey"
        for step in workflow["steps"]:
            headers = [
                one["name"] for one in step["parameters"] if one["in"] == "header"
            ]
            assert [header] == headers


@pytest.mark.parametrize("name", NAMES)
def test_both_families_go_the_same_way(name: str, journeys: Any) -> None:
    """Both forms have the same steps, with twins as their operations."""
    twins = {}
    for operation in operations(reading.load()):
        own_id = operation.node["operationId"]
        twins[own_id] = operation.node.get("x-twin", own_id)
    by_id = {one["workflowId"]: one["steps"] for one in journeys["workflows"]}
    expected = [
        {**step, "operationId": twins[step["operationId"]]} for step in by_id[name]
    ]

    assert bare(expected) == bare(by_id[f"{name}WithToken"])


def bare(steps: Steps) -> Steps:
    """Return steps without their descriptions and credentials."""
    found = []
    for step in steps:
        kept = {name: value for name, value in step.items() if name != "description"}
        kept["parameters"] = [
            one for one in step["parameters"] if one["in"] != "header"
        ]
        found.append(kept)
    return found
