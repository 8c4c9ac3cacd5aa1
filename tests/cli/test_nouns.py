"""`profiles`, `users`, `forms`, `api`, `explain`, `mock` and the command as a whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from enboarder import errors
from enboarder.cli.app import app
from enboarder.cli.codes import ExitCode, code_of
from enboarder.mock import MockServer, faults
from enboarder_api.client import Answer
from tests.cli.conftest import Run

ADMINISTRATORS = "user_name,given_name,family_name,role\n"


# The command as a whole


def commands(group: typer.Typer = app, *before: str) -> dict[str, Any]:
    """Return every command by its words."""
    found: dict[str, Any] = {}
    for one in group.registered_commands:
        name = str(one.name or getattr(one.callback, "__name__", ""))
        found[" ".join([*before, name])] = one
    for below in group.registered_groups:
        assert below.typer_instance is not None
        assert below.name is not None
        found.update(commands(below.typer_instance, *before, below.name))
    return found


def test_every_command_has_an_example() -> None:
    """A user finds in the help what to type."""
    missing = [
        name
        for name, one in commands().items()
        if f"enboarder {name}" not in str(one.epilog)
    ]

    assert [] == missing


def test_help_imports_only_what_it_needs() -> None:
    """It is quick because neither the client nor rich is imported."""
    script = (
        "import sys\n"
        "from enboarder.cli import main\n"
        "sys.argv = ['enboarder', '--help']\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    slow = ('httpx', 'rich', 'attrs', 'enboarder.cli.people.app',\n"
        "            'enboarder.cli.profiles', 'enboarder.cli.contract')\n"
        "    print([name for name in slow if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert "[]" == done.stdout.splitlines()[-1]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "pwsh", "powershell"])
def test_completion_is_for_every_shell(
    run: Run, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    """The script asks the command what may follow."""
    monkeypatch.setattr("typer.completion._get_shell_name", lambda: shell)
    ended = run("--show-completion")

    assert 0 == ended.code
    assert "_COMPLETE" in ended.output


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ConfigurationError("x"), 2),
        (errors.InvalidInput("x"), 2),
        (errors.TokenRefused("x"), 4),
        (errors.Unauthorized("x"), 4),
        (errors.Forbidden("x"), 4),
        (errors.OutcomeUnknown("x"), 5),
        (errors.TokenUnavailable("x"), 1),
        (errors.ConnectionFailed("x"), 1),
        (errors.NotFound("x", answer=Answer(404, {}, b"")), 1),
    ],
)
def test_every_error_has_an_exit_code(error: Exception, code: int) -> None:
    """Scripts rely on them."""
    assert ExitCode(code) is code_of(error)


# Reads and writes


@pytest.mark.usefixtures("account")
def test_forms_are_listed(run: Run) -> None:
    """For a program, as one document or a line for each."""
    document = json.loads(run("forms", "list", "--json").output)
    lines = run("forms", "list", "--jsonl").output.splitlines()

    assert document["forms"] == [json.loads(line) for line in lines]
    assert "4mkVzc9OX" in {form["id"] for form in document["forms"]}


def test_what_the_service_says_is_no_escape_sequence(
    run: Run, account: MockServer
) -> None:
    """Neither does it end a cell or a line of the table."""
    account.add_form("own-form", 0, name="a\x1b[2Jb\tc\nd")
    output = run("forms", "list").output
    (line,) = [one for one in output.splitlines() if one.startswith("own-form")]

    assert "\x1b" not in output
    assert 2 == len(line.split("\t"))


def test_a_profile_is_created_then_changed(
    run: Run, home: Path, account: MockServer
) -> None:
    """The same command does both, by the external id."""
    body = {
        "firstName": "Alex",
        "lastName": "Example",
        "externalid": "P-1",
        "contact": {"email": "alex@example.com"},
    }
    file = home / "profile.json"
    file.write_text(json.dumps(body), "utf-8")
    first = json.loads(run("profiles", "upsert", file).output)
    file.write_text(json.dumps({**body, "lastName": "Sample"}), "utf-8")
    second = json.loads(run("profiles", "upsert", file).output)
    read = json.loads(run("profiles", "get", "P-1").output)

    assert ("created", "updated") == (first["done"], second["done"])
    assert "Sample" == read["profile"]["lastName"]


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("text", [None, "[1]", "{", '{"firstName": "Alex"}'])
def test_a_wrong_profile_is_refused(run: Run, home: Path, text: str | None) -> None:
    """Before anything is sent."""
    if text is not None:
        (home / "profile.json").write_text(text, "utf-8")
    assert 2 == run("profiles", "upsert", "profile.json").code


def test_administrators_are_created_or_replaced(
    run: Run, home: Path, account: MockServer
) -> None:
    """Nobody is created twice."""
    file = home / "administrators.csv"
    rows = "a.one@example.com,Alex,One,Reporter\nB.two@example.com,Sam,Two,Reporter\n"
    file.write_text(ADMINISTRATORS + rows, "utf-8")
    assert 2 == run("users", "apply", file).code
    first = run("users", "apply", file, "--confirm", "2", "--json")
    file.write_text(ADMINISTRATORS + rows.replace("B.two", "b.two"), "utf-8")
    second = run("users", "apply", file, "--confirm", "2", "--jsonl")
    names = [
        json.loads(line)["userName"].lower()
        for line in run("users", "list", "--jsonl").output.splitlines()
    ]

    assert (0, 0) == (first.code, second.code)
    assert ["created"] * 2 == [
        one["status"] for one in json.loads(first.output)["users"]
    ]
    statuses = [json.loads(line)["status"] for line in second.output.splitlines()]
    assert ["replaced"] * 2 == statuses
    assert 1 == names.count("b.two@example.com")


@pytest.mark.parametrize(
    ("fault", "code"), [(faults.drop(carried_out=False), 5), (faults.html(404), 3)]
)
def test_an_administrator_that_fails_does_not_stop_the_others(
    run: Run, home: Path, account: MockServer, fault: Any, code: int
) -> None:
    """The exit code says how it ended."""
    rows = (
        f"c.{code}@example.com,Alex,One,Reporter\nd.{code}@example.com,A,B,Reporter\n"
    )
    (home / "file.csv").write_text(ADMINISTRATORS + rows, "utf-8")
    account.fail("users.create", fault)
    ended = run("users", "apply", "file.csv", "--confirm", "2", "--jsonl")
    statuses = [json.loads(line)["status"] for line in ended.output.splitlines()]

    assert code == ended.code
    assert "created" == statuses[1]


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    "text",
    [
        "user_name,given_name,family_name\na@example.com,A,B\n",
        ADMINISTRATORS + "a@example.com,A,,Reporter\n",
        ADMINISTRATORS + "a@example.com,A,B,Reporter\nA@example.com,A,B,Reporter\n",
    ],
)
def test_a_wrong_file_of_administrators_is_refused(
    run: Run, home: Path, text: str
) -> None:
    """A missing column, an empty cell, and somebody who is in it twice."""
    (home / "file.csv").write_text(text, "utf-8")
    number = len(text.splitlines()) - 1
    assert 2 == run("users", "apply", "file.csv", "--confirm", number).code


@pytest.mark.usefixtures("account")
def test_a_request_of_your_own_is_signed(run: Run) -> None:
    """Its answer is printed, also when it is a refusal."""
    ended = run("api", "get", "/reports/forms", "--param", "a=b")
    assert 0 == ended.code
    assert json.loads(ended.output)["items"]
    refused = run("api", "GET", "/nothing")
    assert 4 == refused.code
    assert "message" in json.loads(refused.output)


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    "words",
    [
        ["GET", "/a", "--param", "b"],
        ["GET", "a"],
        ["POST", "/a", "--body", "missing.json", "--yes"],
        ["POST", "/a", "--body", "-", "--yes"],
    ],
)
def test_a_wrong_request_is_refused(run: Run, words: list[str]) -> None:
    """Before anything is sent."""
    assert 2 == run("api", *words, stdin="{").code


def test_explain_is_that_of_the_contract(run: Run) -> None:
    """It is at the top because everybody needs it."""
    ended = run("explain", "PROFILE_EXISTS")
    assert (0, run("contract", "explain", "PROFILE_EXISTS").output) == (
        ended.code,
        ended.output,
    )
    assert 2 == run("explain", "zzz").code


def test_verify_asks_before_it_sends(run: Run, account: MockServer) -> None:
    """Without a terminal and without --yes, nothing is sent."""
    before = len(account.requests)
    assert 2 == run("verify").code
    assert before == len(account.requests)


def test_the_mock_runs_a_command(tmp_path: Path) -> None:
    """It finds the mock by its variables, and its exit code is passed on."""
    script = "import os; raise SystemExit(7 if os.environ['ENBOARDER_API_KEY'] else 0)"
    words = ["mock", "--credential", "apikey", "--", sys.executable, "-c", script]
    done = subprocess.run([sys.executable, "-m", "enboarder", *words], check=False)

    assert 7 == done.returncode
