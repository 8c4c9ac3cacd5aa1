"""The portability matrix notices what it is there to notice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx
import pytest
from portability import trial, wire
from portability.languages import (
    csharp,
    go,
    java,
    php,
    python,
    redocly,
    ruby,
    typescript,
)
from portability.operations import missing, operation_ids
from portability.tools import Tools

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = "openapi/renderings/openapi-3.0.3.json"

Change = Callable[[wire.Call, dict[str, str], dict[str, str]], None]


def program(
    change: Change = lambda call, header, body: None,
) -> Callable[[Mapping[str, str]], str]:
    """A program that makes the calls as it should, but for what a test changes."""

    def run(settings: Mapping[str, str]) -> str:
        for call in wire.CALLS:
            header, body = {call.header: call.value.format(**settings)}, dict(call.body)
            change(call, header, body)
            method = "PUT" if call.name == "update" else "POST"
            httpx.request(
                method, settings["BASE_URL"] + call.path, headers=header, json=body
            )
        return "\n".join(call.told for call in wire.CALLS)

    return run


def second_credential(
    call: wire.Call, header: dict[str, str], _: dict[str, str]
) -> None:
    if call.name == "bearer":
        header["apikey"] = "key"


def bearer_where_bare(
    call: wire.Call, header: dict[str, str], _: dict[str, str]
) -> None:
    if call.name == "bare":
        header["Authorization"] = "Bearer " + header.pop("authorization")


def unset_member(call: wire.Call, _: dict[str, str], body: dict[str, str]) -> None:
    if call.name == "update":
        body["nhstdt"] = "0001-01-01"


def test_calls_as_they_should_be_have_no_fault() -> None:
    """The calls of the matrix are what the stand-in accepts and refuses."""
    assert [] == wire.faults(program())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            second_credential,
            "bearer sent {'apikey': 'key', 'authorization': 'Bearer {TOKEN}'} instead of authorization: Bearer {TOKEN}",
        ),
        (
            bearer_where_bare,
            "bare sent {'authorization': 'Bearer {TOKEN}'} instead of authorization: {TOKEN}",
        ),
        (
            unset_member,
            f"update sent the body {wire.CHANGE | {'nhstdt': '0001-01-01'}} instead of {wire.CHANGE}",
        ),
    ],
)
def test_a_fault_on_the_wire_is_told_without_credentials(
    change: Change, fault: str
) -> None:
    """A header or a body that is not exactly right is found, though the service accepts it."""
    assert [fault] == wire.faults(program(change))


def test_a_program_that_calls_nothing_is_found_out() -> None:
    """What a program prints is no proof."""
    assert ["0 requests arrived instead of 5"] == wire.faults(
        lambda settings: "\n".join(call.told for call in wire.CALLS)
    )


def test_operations_are_matched_across_the_spellings_of_languages() -> None:
    """Case and underscores do not count; a lost twin does."""
    wanted = ["launchBasicWorkflow", "launchBasicWorkflowOAuth"]

    assert [] == missing(wanted, ["launch_basic_workflow", "LaunchBasicWorkflowOAuth"])
    assert ["launchBasicWorkflowOAuth"] == missing(wanted, ["launch_basic_workflow"])


def test_generated_code_that_lacks_operations_fails(tmp_path: Path) -> None:
    """The ones that are missing are named."""
    code = tmp_path / "api.rb"
    names = operation_ids(ROOT / CONTRACT)
    code.write_text("\n".join(f"def {name}(body)" for name in names[1:]), "utf-8")

    with pytest.raises(
        trial.Failed,
        match=r"1 of 47 operations of .* are missing: launchBasicWorkflow$",
    ):
        trial.Trial(Tools(), tmp_path).count(CONTRACT, [code], r"^def (\w+)\(")


def test_an_overwritten_file_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """openapi-generator says only in its log that operations are lost, and ends with success."""

    def generator(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(
            command, 0, "WARN FILEPATH_COLLISION: WorkflowsApi.java"
        )

    monkeypatch.setattr(Tools, "openapi_generator", Path("openapi-generator.jar"))
    monkeypatch.setattr(subprocess, "run", generator)

    with pytest.raises(trial.Failed, match=r"WorkflowsApi\.java"):
        trial.Trial(Tools(), tmp_path).openapi_generator(
            "java", CONTRACT, tmp_path / "client"
        )


def test_a_row_cannot_leave_a_step_out(tmp_path: Path) -> None:
    """A row has shown something only when it counted, compiled and called."""
    assert ["count", "compile", "call"] == trial.Trial(Tools(), tmp_path).left_out


def test_every_mandatory_row_stands_on_the_page() -> None:
    """docs/portability.md has a line for each row of the matrix."""
    families = (typescript, java, go, csharp, php, ruby, redocly, python)
    page = (ROOT / "docs" / "portability.md").read_text("utf-8")

    assert [] == [
        row.name
        for family in families
        for row in family.ROWS
        if f"| `{row.name}` |" not in page
    ]
