"""What a person sees for each error that people run into.

`ROWS` is the table of these errors: what people see without this project, and the
tests that show what they see with it, here or in another module of this folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from enboarder.mock import MockServer, faults
from tests.cli.conftest import MAPPING, Run, launches, person, write_hires

WRONG_CELL = "test_a_wrong_cell_is_found_before_anything_is_sent"
ROWS: Mapping[str, tuple[str, ...]] = {
    "403 on everything, without a reason": (
        "test_a_wrong_credential_is_never_a_bare_403",
        "test_doctor.py::test_a_refused_read_has_named_causes",
        "test_doctor.py::test_a_wrong_setting_has_one_cause",
        "test_doctor.py::test_the_region_of_a_credential_is_found_on_demand",
    ),
    "it works in Postman, and fails in code": ("test_the_credential_decides_the_path",),
    "OAuth2 in Canada": ("test_canada_has_no_token_url",),
    "the token dies after 60 minutes": (
        "test_a_token_that_ends_during_a_run_is_renewed",
    ),
    "the secret is gone": (
        "test_a_missing_secret_is_named",
        "test_settings.py::test_a_secret_is_asked_for_and_not_shown",
        "test_settings.py::test_whoami_sends_nothing_and_shows_no_secret",
    ),
    "at least one of nheml, nhmob, nhmobeml is required": (WRONG_CELL,),
    "the preferred channel is mobile, and there is no mobile": (WRONG_CELL,),
    "the date is rejected, or day and month are swapped": (WRONG_CELL,),
    "the phone cannot be reached": (WRONG_CELL,),
    "a field is silently empty, or the wrong journey starts": (
        "test_a_misspelt_value_is_found_before_it_launches_another_workflow",
        "people/test_files.py::test_the_vocabulary_of_the_account_is_saved_and_used",
    ),
    "launched although the start date is past": (
        WRONG_CELL,
        "test_a_past_date_may_be_wanted",
    ),
    "two journeys for one person": (
        "test_a_second_journey_for_one_person_needs_a_yes",
        "people/test_running.py::test_people_are_launched_once",
        "people/test_running.py::test_an_unknown_outcome_is_not_sent_again",
    ),
    "externalid not found on a change or a cancellation": (
        "test_an_unknown_external_id_has_four_causes",
    ),
    "a cancellation hits too much": (
        "people/test_running.py::test_a_cancellation_names_its_mode",
    ),
    "PROFILE_EXISTS": ("test_nouns.py::test_a_profile_is_created_then_changed",),
    "success and failure look alike": (
        "test_an_answer_that_is_no_success_is_not_taken_for_one",
    ),
}

FAST = ("--per-second", "1000")
HEADER = (
    "Employee ID,Name,E-mail,Mobile,Channel,Start date,Manager,Manager email,Office"
)


@pytest.mark.parametrize("row", ROWS)
def test_each_error_has_its_tests(row: str) -> None:
    """Those that the table names exist."""
    for test in ROWS[row]:
        module, _, name = test.rpartition("::")
        path = Path(__file__).parent / (module or Path(__file__).name)
        assert re.search(rf"^def {name}\(", path.read_text("utf-8"), re.MULTILINE)


def checked(run: Run, folder: Path, **cells: str) -> list[dict[str, Any]]:
    """Return the problems of one person, whose row has these cells."""
    values = {
        "id": "X-1",
        "name": "Alex Example",
        "email": "x-1@example.com",
        "mobile": "+61400000001",
        "channel": "",
        "start": "2099-01-12",
        "manager": "Morgan Sample",
        "manager_email": "morgan@example.com",
        "office": "Sydney",
    } | cells
    file = folder / "hires.csv"
    file.write_text(f"{HEADER}\n{','.join(values.values())}\n", "utf-8")
    more = 'Mobile = "employee_mobile"\nChannel = "employee_channel"\n'
    (folder / "mapping.toml").write_text(MAPPING + more, "utf-8")
    ended = run("people", "check", file, "--json")
    problems: list[dict[str, Any]] = json.loads(ended.output)["problems"]
    assert (2 if problems else 0) == ended.code
    return problems


@pytest.mark.parametrize(
    ("cells", "column", "kind"),
    [
        ({"email": "", "mobile": ""}, None, "one-required"),
        ({"mobile": "", "channel": "mob"}, "Mobile", "channel-empty"),
        ({"start": "12/01/2099"}, "Start date", "date-invalid"),
        ({"start": "46034"}, "Start date", "date-serial"),
        ({"start": "2020-01-12"}, "Start date", "date-past"),
        ({"mobile": "0400 000 001"}, "Mobile", "phone-local"),
        ({"mobile": "6.14E+10"}, "Mobile", "phone-rounded"),
    ],
)
def test_a_wrong_cell_is_found_before_anything_is_sent(
    run: Run, home: Path, cells: dict[str, str], column: str | None, kind: str
) -> None:
    """With the row, the column and how to put it right."""
    (problem,) = checked(run, home, **cells)

    assert (2, kind) == (problem["row"], problem["kind"])
    assert column in (None, problem["column"])
    assert problem["fix"]


def test_a_person_without_a_flaw_has_no_problem(run: Run, home: Path) -> None:
    """The cells of the other tests are wrong only where they say so."""
    assert [] == checked(run, home)


def test_a_misspelt_value_is_found_before_it_launches_another_workflow(
    run: Run, home: Path
) -> None:
    """The vocabulary beside the file is used, and the right word is offered."""
    (home / "vocabulary.toml").write_text('locations = ["Sydney"]\n', "utf-8")
    (problem,) = checked(run, home, office="Sydny")

    assert ("Office", "value-unknown") == (problem["column"], problem["kind"])
    assert "Sydney" in problem["fix"]


def test_a_past_date_may_be_wanted(run: Run, home: Path, account: MockServer) -> None:
    """The service would launch it with a warning; here, a person says so."""
    file = write_hires(home, person("X-2", start="2020-01-12"))
    assert 2 == run("people", "launch", file, "--confirm", "1").code
    words = ["--allow-past-dates", "--confirm", "1", *FAST]

    assert 0 == run("people", "launch", file, *words).code
    assert 1 == launches(account, "X-2")


@pytest.mark.parametrize(
    "changed",
    [person("X-3", office="Perth"), person("X-4", email="x-3@example.com")],
    ids=["other criteria", "same contact"],
)
def test_a_second_journey_for_one_person_needs_a_yes(
    run: Run, home: Path, service: MockServer, account: MockServer, changed: str
) -> None:
    """A corrected label, or another id, would message the same person again."""
    run("people", "launch", write_hires(home, person("X-3")), "--confirm", "1", *FAST)
    before = len(service.requests)
    file = write_hires(home, changed)
    ended = run("people", "launch", file, "--confirm", "1", *FAST)
    external_id = changed.split(",")[0]

    assert 2 == ended.code
    assert before == len(service.requests)
    assert "allow this external id" in ended.errors
    words = ["--allow", external_id, "--confirm", "1", *FAST]
    assert 0 == run("people", "launch", file, *words).code


@pytest.mark.usefixtures("account")
def test_an_unknown_external_id_has_four_causes(run: Run, home: Path) -> None:
    """Completed, cancelled, never launched, or in a child account."""
    words = ["--mode", "ALL", "--confirm", "1", *FAST]
    file = write_hires(home, person("X-5"))
    ended = run("people", "cancel", file, *words, "--json")
    (result,) = json.loads(ended.output)["results"]

    assert (3, "refused") == (ended.code, result["status"])
    assert "X-5" in result["message"]
    assert "child account" in result["hint"]


def test_an_answer_that_is_no_success_is_not_taken_for_one(
    run: Run, home: Path, account: MockServer
) -> None:
    """A page of a proxy with status 200: the outcome is unknown, and it says so."""
    account.fail("workflows.launch_basic", faults.html(200))
    file = write_hires(home, person("X-6"))
    ended = run("people", "launch", file, "--confirm", "1", *FAST)

    assert 5 == ended.code
    assert "enboarder people resolve" in ended.errors


@pytest.mark.parametrize("kind", ["oauth2", "apikey"])
def test_the_credential_decides_the_path(
    run: Run, service: MockServer, monkeypatch: pytest.MonkeyPatch, kind: Any
) -> None:
    """Nobody types v1 or v2."""
    for name, value in service.environ(kind).items():
        monkeypatch.setenv(name, value)
    assert 0 == run("forms", "list").code
    expected = {"oauth2": "/reports/v2/forms", "apikey": "/reports/forms"}[kind]
    assert expected == service.requests[-1].path


def test_a_token_that_ends_during_a_run_is_renewed(
    run: Run, home: Path, service: MockServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is lost, and nobody is launched twice."""
    for name, value in service.environ("oauth2").items():
        monkeypatch.setenv(name, value)
    run("forms", "list")
    service.revoke_tokens()
    file = write_hires(home, person("X-7"), person("X-8"))

    assert 0 == run("people", "launch", file, "--confirm", "2", *FAST).code


def test_canada_has_no_token_url(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """None is invented; the variable that takes one is named."""
    monkeypatch.setenv("ENBOARDER_CLIENT_ID", "an-id")
    monkeypatch.setenv("ENBOARDER_CLIENT_SECRET", "canary-secret")
    ended = run("forms", "list", "--region", "CA")

    assert 2 == ended.code
    assert "ENBOARDER_TOKEN_URL" in ended.errors
    assert "canary-secret" not in ended.errors


def test_a_missing_secret_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal, nobody is asked; the variable and the way out are named."""
    monkeypatch.setenv("ENBOARDER_CLIENT_ID", "an-id")
    ended = run("forms", "list", "--region", "EU")

    assert 2 == ended.code
    assert "ENBOARDER_CLIENT_SECRET" in ended.errors


def test_a_wrong_credential_is_never_a_bare_403(
    run: Run, account: MockServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what may be wrong, and the code is 4."""
    monkeypatch.setenv("ENBOARDER_API_KEY", "canary-secret")
    ended = run("forms", "list")

    assert 4 == ended.code
    assert "region" in ended.errors
    assert "canary-secret" not in ended.errors
