"""A reader can follow every link, and reaches the first call soon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import OWN_PAGES, PAGES, README, name_of, python_blocks, text_of

LINK = re.compile(r"\]\((?!https?:)([^)]+)\)")


def anchors(page: Path) -> list[str]:
    """Return the anchors that GitHub makes of headings."""
    headings = re.findall(r"^#+ (.*)$", text_of(page), re.MULTILINE)
    plain = [re.sub(r"[^\w -]", "", heading) for heading in headings]
    return [heading.strip().lower().replace(" ", "-") for heading in plain]


def leads_somewhere(page: Path, link: str) -> bool:
    """Whether the file and the heading of a link exist."""
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target)


def dead_links(page: Path) -> Iterator[str]:
    """Yield the links of a page that lead nowhere."""
    for link in LINK.findall(text_of(page)):
        if not leads_somewhere(page, link):
            yield link


@pytest.mark.parametrize("page", [*PAGES, *OWN_PAGES], ids=name_of)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    """No page links to a file, a heading or a picture that does not exist."""
    assert [] == list(dead_links(page))


def test_every_page_is_linked_from_another() -> None:
    """A reader finds every page."""
    linked = set()
    for page in [*PAGES, *OWN_PAGES]:
        for link in LINK.findall(text_of(page)):
            linked.add((page.parent / link.partition("#")[0]).resolve())
    assert [] == [name_of(page) for page in PAGES[1:] if page not in linked]


def test_first_call_is_on_the_first_screen() -> None:
    """A newcomer sees a working call before line 30."""
    first_block = python_blocks(README)[0].code
    before, _, _ = text_of(README).partition("launch_basic(")
    assert "launch_basic(" in first_block
    assert before.count("\n") + 1 < 30
