"""A reader who copies the blocks of the page on warehouses gets what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from enboarder.mock import MockServer
from tests.docs.pages import GUIDES, python_blocks


def test_blocks_of_the_page_print_what_the_page_shows(
    mock: MockServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """They run in their order, against the mock."""
    for name, value in mock.environ("oauth2").items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in python_blocks(GUIDES / "warehouse.md"):
        exec(compile(block.code, "warehouse.md", "exec"), names)  # noqa: S102
        assert block.output == capsys.readouterr().out
