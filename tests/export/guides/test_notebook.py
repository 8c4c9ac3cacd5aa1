"""A reader who runs the cells of the notebook page gets what the page shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import GUIDES, python_blocks
from tests.docs.test_code_blocks import matches

PAGE = GUIDES / "notebook.md"


def test_cells_of_the_page_print_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They run in their order, and each sees the names of those before it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in python_blocks(PAGE):
        exec(compile(block.code, PAGE.name, "exec"), names)  # noqa: S102
        printed = capsys.readouterr().out
        if not matches(block.output, printed):
            assert block.output == printed
    assert (tmp_path / "completions.png").stat().st_size > 10_000
