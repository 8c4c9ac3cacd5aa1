"""The documentation does what it says."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from enboarder.mock import MockServer

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINKING = [*PAGES, *(ROOT / f"{name}.md" for name in ("CONTRIBUTING", "SECURITY", "CHANGELOG"))]
BLOCKS = [
    pytest.param(code, id=f"{page.name}-{number}")
    for page in PAGES
    for number, code in enumerate(re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL), 1)
]


@pytest.fixture(scope="module")
def mock() -> Iterator[MockServer]:
    with MockServer(form_rows=3) as server:
        yield server


@pytest.mark.parametrize("code", BLOCKS)
def test_code_blocks_run_against_the_stand_in_service(
    code: str,
    mock: MockServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A reader who copies a block gets what it promises, and no error."""
    for name, value in mock.environ("oauth2").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    exec(compile(code, "<documentation>", "exec"), {"__name__": "__main__"})  # noqa: S102
    if "print(" in code:
        assert capsys.readouterr().out


def test_every_relative_link_leads_somewhere() -> None:
    """No page links to a file or a heading that does not exist, or shows a picture that does not."""
    links = [
        (page, link) for page in LINKING for link in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text("utf-8"))
    ]
    assert len(links) > 20
    assert [(page.name, link) for page, link in links if not _leads_somewhere(page, link)] == []


def _leads_somewhere(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(page: Path) -> list[str]:
    """What GitHub makes of headings."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings]


def test_the_readme_reaches_the_first_call_before_line_30() -> None:
    """A newcomer sees a working call on the first screen."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert next(number for number, line in enumerate(lines, 1) if "launch_basic(" in line) < 30
