"""The examples do their job against the stand-in service."""

from __future__ import annotations

import csv
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from enboarder.mock import MockServer, faults

pytestmark = pytest.mark.untraced

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
COVERED = {
    "hire_from_csv",
    "export_form",
    "move_start_date",
    "provision_users",
    "shared_token",
    "own_httpx_client",
}
HIRE = "external_id,name,email,manager_name,manager_email,start_date\n"


@pytest.fixture(autouse=True)
def _environment(mock: MockServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REGION", "API_KEY", "TOKEN_STORE"):
        monkeypatch.delenv(f"ENBOARDER_{name}", raising=False)
    for name, value in mock.environ("oauth2").items():
        monkeypatch.setenv(name, value)


def run(name: str, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", [name, *arguments])
    try:
        runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


def test_every_example_is_run_here() -> None:
    """A new example gets a test."""
    assert {path.stem for path in EXAMPLES.glob("*.py")} == COVERED


def hires(folder: Path, *ids: str) -> str:
    path = folder / "hires.csv"
    rows = [
        f"{one},Alex Example,alex@example.com,Morgan Sample,morgan@example.com,2027-01-12\n"
        for one in ids
    ]
    path.write_text(HIRE + "".join(rows), "utf-8")
    return str(path)


def test_hires_are_launched_once_although_the_job_is_run_again(
    mock: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was launched, or perhaps was, is not sent again; what was refused is."""
    path = hires(tmp_path, "A-1", "A-2", "A-3")
    mock.fail("workflows.launch_basic", faults.drop())
    mock.fail("workflows.launch_basic", faults.server_error(500))
    assert [run("hire_from_csv", path, monkeypatch=monkeypatch) for _ in range(2)] == [
        1,
        1,
    ]  # one stays unknown
    assert ["A-1", "A-3"] == [one.external_id for one in mock.state.workflows]
    assert 3 == sum(one.operation == "workflows.launch_basic" for one in mock.requests)


def test_crash_between_sending_and_outcome_is_left_to_a_human(
    mock: MockServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An id in the log without an outcome is not sent again, and is told."""
    path = hires(tmp_path, "A-1", "A-2")
    Path(f"{path}.log").write_text(
        json.dumps({"external_id": "A-1", "state": "sending"}) + "\n"
    )
    run("hire_from_csv", path, monkeypatch=monkeypatch)
    assert ["A-2"] == [one.external_id for one in mock.state.workflows]
    assert "A-1: unknown" in capsys.readouterr().out


def test_wrong_row_stops_no_other(
    mock: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A date that is none is refused before anything is sent, and the next run takes it up when it was corrected."""
    path = Path(hires(tmp_path, "A-1", "A-2"))
    path.write_text(path.read_text().replace("2027-01-12", "12/01/2027", 1))
    run("hire_from_csv", str(path), monkeypatch=monkeypatch)
    hires(tmp_path, "A-1", "A-2")
    run("hire_from_csv", str(path), monkeypatch=monkeypatch)
    assert ["A-2", "A-1"] == [one.external_id for one in mock.state.workflows]


@pytest.mark.parametrize("ids", [("", "A-1"), ("A-1", " A-1")])
def test_rows_that_could_not_be_told_apart_send_nothing(
    ids: tuple[str, ...],
    mock: MockServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An id that is missing, or stands twice, ends the job before the first launch."""
    assert run("hire_from_csv", hires(tmp_path, *ids), monkeypatch=monkeypatch) == 1
    assert [] == mock.requests


def test_missing_column_sends_nothing(
    mock: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, and nobody is left unknown."""
    path = Path(hires(tmp_path, "A-2"))
    path.write_text(path.read_text().replace("manager_email", "boss"))
    assert run("hire_from_csv", str(path), monkeypatch=monkeypatch) == 1
    assert ([], False) == (mock.requests, Path(f"{path}.log").exists())


def test_line_that_a_crash_tore_says_nothing(
    mock: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was being sent before it stays unknown, and the job goes on."""
    path = hires(tmp_path, "A-1", "A-2")
    Path(f"{path}.log").write_text(
        '{"external_id": "A-1", "state": "sending"}\n{"external_id": "A-1", "sta'
    )
    for _ in range(2):
        assert run("hire_from_csv", path, monkeypatch=monkeypatch) == 1
    assert ["A-2"] == [one.external_id for one in mock.state.workflows]


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_form_is_exported_whole(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every row of every page is in the file, and nothing half is left."""
    target = tmp_path / name
    assert run("export_form", "4mkVzc9OX", str(target), monkeypatch=monkeypatch) == 0
    with target.open(encoding="utf-8", newline="") as file:
        rows = (
            list(csv.DictReader(file))
            if target.suffix == ".csv"
            else [json.loads(line) for line in file]
        )
    assert (1203, 1203) == (len(rows), len({row["personalEmail"] for row in rows}))
    assert [name] == os.listdir(tmp_path)


def test_export_that_fails_leaves_the_old_file(
    mock: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that cannot be read does not cost yesterday's export."""
    target = tmp_path / "rows.jsonl"
    target.write_text("yesterday")
    mock.fail("reports.get_form_data", faults.html())
    with pytest.raises(Exception, match="read"):
        run("export_form", "4mkVzc9OX", str(target), monkeypatch=monkeypatch)
    assert (["rows.jsonl"], "yesterday") == (os.listdir(tmp_path), target.read_text())


def test_start_date_is_moved(
    mock: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The running workflow has the new date; an unknown one is told by an exit code."""
    run("hire_from_csv", hires(tmp_path, "A-1"), monkeypatch=monkeypatch)
    assert [0, 1] == [
        run("move_start_date", one, "2027-01-19", monkeypatch=monkeypatch)
        for one in ("A-1", "B-1")
    ]
    assert ["2027-01-19"] == [one.details["nhstdt"] for one in mock.state.workflows]


def test_users_are_created_then_replaced(
    mock: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second run finds the users of the first, whatever the case of their names, and creates none."""
    path = tmp_path / "users.csv"
    for role, spelled in (("Reporter", "user"), ("Author", "USER")):
        rows = [
            f"{spelled}{number}@example.com,Sam,Example,{role}\n" for number in range(7)
        ]
        path.write_text("user_name,given_name,family_name,role\n" + "".join(rows))
        assert run("provision_users", str(path), monkeypatch=monkeypatch) == 0
    assert ["Author"] * 7 == [user["userType"] for user in mock.state.users.values()]


def test_user_that_is_refused_stops_no_other(
    mock: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are created, and the exit code tells."""
    path = tmp_path / "users.csv"
    rows = "a@example.com,Sam,Example,Boss\nb@example.com,Sam,Example,Reporter\n"
    path.write_text("user_name,given_name,family_name,role\n" + rows)
    assert run("provision_users", str(path), monkeypatch=monkeypatch) == 1
    assert ["b@example.com"] == [user["userName"] for user in mock.state.users.values()]


def test_processes_share_one_token(mock: MockServer, tmp_path: Path) -> None:
    """Three processes cost one token request."""
    folder = tmp_path / "tokens"
    environ = {**os.environ, "ENBOARDER_TOKEN_STORE": f"file:{folder.as_posix()}"}
    command = [sys.executable, str(EXAMPLES / "shared_token.py")]
    done = subprocess.run(
        command, env=environ, capture_output=True, text=True, check=False, timeout=60
    )
    assert ("forms seen by each process: [4, 4, 4]\n", "") == (done.stdout, done.stderr)
    assert 1 == mock.token_requests


@pytest.mark.parametrize("kind", ["oauth2", "apikey"])
def test_own_client_is_signed(
    kind: str,
    mock: MockServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An httpx client of the integrator's own gets in with either credential."""
    if kind == "apikey":
        monkeypatch.setenv("ENBOARDER_API_KEY", mock.api_key)
    path = "/reports/forms" if kind == "apikey" else "/reports/v2/forms"
    assert run("own_httpx_client", path, monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().out.startswith("200, ")
