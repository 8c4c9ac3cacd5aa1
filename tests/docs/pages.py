"""The pages of the documentation, as the tests read them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "guides"
PROJECT = ROOT / "docs" / "project"
README = ROOT / "README.md"

PAGES = [README, *sorted(GUIDES.glob("*.md")), *sorted(PROJECT.glob("*.md"))]
"""What a user reads."""

OWN_PAGES = [ROOT / f"{name}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY")]
"""What is about the project itself, next to the README."""

_PYTHON = re.compile(
    r"^```python\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL
)
_FILE = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```', re.MULTILINE | re.DOTALL)
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block of Python, and the output that the page shows below it."""

    code: str
    output: str


def text_of(page: Path) -> str:
    """Return the text of a page."""
    return page.read_text("utf-8")


def name_of(page: Path) -> str:
    """Return the path of a page from the root, as an id of a test."""
    return page.relative_to(ROOT).as_posix()


def python_blocks(page: Path) -> list[Block]:
    """Return the blocks of Python of a page, in their order."""
    return [Block(*found) for found in _PYTHON.findall(text_of(page))]


def files_of(page: Path) -> dict[str, str]:
    """Return the files that a page shows, by the names in their titles."""
    return dict(_FILE.findall(text_of(page)))


def shell_blocks(page: Path) -> list[str]:
    """Return the blocks of shell commands of a page."""
    return _SHELL.findall(text_of(page))


def section(page: Path, title: str) -> str:
    """Return what is under a heading, up to the next heading of any level."""
    found = re.search(
        rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)",
        text_of(page),
        re.MULTILINE | re.DOTALL,
    )
    assert found, f"{name_of(page)} has no heading {title!r}"
    return found[1]


def table(text: str, first_column: str) -> list[list[str]]:
    """Return the rows of the table whose first column has this heading."""
    lines = text.splitlines()
    heads = [
        number
        for number, line in enumerate(lines)
        if line.startswith(f"| {first_column} |")
    ]
    assert len(heads) == 1, f"{len(heads)} tables begin with {first_column!r}"
    rows: list[list[str]] = []
    for line in lines[heads[0] + 2 :]:
        if not line.startswith("|"):
            break
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        rows.append([cell.strip() for cell in cells])
    return rows


def words_in_code(text: str) -> list[str]:
    """Return what is in single backticks, in its order."""
    return re.findall(r"`([^`]+)`", _FENCED.sub("", text))
