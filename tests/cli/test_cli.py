"""The command `enboarder`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from enboarder.cli.app import app
from enboarder.contract import FORMATS, export, operations, whole
from enboarder.contract.document import Entry
from enboarder_api.catalogue import CATALOGUE

RUNNER = CliRunner()


def ran(*words: str) -> tuple[int, str, str]:
    """Exit code, output and errors of `enboarder contract …`."""
    result = RUNNER.invoke(app, ["contract", *words])
    return result.exit_code, result.stdout, result.stderr


def test_list_has_every_operation() -> None:
    """One line each, with method and path."""
    code, out, _ = ran("show")

    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()] == [
        [entry.node["operationId"], entry.method.upper(), entry.path] for entry in operations(whole())
    ]


@pytest.mark.parametrize("name", ["launchBasicWorkflow", "workflows.launch_basic"])
def test_operation_is_told_by_either_name(name: str) -> None:
    """Path, credential, twin, evidence, body and answers."""
    code, out, _ = ran("show", name)

    assert code == 0
    for told in (
        "POST /restapi/v1/startwf/basic",
        "launchBasicWorkflowOAuth",
        "documented: 4151224",
        "mgrnm (required)",
    ):
        assert told in out


@pytest.mark.parametrize("entry", list(operations(whole())), ids=lambda entry: entry.node["operationId"])
def test_every_operation_can_be_told(entry: Entry) -> None:
    """No operation of the contract lacks what the text needs."""
    code, out, _ = ran("show", entry.node["operationId"])

    assert code == 0
    assert entry.path in out


def test_all_errors_are_listed() -> None:
    """Every entry of the catalogue, with what to do."""
    code, out, _ = ran("errors")

    assert code == 0
    assert all(f"{entry.id} ({entry.kind})" in out for entry in CATALOGUE)


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("PROFILE_NOT_EXISTS", "profile-not-exists"),
        ("403", "gateway-forbidden"),
        ("profile_not_exists", "profile-not-exists"),
        ("Error: externalid [ENT-1] not found", "workflow-not-found"),
        ("ok", "launched"),
    ],
)
def test_message_or_code_is_explained(said: str, entry: str) -> None:
    """By the words of the service, or its code in any case."""
    code, out, _ = ran("explain", said)

    assert code == 0
    assert f"{entry} (" in out
    assert "do     " in out


def test_export_prints_or_writes(tmp_path: Path) -> None:
    """The same text on the screen and in a file."""
    code, out, _ = ran("export", "--format", "openapi-3.0.3", "--region", "eu", "--auth", "apikey")
    written = ran(
        "export", "--format", "openapi-3.0.3", "--region", "eu", "--auth", "apikey", "--output", f"{tmp_path / 'x'}"
    )

    assert (code, written) == (0, (0, "", ""))
    assert out == (tmp_path / "x").read_text("utf-8") == export("openapi-3.0.3", region="EU", auth="apikey")
    assert json.loads(out)["openapi"] == "3.0.3"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "updatworkflow"], "did you mean updateWorkflow"),
        (["show", "zzz"], "`enboarder contract show` lists all"),
        (["explain", "zzz"], "`enboarder contract errors` lists what is known"),
        (["export", "--format", "opnapi-3.1"], "did you mean openapi-3.1"),
        (["export", "--format", "swagger-2.0", "--region", "UK"], "did you mean EU or US"),
        (["export", "--format", "swagger-2.0"], "say which: AU, EU, US, CA"),
        (["export", "--format", "errors", "--output", "/nowhere/at/all"], "cannot be written"),
    ],
)
def test_bad_input_is_told_with_the_nearest_names(words: list[str], told: str) -> None:
    """Exit code 2, nothing on the output, and what to do next."""
    code, out, err = ran(*words)

    assert (code, out) == (2, "")
    assert told in err


def test_help_names_every_format() -> None:
    """What can be exported is found without the documentation."""
    _, out, _ = ran("export", "--help")

    assert all(name in " ".join(out.split()) for name in FORMATS)


def test_module_is_the_command() -> None:
    """`python -m enboarder.cli` is `enboarder`."""
    done = subprocess.run(
        [sys.executable, "-m", "enboarder.cli", "contract", "explain", "ok"], capture_output=True, text=True, check=True
    )

    assert "launched (success)" in done.stdout


def test_missing_extra_is_told() -> None:
    """Without typer the command says what to install."""
    script = "import sys; sys.modules['typer'] = None; from enboarder.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "pip install '.[cli]'" in done.stderr
