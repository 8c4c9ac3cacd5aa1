"""`enboarder people sync` and `report`."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from enboarder.mock import MockServer, faults
from tests.cli.conftest import Run, launches, person, write_hires

FAST = ("--per-second", "1000")


def sent(mock: MockServer, operation: str) -> list[dict[str, str]]:
    """Return the bodies of an operation that the mock received."""
    return [json.loads(one.body) for one in mock.requests if one.operation == operation]


def test_an_extract_launches_the_new_and_changes_the_changed(
    run: Run, home: Path, account: MockServer
) -> None:
    """Who did not change is left alone, and who is gone is listed."""
    lines = [person("Y-1"), person("Y-2"), person("Y-3")]
    run("people", "launch", write_hires(home, *lines), "--confirm", "3", *FAST)
    before = len(account.requests)
    file = write_hires(
        home, person("Y-1"), person("Y-2", start="2099-02-02"), person("Y-4")
    )
    ended = run("people", "sync", file, "--confirm", "2", *FAST, "--jsonl")
    rows = [json.loads(line) for line in ended.output.splitlines()]

    assert 0 == ended.code
    assert {("Y-4", "launched"), ("Y-2", "updated")} == {
        (one["external_id"], one["status"]) for one in rows
    }
    assert 2 == len(account.requests) - before
    assert "Y-3" in ended.errors
    assert 0 == run("people", "sync", file, *FAST).code


def test_who_is_gone_is_cancelled_on_demand(
    run: Run, home: Path, account: MockServer
) -> None:
    """Only with a mode, and only so many."""
    lines = [person("Y-10"), person("Y-11"), person("Y-12")]
    run("people", "launch", write_hires(home, *lines), "--confirm", "3", *FAST)
    file = write_hires(home, *lines[:2])
    words = ["people", "sync", file, "--cancel-mode", "ALL", *FAST]

    assert 2 == run(*words, "--max-cancel", "0", "--confirm", "1").code
    assert 2 == run(*words).code
    assert 0 == run(*words, "--confirm", "1").code
    assert {"externalid": "Y-12", "mode": "ALL"} == (
        sent(account, "workflows.cancel")[-1]
    )


@pytest.mark.parametrize("left", [0, 1])
def test_half_an_extract_stops_it(
    run: Run, home: Path, account: MockServer, left: int
) -> None:
    """Nobody is changed, launched or cancelled because of a broken file."""
    lines = [person(f"Y-2{left}{one}") for one in range(3)]
    run("people", "launch", write_hires(home, *lines), "--confirm", "3", *FAST)
    before = len(account.requests)

    assert 2 == run("people", "sync", write_hires(home, *lines[:left])).code
    assert before == len(account.requests)


def test_the_worst_of_its_runs_decides_the_exit_code(
    run: Run, home: Path, account: MockServer
) -> None:
    """An unknown outcome of an update is not hidden by launches that worked."""
    run("people", "launch", write_hires(home, person("Y-30")), "--confirm", "1", *FAST)
    file = write_hires(home, person("Y-30", start="2099-02-02"), person("Y-31"))
    account.fail("workflows.update", faults.drop())

    assert 5 == run("people", "sync", file, "--confirm", "2", *FAST).code
    assert 1 == launches(account, "Y-31")


@pytest.mark.usefixtures("account")
def test_a_run_writes_a_page_that_can_be_made_again(run: Run, home: Path) -> None:
    """It is private, and says how each row ended."""
    file = write_hires(home, person("Y-40"), person("Y-41", start="soon"))
    run("people", "launch", file, "--confirm", "1", *FAST)
    page = home / "report.html"
    assert 0o600 == stat.S_IMODE(page.stat().st_mode)
    words = ["--output", home / "again.html"]

    assert 0 == run("people", "report", file, *words).code
    again = (home / "again.html").read_text("utf-8")
    assert "launched" in again
    assert "soon" in again


@pytest.mark.usefixtures("account")
def test_results_of_another_file_make_no_page(run: Run, home: Path) -> None:
    """Nor does a file that has no results, or none at all."""
    run("people", "launch", write_hires(home, person("Y-50")), "--confirm", "1", *FAST)
    file = write_hires(home, person("Y-51"))

    assert 2 == run("people", "report", file).code
    assert 2 == run("people", "report", file, "--results", file).code
    assert 2 == run("people", "report", file, "--results", "nothing.csv").code
