"""What `enboarder export warehouse` refuses before it needs dlt."""

from __future__ import annotations

import sys

import pytest

from enboarder.mock import MockServer
from tests.cli.conftest import Run


@pytest.mark.parametrize("word", ["form-1", "=externalId", "form-1="])
def test_a_key_without_a_report_or_a_field_is_refused(
    run: Run, reports: MockServer, word: str
) -> None:
    """Before anything is requested."""
    ended = run("export", "warehouse", "--key", word)

    assert 2 == ended.code
    assert word in ended.errors
    assert [] == reports.requests


def test_without_dlt_the_command_says_what_to_install(
    run: Run, reports: MockServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an extra, because it is large."""
    monkeypatch.setitem(sys.modules, "dlt", None)
    ended = run("export", "warehouse")
    operations = {one.operation for one in reports.requests}

    assert 2 == ended.code
    assert ".[dlt]" in ended.errors
    assert "reports.get_form_data" not in operations
