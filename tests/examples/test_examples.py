"""The examples do their job against the mock."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from enboarder import Enboarder, people
from enboarder.mock import MockServer

pytestmark = pytest.mark.untraced

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILES = Path(__file__).resolve().parent / "people"
COVERED = {
    "move_start_date",
    "onboard_people",
    "own_httpx_client",
    "provision_users",
    "shared_token",
}
USERS_HEADER = "user_name,given_name,family_name,role\n"

Run = Callable[..., int]


@pytest.fixture(autouse=True)
def _environment(mock: MockServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the variables of the mock, and no others."""
    for name in ("REGION", "API_KEY", "TOKEN_STORE"):
        monkeypatch.delenv(f"ENBOARDER_{name}", raising=False)
    for name, value in mock.environ("oauth2").items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run an example in this process, and return its exit code."""

    def run_example(name: str, *arguments: str | Path) -> int:
        monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
        try:
            runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(bool(end.code))
        return 0

    return run_example


def launched(mock: MockServer) -> list[str]:
    """Return the external ids of all workflows, in their order."""
    return [str(workflow.external_id) for workflow in mock.state.workflows]


def test_every_example_is_run_here() -> None:
    """A new example gets a test."""
    assert {path.stem for path in EXAMPLES.glob("*.py")} == COVERED


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of a day, with a ledger of their own, and no waiting between people."""
    monkeypatch.setenv("ENBOARDER_LEDGER", str(tmp_path / "ledger.sqlite"))
    pace = people.Pace(per_second=10_000)
    monkeypatch.setattr("enboarder.people.progression.Pace", lambda: pace)
    return Path(shutil.copytree(FILES, tmp_path / "day"))


def test_day_of_people_is_done_once(run: Run, mock: MockServer, folder: Path) -> None:
    """All are launched, moved and cancelled; a second run sends none of it again."""
    codes = [run("onboard_people", folder)]
    writes = [one for one in mock.requests if one.method == "POST"]
    codes.append(run("onboard_people", folder))

    workflows = {str(one.external_id): one for one in mock.state.workflows}
    assert [0, 0] == codes
    assert 60 == len(launched(mock)) == len(workflows)
    assert "2037-02-02" == workflows["E-005"].details["nhstdt"]
    assert {"E-059", "E-060"} == {
        name for name, one in workflows.items() if one.status == "Cancelled"
    }
    again = [one for one in mock.requests if one.method == "POST"][len(writes) :]
    assert [] == [one for one in again if one.operation != "token"]


def test_day_with_a_wrong_row_is_done_but_for_that_row(
    run: Run, mock: MockServer, folder: Path
) -> None:
    """The exit code says so, and the results of each step have their file."""
    lines = (FILES / "hires.csv").read_text().splitlines(keepends=True)[:4]
    lines[3] = lines[3].replace("2037-", "37/")
    (folder / "hires.csv").write_text("".join(lines))
    (folder / "moved.csv").write_text("ID,Starts\nE-001,2037-01-26\n")
    (folder / "gone.csv").write_text("ID\nE-002\n")

    assert 1 == run("onboard_people", folder)
    assert ["E-001", "E-002"] == sorted(launched(mock))
    assert 2 == (folder / "launch-results.csv").read_text().count("launched")
    assert "updated" in (folder / "update-results.csv").read_text()
    assert "cancelled" in (folder / "cancel-results.csv").read_text()
    form = (folder / "form-4mkVzc9OX.jsonl").read_text("utf-8")
    assert 1203 == len(form.splitlines())
    roles = {user["userName"]: user["userType"] for user in mock.state.users.values()}
    assert {"robin@example.com": "Author", "kim@example.com": "Reporter"} == roles


def test_start_date_is_moved(run: Run, mock: MockServer) -> None:
    """The running workflow has the new date."""
    with Enboarder.from_env() as enboarder:
        enboarder.workflows.launch_basic(
            employee_name="Alex Example",
            employee_email="alex@example.com",
            manager_name="Morgan Sample",
            manager_email="morgan@example.com",
            start_date=date(2027, 1, 12),
            external_id="A-1",
        )

    assert 0 == run("move_start_date", "A-1", "2027-01-19")
    assert ["2027-01-19"] == [one.details["nhstdt"] for one in mock.state.workflows]


@pytest.mark.usefixtures("mock")
def test_start_date_of_nobody_is_not_moved(run: Run) -> None:
    """An unknown workflow is reported by the exit code."""
    assert 1 == run("move_start_date", "B-1", "2027-01-19")


def test_users_are_created_then_replaced(
    run: Run, mock: MockServer, tmp_path: Path
) -> None:
    """A second run finds the users of the first, whatever the case of their names."""
    path = tmp_path / "users.csv"
    for role, name in (("Reporter", "user"), ("Author", "USER")):
        rows = [
            f"{name}{number}@example.com,Sam,Example,{role}\n" for number in range(7)
        ]
        path.write_text(USERS_HEADER + "".join(rows))
        assert 0 == run("provision_users", path)

    assert ["Author"] * 7 == [user["userType"] for user in mock.state.users.values()]


def test_user_that_is_refused_stops_no_other(
    run: Run, mock: MockServer, tmp_path: Path
) -> None:
    """The others are created, and the exit code reports the refusal."""
    path = tmp_path / "users.csv"
    refused = "a@example.com,Sam,Example,Boss\n"
    accepted = "b@example.com,Sam,Example,Reporter\n"
    path.write_text(USERS_HEADER + refused + accepted)

    assert 1 == run("provision_users", path)
    names = [user["userName"] for user in mock.state.users.values()]
    assert ["b@example.com"] == names


def test_processes_share_one_token(mock: MockServer, tmp_path: Path) -> None:
    """Three processes cost one token request."""
    folder = tmp_path / "tokens"
    environ = {**os.environ, "ENBOARDER_TOKEN_STORE": f"file:{folder.as_posix()}"}
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "shared_token.py")],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "" == done.stderr
    assert "forms seen by each process: [4, 4, 4]\n" == done.stdout
    assert 1 == mock.token_requests


@pytest.mark.parametrize(
    ("kind", "path"), [("oauth2", "/reports/v2/forms"), ("apikey", "/reports/forms")]
)
def test_own_client_is_signed(
    kind: str,
    path: str,
    run: Run,
    mock: MockServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The user's own httpx client is accepted with either credential."""
    for name, value in mock.environ("apikey" if kind == "apikey" else "oauth2").items():
        monkeypatch.setenv(name, value)

    assert 0 == run("own_httpx_client", path)
    assert capsys.readouterr().out.startswith("200, ")
