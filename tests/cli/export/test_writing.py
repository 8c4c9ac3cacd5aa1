"""`enboarder export files` against the mock."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from enboarder.cli.export.progress import Lines, Speed
from enboarder.export import Progress, form
from enboarder.mock import MockServer, faults
from tests.cli.conftest import Run, Terminal
from tests.cli.export.conftest import FIELDS, ROWS, read_lines, read_table
from tests.conftest import FakeClock

KEY = "a-key-of-sixteen-characters"
FORM = ("export", "files", "form-1", "--to", "out")


def only_file(folder: Path, pattern: str) -> Path:
    """Return the one file with a name like that."""
    (found,) = folder.glob(pattern)
    return found


@pytest.mark.usefixtures("reports")
def test_every_report_is_exported(run: Run, home: Path) -> None:
    """Without a name, each gets a file, which the document describes."""
    ended = run("export", "files", "--to", "out", "--json")
    document = json.loads(ended.output)
    files = {one["id"]: one for one in document["files"]}

    assert 0 == ended.code
    assert {"form-1": 3, "flow-1": 2} == {one: files[one]["rows"] for one in files}
    for one in files.values():
        content = (home / "out" / one["file"]).read_bytes()
        assert one["sha256"] == hashlib.sha256(content).hexdigest()
    assert ROWS == read_lines(home / "out" / files["form-1"]["file"])


@pytest.mark.usefixtures("reports")
def test_only_the_reports_that_are_named_are_exported(run: Run, home: Path) -> None:
    """As often as they are named."""
    ended = run(*FORM, "form:form-1", "--format", "csv")
    rows = read_table(only_file(home / "out", "*.csv"))

    assert 0 == ended.code
    assert ["E-1", "E-2", "'=1+1"] == [row["externalId"] for row in rows]


@pytest.mark.usefixtures("reports")
def test_fields_are_left_out_and_hashed(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key of the hashes comes from the environment, and is shown nowhere."""
    monkeypatch.setenv("ENBOARDER_HASH_KEY", KEY)
    ended = run(*FORM, "--exclude", "salary", "--hash", "externalId")
    rows = read_lines(only_file(home / "out", "*.jsonl"))

    assert 0 == ended.code
    assert ["externalId", "startDate"] == list(rows[0])
    assert "E-1" not in [row["externalId"] for row in rows]
    assert KEY not in ended.output + ended.errors


@pytest.mark.parametrize(
    ("key", "reason"), [("", "is not set"), ("fifteen-letters", "is too short")]
)
def test_hashes_without_a_good_key_are_refused(
    run: Run,
    reports: MockServer,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    reason: str,
) -> None:
    """A hash of a number is guessed in no time, unless it has a long key."""
    monkeypatch.setenv("ENBOARDER_HASH_KEY", key)
    ended = run(*FORM, "--hash", "externalId")

    assert 2 == ended.code
    assert f"ENBOARDER_HASH_KEY {reason}" in ended.errors
    assert [] == reports.requests


@pytest.mark.parametrize(
    ("policy", "code", "columns"), [("fail", 6, 3), ("add", 0, 4), ("ignore", 0, 3)]
)
def test_changed_columns_are_an_exit_code_or_a_policy(
    run: Run,
    home: Path,
    reports: MockServer,
    policy: str,
    code: int,
    columns: int,
) -> None:
    """The old file stays if the policy is to fail."""
    words = (*FORM, "--format", "csv")
    run(*words)
    laptop = {"fieldName": "laptop", "label": "Laptop", "datatype": "text"}
    rows = [{**row, "laptop": "Small"} for row in ROWS]
    reports.add_form("form-1", rows, fields=[*FIELDS, laptop])
    ended = run(*words, "--on-drift", policy)

    assert code == ended.code
    assert "laptop" in ended.errors
    assert columns == len(read_table(only_file(home / "out", "*.csv"))[0])


@pytest.mark.parametrize("words", ["name", "=value"])
def test_a_filter_without_a_name_or_value_is_refused(
    run: Run, reports: MockServer, words: str
) -> None:
    """Before anything is requested."""
    ended = run(*FORM, "--filter", words)

    assert 2 == ended.code
    assert [] == reports.requests


def test_a_filter_is_sent_and_called_undocumented(
    run: Run, reports: MockServer
) -> None:
    """Nobody knows what the service does with it."""
    ended = run(*FORM, "--filter", "from=2027-01-01")
    operation = "reports.get_form_data"
    sent = [one.query for one in reports.requests if one.operation == operation]

    assert 0 == ended.code
    assert [{"from": "2027-01-01"}] == sent
    assert "not documented" in ended.errors


def test_a_failed_run_is_continued(run: Run, home: Path, reports: MockServer) -> None:
    """The next run fetches the page that failed and those behind it."""
    reports.add_form("form-1", 1203, fields=FIELDS)
    failure = faults.server_error(500)
    reports.fail("reports.get_form_data", failure, after=2)
    first = run(*FORM)
    second = run(*FORM, "--json")
    operations = [one.operation for one in reports.requests]

    assert (1, 0) == (first.code, second.code)
    assert [True] == [
        one["was_continued"] for one in json.loads(second.output)["files"]
    ]
    assert 1203 == len(read_lines(only_file(home / "out", "*.jsonl")))
    # Three pages, and the one that failed.
    assert 4 == operations.count("reports.get_form_data")


def test_a_run_that_is_interrupted_says_how_to_go_on(
    run: Run, reports: MockServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C and SIGTERM end it with code 130."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("enboarder.export.run.export_reports", interrupted)
    ended = run(*FORM)

    assert 130 == ended.code
    assert "same command again" in ended.errors


@pytest.mark.usefixtures("reports")
def test_progress_on_a_terminal_has_rows_a_second(
    terminal: Terminal, reports: MockServer
) -> None:
    """The name of a report is neither markup nor a command for the terminal."""
    name = "[red]First day\x1b[2J"
    reports.add_form("form-1", 1203, fields=FIELDS, name=name)
    ended = terminal.run(*FORM, columns=100)

    assert 0 == ended.code
    assert "[red]First day" in ended.output
    assert "\x1b[2J" not in ended.output
    assert "1,203 rows" in ended.output
    assert "rows a second" in ended.output


def test_a_line_is_said_for_every_100000_rows(
    capsys: pytest.CaptureFixture[str], time: FakeClock
) -> None:
    """With rows a second, in which the rows of an earlier run do not count."""
    show = Lines(Speed(time.clock.monotonic))
    for rows in (250_000, 299_999, 300_000, 300_500, 400_000):
        show(Progress(form("f"), rows, 1))
        time.pass_time(10)
    said = capsys.readouterr().err.splitlines()

    assert [
        "300000 rows so far, 2,500 rows a second",
        "400000 rows so far, 3,750 rows a second",
    ] == said
