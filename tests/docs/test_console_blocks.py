"""A reader who types the commands of a guide sees what the guide shows.

They run in a pseudo-terminal against the mock, in a folder with the page's files.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from enboarder.mock import MockServer, faults
from tests.cli.conftest import Terminal
from tests.docs.pages import GUIDES, files_of, name_of, text_of

BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
ANSWER = re.compile(r"^Type \d+ to go on: (\d+)\n", re.MULTILINE)
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
COLUMNS = 100
PAGES = [page for page in sorted(GUIDES.glob("*.md")) if BLOCK.search(text_of(page))]


class Command(NamedTuple):
    """A command of a guide, and what the guide shows below it."""

    words: list[str]
    shown: str
    typed: list[str]


def commands_of(page: Path) -> Iterator[Command]:
    """Yield the commands of a page, in their order."""
    for block in BLOCK.findall(text_of(page)):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, shown = part.partition("\n")
            program, *words = shlex.split(line, comments=True)
            assert "enboarder" == program
            typed = [f"{answer}\n" for answer in ANSWER.findall(shown)]
            yield Command(words, ANSWER.sub(r"Type \1 to go on:…", shown), typed)


def plain(text: str) -> str:
    """Return what a terminal showed, without control sequences and line ends."""
    text = CONTROL.sub("", text).replace("\r", "")
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def matches(shown: str, printed: str) -> bool:
    """Compare an output with the one that a page shows, in which … is anything."""
    parts = map(re.escape, plain(shown).split("…"))
    return re.fullmatch(".*".join(parts), plain(printed), re.DOTALL) is not None


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mock: MockServer) -> Path:
    """A folder, and the variables of an account."""
    for name, value in mock.environ("apikey").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ENBOARDER_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("ENBOARDER_LEDGER", str(tmp_path / "data" / "ledger.sqlite"))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_of_a_page_show_what_the_page_shows(
    page: Path, home: Path, mock: MockServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each in its order, with what a person types.

    A file that a page shows again was edited in between.
    """
    terminal = Terminal(monkeypatch)
    for name, text in files_of(page).items():
        Path(name).write_text(text, "utf-8")
    if page.name == "jobs.md":
        # It shows what to do after an answer was lost.
        mock.fail("workflows.launch_basic", faults.drop(carried_out=False), after=1)
    for command in commands_of(page):
        ended = terminal.run(*command.words, typed=command.typed, columns=COLUMNS)
        # What is typed ahead is echoed before the command has said anything.
        printed = plain(ended.output).removeprefix("".join(command.typed))
        if not matches(command.shown, printed):
            assert plain(command.shown) == printed
