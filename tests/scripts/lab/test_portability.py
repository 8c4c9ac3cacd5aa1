"""The portability matrix notices what it is there to notice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import httpx
import pytest

from scripts.lab.portability import wire
from scripts.lab.portability.coverage import missing, operation_ids
from scripts.lab.portability.matrix import ROWS
from scripts.lab.portability.report import PAGE
from scripts.lab.portability.tools import Tools
from scripts.lab.portability.trial import Failed, Trial
from scripts.layout import ROOT

pytestmark = pytest.mark.untraced

CONTRACT = "openapi/renderings/openapi-3.0.3.json"

Headers: TypeAlias = dict[str, str]
Body: TypeAlias = dict[str, str]
Change: TypeAlias = Callable[[wire.Call, Headers, Body], None]
Program: TypeAlias = Callable[[Mapping[str, str]], str]


def unchanged(call: wire.Call, headers: Headers, body: Body) -> None:
    """Make a call as it should be."""


def second_credential(call: wire.Call, headers: Headers, body: Body) -> None:
    if call.name == "bearer":
        headers["apikey"] = "key"


def bearer_where_bare(call: wire.Call, headers: Headers, body: Body) -> None:
    if call.name == "bare":
        headers["authorization"] = f"Bearer {headers['authorization']}"


def unset_member(call: wire.Call, headers: Headers, body: Body) -> None:
    if call.name == "update":
        body["nhstdt"] = "0001-01-01"


def program(change: Change) -> Program:
    """A program that makes the calls as it should, except for what a test changes."""

    def run(settings: Mapping[str, str]) -> str:
        for call in wire.CALLS:
            headers = {call.header: call.value.format(**settings)}
            body = dict(call.body)
            change(call, headers, body)
            method = "PUT" if call.name == "update" else "POST"
            url = settings["BASE_URL"] + call.path
            httpx.request(method, url, headers=headers, json=body)
        return printed(settings)

    return run


def printed(_: Mapping[str, str]) -> str:
    """What a program prints that seems to make every call."""
    return "\n".join(call.printed for call in wire.CALLS)


def test_calls_as_they_should_be_have_no_problem() -> None:
    """The calls of the matrix are what the mock accepts and refuses."""
    assert [] == wire.problems(program(unchanged))


@pytest.mark.parametrize(
    ("change", "call", "sent"),
    [
        (second_credential, "bearer", "'apikey': 'key'"),
        (bearer_where_bare, "bare", "'authorization': 'Bearer {TOKEN}'"),
        (unset_member, "update", "'nhstdt': '0001-01-01'"),
    ],
)
def test_a_wrong_request_is_found(change: Change, call: str, sent: str) -> None:
    """A header or a body that is not exact is found, though the service accepts it.

    It is shown without the credential.
    """
    (problem,) = wire.problems(program(change))

    assert problem.startswith(f"{call} sent ")
    assert sent in problem


def test_a_program_that_calls_nothing_is_found_out() -> None:
    """What a program prints is no proof."""
    (problem,) = wire.problems(printed)

    assert problem.startswith("0 requests arrived")


def test_operations_are_matched_across_the_spellings_of_languages() -> None:
    """Case and underscores do not count."""
    defined = ["launch_basic_workflow", "LaunchBasicWorkflowWithToken"]
    wanted = ["launchBasicWorkflow", "launchBasicWorkflowWithToken"]

    assert [] == missing(wanted, defined)


def test_a_lost_twin_is_missing() -> None:
    """A method for one operation of a pair does not count for the other."""
    wanted = ["launchBasicWorkflow", "launchBasicWorkflowWithToken"]

    lost = missing(wanted, ["launch_basic_workflow"])

    assert ["launchBasicWorkflowWithToken"] == lost


def test_generated_code_that_lacks_operations_fails(tmp_path: Path) -> None:
    """The ones that are missing are named."""
    code = tmp_path / "api.rb"
    first, *others = operation_ids(ROOT / CONTRACT)
    code.write_text("\n".join(f"def {name}(body)" for name in others), "utf-8")

    with pytest.raises(Failed, match=f"are missing: {first}$"):
        Trial(Tools(), tmp_path).count(CONTRACT, [code], r"^def (\w+)\(")


def test_an_overwritten_file_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """openapi-generator says only in its log that operations are lost."""

    def generator(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        log = "WARN FILEPATH_COLLISION: WorkflowsApi.java"
        return subprocess.CompletedProcess(command, 0, log)

    monkeypatch.setattr(Tools, "openapi_generator", Path("openapi-generator.jar"))
    monkeypatch.setattr(subprocess, "run", generator)
    trial = Trial(Tools(), tmp_path)

    with pytest.raises(Failed, match=r"WorkflowsApi\.java"):
        trial.openapi_generator("java", CONTRACT, tmp_path / "client")


def test_a_row_cannot_leave_a_step_out(tmp_path: Path) -> None:
    """A row has shown something only when it counted, compiled and called."""
    assert ["count", "compile", "call"] == Trial(Tools(), tmp_path).left_out()


@pytest.mark.parametrize("name", [row.name for row in ROWS])
def test_every_row_is_on_the_page(name: str) -> None:
    """The page was written when the row passed."""
    assert f"| `{name}` |" in PAGE.read_text("utf-8")
