"""A reader who copies the blocks of a page gets what the page shows."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest

from enboarder.mock import MockServer
from tests.docs.pages import GUIDES, PAGES, files_of, name_of, python_blocks

# Their blocks need libraries of their own; tests/export/guides runs them.
ELSEWHERE = {GUIDES / "notebook.md", GUIDES / "warehouse.md"}
WITH_CODE = [page for page in PAGES if python_blocks(page) and page not in ELSEWHERE]


@pytest.fixture
def environment(mock: MockServer, monkeypatch: pytest.MonkeyPatch) -> MockServer:
    """Set the variables that `from_env()` reads."""
    for name, value in mock.environ("oauth2").items():
        monkeypatch.setenv(name, value)
    return mock


def run(code: str) -> None:
    """Run a block as a program of its own."""
    program = compile(code, "<documentation>", "exec")
    exec(program, {"__name__": "__main__"})  # noqa: S102


def matches(shown: str, printed: str) -> bool:
    """Compare an output with the one that a page shows, in which … is anything."""
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, printed) is not None


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("page", WITH_CODE, ids=name_of)
def test_blocks_of_a_page_print_what_the_page_shows(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All blocks run in their order, and each output is the one below the block.

    They run in a folder with the files that the page shows.
    """
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("ENBOARDER_LEDGER", str(tmp_path / "data" / "ledger.sqlite"))
    monkeypatch.chdir(tmp_path)
    for name, text in files_of(page).items():
        Path(name).write_text(text, "utf-8")
    for block in python_blocks(page):
        run(block.code)
        printed = capsys.readouterr().out
        if not matches(block.output, printed):
            assert block.output == printed
