"""`enboarder export list` and `preview` against the mock."""

from __future__ import annotations

import json

import pytest

from enboarder.cli.export.app import app
from enboarder.mock import MockServer
from tests.cli.conftest import Run, Terminal

SECRET_WORDS = ("key", "secret", "token", "password")


def test_every_command_has_an_example() -> None:
    """A user finds in the help what to type."""
    missing = [
        one.name
        for one in app.registered_commands
        if "enboarder export" not in str(one.epilog)
    ]
    assert [] == missing


@pytest.mark.parametrize("word", ["list", "preview", "files"])
def test_no_secret_is_in_a_flag(run: Run, word: str) -> None:
    """Flags are seen by everybody on the machine; --secret-stdin holds none."""
    shown = run("export", word, "--help").output
    flags = [one for one in shown.split() if one.startswith("--")]
    named = [one for one in flags if any(name in one for name in SECRET_WORDS)]

    assert {"--secret-stdin"} == set(named)


@pytest.mark.usefixtures("reports")
def test_reports_are_listed(run: Run) -> None:
    """Forms and workflows, with the ids by which they are exported."""
    listed = json.loads(run("export", "list", "--json").output)["reports"]

    assert [
        {"kind": "form", "id": "form-1", "name": "First day"},
        {"kind": "workflow", "id": "flow-1", "name": "Onboarding"},
    ] == listed


@pytest.mark.usefixtures("reports")
def test_a_preview_has_columns_and_rows(run: Run) -> None:
    """With types, and the share of empty cells."""
    ended = run("export", "preview", "form-1", "--rows", "2", "--json")
    shown = json.loads(ended.output)
    start = shown["columns"][1]

    assert 0 == ended.code
    assert ("startDate", "date", "First day") == (
        start["name"],
        start["type"],
        start["label"],
    )
    assert 0.33 == round(start["empty"], 2)
    assert ["E-1", "E-2"] == [row["externalId"] for row in shown["rows"]]
    assert (3, True) == (shown["read"], shown["is_complete"])


def test_a_preview_takes_filters(run: Run, reports: MockServer) -> None:
    """One that the service does not know may do nothing, so it is called so."""
    refused = run("export", "preview", "form-1", "--filter", "nextKey=2")
    requests = len(reports.requests)
    shown = run("export", "preview", "form-1", "--filter", "office=Berlin", "--json")

    assert (2, 0) == (refused.code, requests)
    assert 0 == shown.code
    assert {"office": "Berlin"} == reports.requests[-1].query
    assert "not documented" in shown.errors


@pytest.mark.usefixtures("reports")
def test_a_preview_is_two_tables_on_a_terminal(terminal: Terminal) -> None:
    """One of the columns, and one of the rows."""
    ended = terminal.run("export", "preview", "form-1")

    assert 0 == ended.code
    assert "33%" in ended.output
    assert ended.output.index("First day") < ended.output.index("E-1")


@pytest.mark.parametrize("word", ["nothing", "workflow:form-1", "table:form-1"])
def test_a_report_that_does_not_exist_is_refused(
    run: Run, reports: MockServer, word: str
) -> None:
    """No row is requested."""
    ended = run("export", "preview", word)
    operations = [one.operation for one in reports.requests]

    assert 2 == ended.code
    assert word in ended.errors
    assert "reports.get_form_data" not in operations


@pytest.mark.parametrize("kind", ["form", "workflow"])
def test_an_id_of_two_reports_needs_its_kind(
    run: Run, reports: MockServer, kind: str
) -> None:
    """Neither is guessed."""
    reports.add_workflow_report("form-1", [{"status": "Done"}])
    refused = run("export", "preview", "form-1")
    shown = run("export", "preview", f"{kind}:form-1", "--json")

    assert 2 == refused.code
    assert f"{kind}:form-1" in refused.errors
    assert kind == json.loads(shown.output)["kind"]
