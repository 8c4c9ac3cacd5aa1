"""`enboarder people launch`, `update` and `cancel` against the mock."""

from __future__ import annotations

import csv
import json
import signal
import stat
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from enboarder.cli.people.progress import shown_progress
from enboarder.mock import MockServer, faults
from enboarder.mock.messages import Reply
from enboarder.people import Result, Status
from tests.cli.conftest import Run, launches, person, write_hires
from tests.conftest import LONG

FAST = ("--per-second", "1000")
LAUNCH = "workflows.launch_basic"


def results(folder: Path, name: str = "results.csv") -> list[dict[str, str]]:
    """Return the rows of a file of results."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_people_are_launched_once(run: Run, home: Path, account: MockServer) -> None:
    """A second run sends nothing, and ends well."""
    file = write_hires(home, person("R-1"), person("R-2"))
    first = run("people", "launch", file, "--confirm", "2", *FAST)
    second = run("people", "launch", file, "--confirm", "2", *FAST)

    assert (0, 0) == (first.code, second.code)
    assert "launched\t2" in first.output
    assert (1, 1) == (launches(account, "R-1"), launches(account, "R-2"))
    assert ["already done"] * 2 == [row["_status"] for row in results(home)]


def test_wrong_rows_are_left_to_correct_and_run_again(
    run: Run, home: Path, account: MockServer
) -> None:
    """The others are launched; failed.csv is read like the input."""
    file = write_hires(home, person("R-3"), person("R-4", start="soon"))
    first = run("people", "launch", file, "--confirm", "1", *FAST)
    text = (home / "failed.csv").read_text("utf-8-sig")

    assert 3 == first.code
    assert 2 == len(text.splitlines())
    (home / "failed.csv").write_text(text.replace("soon", "2099-02-01"), "utf-8")
    assert 0 == run("people", "launch", "failed.csv", "--confirm", "1", *FAST).code
    assert (1, 1) == (launches(account, "R-3"), launches(account, "R-4"))


def test_results_are_private_and_run_no_formula(
    run: Run, home: Path, account: MockServer
) -> None:
    """They hold personal data, and are opened in Excel."""
    file = write_hires(home, person("R-5", name="=HYPERLINK(1)", start="soon"))
    run("people", "launch", file, *FAST)

    assert 0o600 == stat.S_IMODE((home / "results.csv").stat().st_mode)
    assert "'=HYPERLINK(1)" == results(home)[0]["Name"]


@pytest.mark.parametrize("confirm", [[], ["--confirm", "3"]])
def test_nothing_is_sent_that_nobody_confirmed(
    run: Run, home: Path, account: MockServer, confirm: list[str]
) -> None:
    """Without a terminal, nobody is asked; another number is a no."""
    file = write_hires(home, person("R-6"), person("R-7"))
    ended = run("people", "launch", file, *confirm)

    assert 2 == ended.code
    assert (0, 0) == (launches(account, "R-6"), launches(account, "R-7"))
    assert bool(confirm) != ("--confirm 2" in ended.errors)


def test_a_limit_launches_the_first(run: Run, home: Path, account: MockServer) -> None:
    """The others are left for the next run of the same file."""
    file = write_hires(home, person("R-8"), person("R-9"))
    assert 0 == run("people", "launch", file, "--limit", "1", "--confirm", "1").code
    assert (1, 0) == (launches(account, "R-8"), launches(account, "R-9"))

    assert 0 == run("people", "launch", file, "--confirm", "1").code
    assert (1, 1) == (launches(account, "R-8"), launches(account, "R-9"))


def test_nothing_if_a_row_is_wrong(run: Run, home: Path, account: MockServer) -> None:
    """That is what --all-or-nothing is for."""
    file = write_hires(home, person("R-10"), person("R-11", email="x"))
    ended = run("people", "launch", file, "--all-or-nothing", "--confirm", "1")

    assert 2 == ended.code
    assert 0 == launches(account, "R-10")


def test_results_are_printed_for_programs(
    run: Run, home: Path, account: MockServer
) -> None:
    """As one document, or a line for each person as it comes."""
    file = write_hires(home, person("R-12"), person("R-13"))
    words = ["people", "launch", file, *FAST]
    document = json.loads(
        run(*words, "--limit", "1", "--confirm", "1", "--json").output
    )
    lines = run(*words, "--confirm", "1", "--jsonl").output.splitlines()

    assert {"launched": 1} == document["counts"]
    assert ["R-12"] == [one["external_id"] for one in document["results"]]
    assert ["R-13"] == [json.loads(line)["external_id"] for line in lines]


def test_a_line_is_said_for_every_100_people(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A log is not filled with a line for each."""
    result = Result(2, LAUNCH, "R-14", Status.LAUNCHED)
    with shown_progress("launching", 250) as show:
        for finished in range(1, 251):
            show(result, finished, 250)
    lines = capsys.readouterr().err.splitlines()

    assert ["100", "200", "250"] == [line.split()[0] for line in lines]


