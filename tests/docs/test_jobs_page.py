"""The tables of the page about jobs, which programs rely on, are those of the code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from enboarder.cli.app import app
from enboarder.cli.codes import ExitCode
from enboarder.cli.settings import PLAIN, SETTINGS
from enboarder.mock import MockServer
from tests.cli.conftest import person, write_hires
from tests.docs.pages import GUIDES, section, table, words_in_code

PAGE = GUIDES / "jobs.md"


def documented(command: str) -> tuple[list[str], list[str]]:
    """Return the members of a command's document, and of each of its objects."""
    rows = table(section(PAGE, "JSON"), "command")
    (row,) = [row for row in rows if command in words_in_code(row[0])]
    return words_in_code(row[1]), words_in_code(row[2])


def test_every_exit_code_is_in_the_table() -> None:
    """And no other."""
    rows = table(section(PAGE, "Exit codes"), "code")
    assert [str(int(code)) for code in ExitCode] == [row[0] for row in rows]


def test_every_setting_is_in_the_table() -> None:
    """With its variable, and its name in a profile."""
    rows = table(section(PAGE, "The command in a script"), "setting")[1:]
    variables = {word for row in rows for word in words_in_code(row[2])}
    in_profile = {word for row in rows for word in words_in_code(row[3])}

    assert {f"ENBOARDER_{name.upper()}" for name in SETTINGS} == variables
    assert set(PLAIN) == in_profile


@pytest.fixture
def printed(
    mock: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, dict[str, Any]]:
    """The JSON documents of one run with one problem."""
    for name, value in mock.environ("apikey").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ENBOARDER_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("ENBOARDER_LEDGER", str(tmp_path / "ledger.sqlite"))
    file = str(write_hires(tmp_path, person("J-1"), person("J-2", email="x")))
    commands = {
        "people plan": ["people", "plan", file],
        "people launch": ["people", "launch", file, "--confirm", "1"],
        "people status": ["people", "status"],
        "export list": ["export", "list"],
        "export preview": ["export", "preview", "4mkVzc9OX"],
        "export files": ["export", "files", "4mkVzc9OX", "--to", str(tmp_path / "out")],
        "config explain": ["config", "explain"],
        "doctor": ["doctor"],
    }
    documents: dict[str, dict[str, Any]] = {}
    for name, words in commands.items():
        result = CliRunner().invoke(app, [*words, "--json"])
        documents[name] = json.loads(result.stdout)
    return documents


def test_documents_have_the_members_of_the_table(
    printed: dict[str, dict[str, Any]],
) -> None:
    """And so has each object of their lists."""
    for command, document in printed.items():
        members, each = documented(command)
        (first, *_) = document[members[-1]]
        assert ["format", *members] == list(document), command
        assert each == list(first), command
