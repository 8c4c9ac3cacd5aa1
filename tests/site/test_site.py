"""The built site works by itself, everywhere and for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from enboarder.contract import operations, whole
from tests.site.conftest import ROOT, SITE

AXE = ROOT / "scripts" / "site" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "build" / "screenshots"
NAMES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
KINDS = [
    "index",
    "quickstart-ipaas",
    "error-catalogue",
    "evidence",
    "importing",
    "python-clients",
    "models",
]
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
REFERENCE = "reference.html"


class Links(HTMLParser):
    """What a page links to, and where it can be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.anchors.add(value)
            if (name in ("href", "src") and value) and tag != "base":
                self.links.append(value)


PARSED = {name: Links(SITE / name) for name in NAMES}


@pytest.fixture(params=SIZES)
def sized(
    request: pytest.FixtureRequest, browser: Browser
) -> Iterator[tuple[str, Page]]:
    width, height = SIZES[request.param]
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        yield request.param, context.new_page()


def opened(page: Page, url: str) -> None:
    page.goto(url)
    if url.endswith(REFERENCE):
        page.wait_for_selector(
            "text=Launch a workflow for one employee with one manager", state="attached"
        )


def test_there_is_a_page_for_every_guide() -> None:
    """Nothing that is written in docs/ is left out."""
    assert {f"{path.stem}.html" for path in (ROOT / "docs").glob("*.md")} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_link_is_dead(name: str) -> None:
    """Every page, file and heading that a page links to is there."""
    assert [link for link in PARSED[name].links if not _alive(name, link)] == []


def _alive(name: str, link: str) -> bool:
    if urlsplit(link).scheme:
        return not re.search(r"127\.0\.0\.1|localhost", link)
    target = urlsplit(urljoin(f"/{name}", link))
    path = unquote(target.path).lstrip("/") or "index.html"
    if not (SITE / path).is_file():
        return False
    return (
        not target.fragment
        or path == REFERENCE
        or unquote(target.fragment) in PARSED[path].anchors
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_page_stands_alone_and_fits_a_phone(
    name: str, browser: Browser, address: str
) -> None:
    """All that it loads comes from where it lies, nothing fails on the way, and at 390 pixels nothing sticks out."""
    asked: list[str] = []
    said: list[str] = []
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on(
            "console",
            lambda message: (
                said.append(message.text) if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
        opened(page, address + name)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert [
        url for url in asked if not url.startswith((address, "data:", "blob:"))
    ] == []
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*(f"{kind}.html" for kind in KINDS), REFERENCE])
def test_contrast_is_enough(
    name: str, scheme: str, browser: Browser, address: str
) -> None:
    """WCAG AA, in both schemes."""
    with browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        opened(page, address + name)
        page.wait_for_load_state("networkidle")
        page.wait_for_function(
            "document.getAnimations().every(one => one.playState !== 'running')"
        )
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run({runOnly: ['color-contrast']})")["violations"]
    assert [
        (node["target"], node["html"][:120]) for one in found for node in one["nodes"]
    ] == []


def test_a_reader_gets_around(browser: Browser, address: str) -> None:
    """From the first page to every page of the navigation, by clicks."""
    page = browser.new_page()
    page.goto(address)
    links = page.locator("nav a[href$='.html']").evaluate_all(
        "all => [...new Set(all.map(a => a.href))]"
    )
    wanted = {re.sub(r"^.*/", "", link) for link in links}
    assert {
        "quickstart-python.html",
        "quickstart-data.html",
        "authentication.html",
        "models.html",
    } <= wanted
    for link in sorted(wanted):
        page.locator(f"nav a[href$='{link}']").first.evaluate("a => a.click()")
        page.wait_for_url(f"**/{link}")
        assert page.locator("h1").first.inner_text()
    page.close()


def test_search_finds_a_page(browser: Browser, address: str) -> None:
    """It works without a service."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("combobox", name="Search").fill("Insomnia")
        page.get_by_role("option", name="Importing").first.wait_for()


def test_the_reference_has_every_operation_and_sends_nothing(
    browser: Browser, address: str
) -> None:
    """All operations are there, and no button that would send a key from a page."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        opened(page, address + REFERENCE)
        shown = page.content()
        buttons = page.locator("button").all_inner_texts()
    assert [path for path, *_ in operations(whole()) if path not in shown] == []
    assert [
        text
        for text in buttons
        if re.search(r"test request|send|ask ai|generate mcp", text, re.IGNORECASE)
    ] == []


@pytest.mark.parametrize("name", [*(f"{kind}.html" for kind in KINDS), REFERENCE])
def test_screenshots(name: str, sized: tuple[str, Page], address: str) -> None:
    """A person can look at every kind of page, as a desktop and a phone show it."""
    size, page = sized
    opened(page, address + name)
    path = SCREENSHOTS / f"{Path(name).stem}-{size}.png"
    page.screenshot(path=path)
    assert path.stat().st_size > 10_000
