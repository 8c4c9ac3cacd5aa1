"""`enboarder people map`, `check`, `plan` and `vocabulary`: nothing is sent."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from enboarder.cli.people.app import app
from enboarder.mock import MockServer
from tests.cli.conftest import MAPPING, Run, launches, person, write_hires


def test_a_file_without_a_mapping_says_how_to_make_one(run: Run, home: Path) -> None:
    """Nothing is guessed silently."""
    file = write_hires(home, person("M-1"))
    (home / "mapping.toml").unlink()
    ended = run("people", "check", file)

    assert (2, "") == (ended.code, ended.output)
    assert "enboarder people map" in ended.errors


def test_the_proposed_mapping_is_saved_and_then_used(run: Run, home: Path) -> None:
    """It is shown, and a mapping that somebody reviewed is not replaced."""
    file = write_hires(home, person("M-2", start="12/01/2099"))
    (home / "mapping.toml").unlink()
    proposed = run("people", "map", file, "--date-format", "%d/%m/%Y")

    assert 0 == proposed.code
    assert proposed.output == (home / "mapping.toml").read_text("utf-8")
    assert 0 == run("people", "check", file).code
    assert 2 == run("people", "map", file).code


def test_columns_that_are_not_recognised_are_named(run: Run, home: Path) -> None:
    """A person decides what they are."""
    (home / "hires.csv").write_text("Employee ID,T-shirt\nE-1,M\n", "utf-8")
    assert "T-shirt" in run("people", "map", "hires.csv").errors


def test_check_lists_every_problem(run: Run, home: Path) -> None:
    """With row, column, what is wrong and how to put it right."""
    file = write_hires(
        home, person("M-3"), person("M-4", start="soon", email="x"), person("", name="")
    )
    ended = run("people", "check", file, "--json")
    document = json.loads(ended.output)
    found = {(one["row"], one["column"]) for one in document["problems"]}

    assert 2 == ended.code
    assert (1, 1) == (document["format"], document["people"])
    assert {(3, "E-mail"), (3, "Start date"), (4, "Employee ID"), (4, "Name")} <= found
    assert all(one["problem"] and one["fix"] for one in document["problems"])


def test_check_needs_no_account(run: Run, home: Path) -> None:
    """Neither a region nor a credential, and no ledger is made."""
    assert 0 == run("people", "check", write_hires(home, person("M-5"))).code
    assert not (home / "data").exists()


def test_problems_are_one_on_each_line(run: Run, home: Path) -> None:
    """With --jsonl, a program reads them line by line; otherwise with tabs."""
    file = write_hires(home, person("M-6", email="x"), person("M-7", email="y"))
    lines = run("people", "check", file, "--jsonl").output.splitlines()
    header, *table = run("people", "check", file).output.splitlines()

    assert [2, 3] == [json.loads(line)["row"] for line in lines]
    assert ["row", "column", "problem", "fix"] == header.split("\t")
    assert ["2", "3"] == [line.split("\t")[0] for line in table]


def test_json_and_json_lines_exclude_each_other(run: Run, home: Path) -> None:
    """One of them is meant."""
    file = write_hires(home, person("M-8"))
    assert 2 == run("people", "check", file, "--json", "--jsonl").code


def test_a_missing_file_is_a_usage_error(run: Run) -> None:
    """It is named."""
    ended = run("people", "check", "nothing.csv", "--mapping", "no.toml")
    assert 2 == ended.code
    assert "nothing.csv" in ended.errors


def test_a_saved_plan_is_private_and_executed(
    run: Run, home: Path, account: MockServer
) -> None:
    """What a person reviewed is what is sent, whatever became of the file."""
    file = write_hires(home, person("M-9"))
    ended = run("people", "plan", file, "--output", "plan.json", "--json")
    assert 0 == ended.code
    assert 0o600 == stat.S_IMODE((home / "plan.json").stat().st_mode)
    assert 0 == launches(account, "M-9")
    write_hires(home, person("M-10"))

    assert 0 == run("people", "launch", "plan.json", "--confirm", "1").code
    assert (1, 0) == (launches(account, "M-9"), launches(account, "M-10"))


@pytest.mark.usefixtures("account")
def test_a_plan_that_was_changed_is_refused(run: Run, home: Path) -> None:
    """Nothing of it is sent."""
    run("people", "plan", write_hires(home, person("M-11")), "--output", "plan.json")
    text = (home / "plan.json").read_text("utf-8")
    (home / "plan.json").write_text(text.replace("M-11", "M-12"), "utf-8")

    assert 2 == run("people", "launch", "plan.json", "--confirm", "1").code
    assert 2 == run("people", "plan", "plan.json").code


@pytest.mark.usefixtures("account")
def test_a_plan_is_executed_by_its_own_command(run: Run, home: Path) -> None:
    """A plan to launch cancels nobody, and an existing plan is not replaced."""
    words = [write_hires(home, person("M-13")), "--output", "plan.json"]
    assert 0 == run("people", "plan", *words).code

    assert 2 == run("people", "cancel", "plan.json", "--mode", "ALL").code
    assert 2 == run("people", "plan", *words).code


@pytest.mark.usefixtures("account")
def test_the_vocabulary_of_the_account_is_saved_and_used(run: Run, home: Path) -> None:
    """A label or value that the account does not know is reported."""
    assert 0 == run("people", "vocabulary").code
    text = (home / "vocabulary.toml").read_text("utf-8")
    assert "brands" in text
    (home / "vocabulary.toml").write_text('locations = ["Perth"]\n', "utf-8")
    ended = run("people", "check", write_hires(home, person("M-14")), "--json")

    problems = json.loads(ended.output)["problems"]
    assert ["value-unknown"] == [one["kind"] for one in problems]


def test_a_cell_is_no_markup_and_no_escape_sequence(run: Run, home: Path) -> None:
    """What a file holds does not reach the terminal as a command."""
    file = write_hires(home, person("M-15", email="[red]\x1b[2J"))
    assert "\x1b" not in run("people", "check", file).output


def test_every_command_has_an_example() -> None:
    """A user finds in the help what to type."""
    commands = [
        one.callback.__name__ for one in app.registered_commands if one.callback
    ]
    bare = [one for one in app.registered_commands if "Example" not in str(one.epilog)]

    assert [] == bare
    assert "launch" in commands


def test_mapping_of_the_tests_is_what_is_proposed(run: Run, home: Path) -> None:
    """The header of these tests is recognised as a whole."""
    file = write_hires(home, person("M-16"))
    (home / "mapping.toml").unlink()
    assert MAPPING.replace('"E-mail"', "E-mail") == run("people", "map", file).output
