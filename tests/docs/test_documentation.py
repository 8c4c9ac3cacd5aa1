"""The documentation does what it says."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from enboarder import Enboarder, ServerError
from enboarder.mock import MockServer, faults

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


def test_export_that_was_killed_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """quickstart-data: after a page that never came, the next run reads the rest; each row is there once, in its order."""
    (code,) = re.findall(
        r"```python\n([^`]*form\.place.*?)```", (ROOT / "docs/quickstart-data.md").read_text("utf-8"), re.DOTALL
    )
    monkeypatch.setattr(tempfile, "mkdtemp", lambda: str(tmp_path))
    with MockServer(form_rows=1203) as mock:
        for name, value in mock.environ("oauth2").items():
            monkeypatch.setenv(name, value)
        mock.fail("reports.get_form_data", faults.server_error(500), after=2)
        with pytest.raises(ServerError):
            exec(compile(code, "<documentation>", "exec"), {"__name__": "__main__"})  # noqa: S102
        with (tmp_path / "form.partial").open("ab") as file:
            file.write(b'{"half": ')  # of a row that was written when the end came
        exec(compile(code, "<documentation>", "exec"), {"__name__": "__main__"})  # noqa: S102
        with Enboarder.from_env() as enboarder:
            rows = [row.to_dict() for row in enboarder.reports.iter_form_data("4mkVzc9OX")]

    assert rows == [json.loads(line) for line in (tmp_path / "form.jsonl").read_bytes().splitlines()]
    assert [path.name for path in tmp_path.iterdir()] == ["form.jsonl"]
    asked = [one.query for one in mock.requests if one.operation == "reports.get_form_data"]
    assert len(asked) == 3 + 1 + 3  # three pages with one refusal, then three of the comparison


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