# How it ends


@pytest.mark.parametrize(
    ("fault", "code", "status"),
    [
        (faults.drop(), 5, "unknown"),
        (faults.server_error(503), 5, "unknown"),
        (faults.too_many_requests(0), 3, "refused"),
    ],
    ids=["dropped", "503", "429"],
)
def test_the_exit_code_says_how_it_ended(
    run: Run, home: Path, account: MockServer, fault: Any, code: int, status: str
) -> None:
    """5 where it may have been done, 3 for refused rows."""
    file = write_hires(home, person("R-20"))
    account.fail(LAUNCH, fault, times=20)
    ended = run("people", "launch", file, "--confirm", "1", *FAST)

    assert code == ended.code
    assert [status] == [row["_status"] for row in results(home)]
    assert results(home)[0]["_hint"]


def test_a_run_that_is_refused_as_a_whole_stops(
    run: Run, home: Path, account: MockServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong credential is not tried with every row, ends with 4; nothing is lost."""
    file = write_hires(home, *(person(f"R-3{number}") for number in range(8)))
    words = ["--stop-after", "2", "--in-flight", "1", *FAST]
    with monkeypatch.context() as patched:
        patched.setenv("ENBOARDER_API_KEY", "canary-key")
        ended = run("people", "launch", file, "--confirm", "8", *words)

    assert 4 == ended.code
    assert "canary-key" not in ended.output + ended.errors
    assert 8 == len(results(home, "failed.csv"))
    assert 2 == sum(launches(account, f"R-3{number}") for number in range(8))
    assert 0 == run("people", "launch", file, "--confirm", "8", *FAST).code


def test_an_unknown_outcome_is_not_sent_again(
    run: Run, home: Path, account: MockServer
) -> None:
    """Until a person says what was found; the exit code is 5 until then."""
    file = write_hires(home, person("R-40"))
    account.fail(LAUNCH, faults.drop())
    assert 5 == run("people", "launch", file, "--confirm", "1", *FAST).code
    assert 5 == run("people", "launch", file, "--confirm", "1", *FAST).code
    assert 5 == run("people", "status").code
    assert [] == results(home, "failed.csv")
    before = launches(account, "R-40")

    answer = ["--as", "not-done", "--note", "seen in the Integration Logs"]
    assert 0 == run("people", "resolve", "R-40", *answer).code
    assert 0 == run("people", "launch", file, "--confirm", "1", *FAST).code
    assert (1, 2) == (before, launches(account, "R-40"))


def test_results_that_would_replace_the_input_are_refused(
    run: Run, home: Path, account: MockServer
) -> None:
    """Before anything is sent."""
    file = write_hires(home, person("R-50"), name="results.csv")
    assert 2 == run("people", "launch", file, "--confirm", "1").code
    assert 2 == run("people", "launch", file, "--results", home / "nowhere").code
    assert 0 == launches(account, "R-50")
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    words = ["--confirm", "1", "--results", elsewhere]
    assert 0 == run("people", "launch", file, *words).code
    assert ["launched"] == [row["_status"] for row in results(elsewhere)]


@pytest.mark.parametrize("words", [["--per-second", "0"], ["--in-flight", "0"]])
def test_an_impossible_pace_is_refused(run: Run, home: Path, words: list[str]) -> None:
    """Before anybody is asked for a secret."""
    file = write_hires(home, person("R-51"))
    assert 2 == run("people", "launch", file, "--region", "EU", *words).code


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_finishes_what_is_in_flight(
    run: Run,
    home: Path,
    account: MockServer,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    """Ctrl-C, or the stop of a container: 130, and the next run goes on."""
    prefix = f"R-6{number}"
    file = write_hires(home, *(person(f"{prefix}-{one}") for one in range(6)))
    words = ["--in-flight", "1", *FAST]
    is_interrupted = threading.Event()

    def wait(real: Reply) -> Reply:
        is_interrupted.wait(LONG)
        return replace(real, delay=0.1)

    def interrupt(*_: object) -> None:
        is_interrupted.set()
        signal.raise_signal(number)

    # The second person is in flight until the signal comes.
    held = faults.Fault("held", True, wait)
    account.fail(LAUNCH, held, after=1)
    with monkeypatch.context() as patched:
        patched.setattr("enboarder.cli.people.progress.Lines.__call__", interrupt)
        ended = run("people", "launch", file, "--confirm", "6", *words)

    statuses = [row["_status"] for row in results(home)]
    assert 130 == ended.code
    assert {"launched", "not sent"} == set(statuses)
    left = statuses.count("not sent")
    assert 0 == run("people", "launch", file, "--confirm", left, *words).code
    assert [1] * 6 == [launches(account, f"{prefix}-{one}") for one in range(6)]


# Change and cancel


def test_only_changes_are_sent(run: Run, home: Path, account: MockServer) -> None:
    """Somebody for whom nothing differs is left out."""
    file = write_hires(home, person("R-70"), person("R-71"))
    assert 0 == run("people", "launch", file, "--confirm", "2", *FAST).code
    write_hires(home, person("R-70", start="2099-03-01"), person("R-71"))
    ended = run("people", "update", file, "--confirm", "1", *FAST)
    sent = [one for one in account.requests if one.operation == "workflows.update"]

    assert 0 == ended.code
    assert {"externalid", "nhstdt"} == json.loads(sent[-1].body).keys()


def test_a_cancellation_names_its_mode(
    run: Run, home: Path, account: MockServer
) -> None:
    """It has no default, because that of the service cancels everything."""
    file = write_hires(home, person("R-72"))
    run("people", "launch", file, "--confirm", "1", *FAST)
    assert 2 == run("people", "cancel", file, "--confirm", "1").code
    words = ["--mode", "CANCEL_ALL", "--comments", "withdrawn", "--confirm", "1"]
    assert 0 == run("people", "cancel", file, *words, *FAST).code
    sent = [one for one in account.requests if one.operation == "workflows.cancel"]

    assert {"externalid": "R-72", "mode": "CANCEL_ALL", "comments": "withdrawn"} == (
        json.loads(sent[-1].body)
    )


# What the ledger knows


def test_status_shows_what_was_sent(run: Run, home: Path, account: MockServer) -> None:
    """All of it, one person, or one run."""
    file = write_hires(home, person("R-80"), person("R-81"))
    launch = ["people", "launch", file, *FAST]
    run(*launch, "--limit", "1", "--confirm", "1")
    run(*launch, "--confirm", "1")
    found = json.loads(run("people", "status", "--json").output)["requests"]

    assert ["R-80", "R-81"] == [one["external_id"] for one in found]
    assert 1 == len(run("people", "status", "R-80", "--jsonl").output.splitlines())
    by_run = run("people", "status", "--run", found[1]["run"], "--jsonl").output
    assert "R-81" == json.loads(by_run)["external_id"]
    assert "" == run("people", "status", "--unsettled", "--jsonl").output


def test_reads_settle_what_they_find(run: Run, home: Path, account: MockServer) -> None:
    """Whom they do not find stays unknown."""
    file = write_hires(home, person("R-82"), person("R-83"))
    account.fail(LAUNCH, faults.drop(), times=2)
    run("people", "launch", file, "--confirm", "2", *FAST)
    account.add_workflow_report("own-report", [{"externalid": "R-82"}])
    ended = run("people", "resolve")

    assert 5 == ended.code
    assert "R-83" in ended.output
    assert "R-82" not in ended.output
    assert 0 == run("people", "resolve", "R-83", "--as", "done").code
    assert 0 == run("people", "resolve").code


@pytest.mark.usefixtures("account")
def test_resolve_refuses_what_makes_no_sense(run: Run) -> None:
    """An id without an answer, an answer without an id, and nobody."""
    assert 2 == run("people", "resolve", "R-84").code
    assert 2 == run("people", "resolve", "--as", "done").code
    assert 2 == run("people", "resolve", "R-84", "--as", "done").code


@pytest.mark.usefixtures("account")
def test_forgetting_needs_an_age(run: Run) -> None:
    """What is younger is kept."""
    assert 2 == run("people", "prune").code
    assert 0 == run("people", "prune", "--older-than", "400").code
