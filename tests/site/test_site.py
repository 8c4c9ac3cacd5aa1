"""The built site works by itself, everywhere and for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from enboarder.contract import whole
from enboarder.contract.walk import Operation, operations
from scripts.layout import ROOT
from scripts.npm import node
from scripts.publish.site import SITE

AXE = node.PACKAGES / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "build" / "screenshots"
NAMES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
REFERENCE = "reference.html"
KINDS = [
    "index.html",
    "error-catalogue.html",
    "guides/importing.html",
    "guides/models.html",
    "guides/quickstart-ipaas.html",
    "project/evidence.html",
    "python-clients.html",
    REFERENCE,
]
"""One page of each kind."""
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
OPERATIONS = list(operations(whole()))
EVIDENCE = sorted({one.node["x-evidence"] for one in OPERATIONS})
ONE_LINE = 34
"""The height of a link of one line, in pixels; a second line adds 16."""

SENDING = re.compile(r"test request|send|ask ai|generate mcp", re.IGNORECASE)


class Links(HTMLParser):
    """What a page links to, and where it can be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if not value:
                continue
            if name in ("id", "name"):
                self.anchors.add(value)
            if name in ("href", "src") and tag != "base":
                self.links.append(value)


PARSED = {name: Links(SITE / name) for name in NAMES}


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """A kind of screen."""
    return str(request.param)


@pytest.fixture
def page(browser: Browser, size: str) -> Iterator[Page]:
    """A page of the browser, on each kind of screen."""
    width, height = SIZES[size]
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        yield context.new_page()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    """A page of the browser on a desktop."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page of the browser on a phone."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        yield context.new_page()


def open_page(page: Page, url: str) -> None:
    """Open a page, and wait until all of it is there."""
    page.goto(url)
    if url.endswith(REFERENCE):
        first = next(operations(whole())).node["summary"]
        page.wait_for_selector(f"text={first}", state="attached")


def open_operation(page: Page, address: str, operation: Operation) -> None:
    """Open the reference at one operation."""
    (tag,) = operation.node["tags"]
    method = operation.method.upper()
    page.goto(f"{address}{REFERENCE}#tag/{tag}/{method}{operation.path}")
    page.locator(f"section[id$='{method}{operation.path}']").wait_for()


def test_there_is_a_page_for_every_guide() -> None:
    """Nothing that is written in docs/ is left out."""
    docs = ROOT / "docs"
    expected = {
        path.relative_to(docs).with_suffix(".html").as_posix()
        for path in docs.rglob("*.md")
    }

    assert expected <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_link_is_dead(name: str) -> None:
    """Every page, file and heading that a page links to is there."""
    assert [] == [link for link in PARSED[name].links if not is_alive(name, link)]


def is_alive(name: str, link: str) -> bool:
    if urlsplit(link).scheme:
        return not re.search(r"127\.0\.0\.1|localhost", link)
    target = urlsplit(urljoin(f"/{name}", link))
    path = unquote(target.path).lstrip("/") or "index.html"
    if not (SITE / path).is_file():
        return False
    if not target.fragment or path == REFERENCE:
        return True
    return unquote(target.fragment) in PARSED[path].anchors


@pytest.mark.parametrize("name", NAMES)
def test_a_page_loads_nothing_from_elsewhere(
    name: str, phone: Page, address: str
) -> None:
    """All that it loads comes from where it is, and nothing fails on the way."""
    requested: list[str] = []
    errors: list[str] = []
    phone.on("request", lambda request: requested.append(request.url))
    phone.on("pageerror", lambda error: errors.append(str(error)))
    phone.on("requestfailed", lambda request: errors.append(request.url))
    phone.on(
        "console",
        lambda line: errors.append(line.text) if line.type == "error" else None,
    )
    open_page(phone, address + name)
    phone.wait_for_load_state("networkidle")
    own = (address, "data:", "blob:")

    assert [] == [url for url in requested if not url.startswith(own)]
    assert [] == errors


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_a_phone(name: str, phone: Page, address: str) -> None:
    """At 390 pixels nothing sticks out."""
    open_page(phone, address + name)
    phone.wait_for_load_state("networkidle")

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_contrast_is_enough(
    name: str, scheme: Literal["light", "dark"], browser: Browser, address: str
) -> None:
    """WCAG AA is kept in both colour schemes."""
    with browser.new_context(color_scheme=scheme, reduced_motion="reduce") as context:
        page = context.new_page()
        open_page(page, address + name)
        page.wait_for_load_state("networkidle")
        page.wait_for_function(
            "document.getAnimations().every(one => one.playState !== 'running')"
        )
        page.add_script_tag(path=AXE)
        result = page.evaluate("axe.run({runOnly: ['color-contrast']})")
    found = []
    for violation in result["violations"]:
        found += [node["target"] for node in violation["nodes"]]

    assert [] == found


def test_a_reader_gets_around(desktop: Page, address: str) -> None:
    """From the first page every page of the navigation can be reached by a click."""
    desktop.goto(address)
    links = desktop.locator("nav a[href$='.html']").evaluate_all(
        "all => [...new Set(all.map(a => a.href))]"
    )
    inside = {link.removeprefix(address) for link in links if link.startswith(address)}
    assert {"guides/quickstart-python.html", "guides/models.html"} <= inside
    for name in sorted(inside):
        desktop.goto(address)
        desktop.locator(f"nav a[href$='{name}']").first.evaluate("a => a.click()")
        desktop.wait_for_url(f"**/{name}")
        assert desktop.locator("h1").first.inner_text()


def test_search_finds_a_page(desktop: Page, address: str) -> None:
    """It works without a service."""
    desktop.goto(address)
    desktop.wait_for_load_state("networkidle")
    desktop.get_by_role("button", name="Search").click()
    desktop.get_by_role("combobox", name="Search").fill("Insomnia")
    desktop.get_by_role("option", name="Importing").first.wait_for()


def test_the_reference_has_every_operation(desktop: Page, address: str) -> None:
    """A reader finds each path."""
    open_page(desktop, address + REFERENCE)
    content = desktop.content()
    missing = [one.path for one in operations(whole()) if one.path not in content]

    assert [] == missing


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_an_operation_of_the_reference_shows_its_evidence(
    evidence: str, desktop: Page, address: str
) -> None:
    """A reader of one operation sees how sure it is, without the legend."""
    one = next(one for one in OPERATIONS if one.node["x-evidence"] == evidence)
    open_operation(desktop, address, one)
    section = desktop.locator(f"section[id$='{one.method.upper()}{one.path}']")

    assert section.get_by_text(f"evidence: {evidence}", exact=True).is_visible()


@pytest.mark.parametrize("tag", [tag["name"] for tag in whole()["tags"]])
def test_a_title_fits_one_line_of_the_navigation(
    tag: str, desktop: Page, address: str
) -> None:
    """A title has no full stop and no need of a second line."""
    listed = [one for one in OPERATIONS if one.node["tags"] == [tag]]
    open_operation(desktop, address, listed[0])
    last = listed[-1].node["summary"]
    links = desktop.locator("[class*=sidebar] a")
    links.filter(has_text=last).first.wait_for()
    heights = links.evaluate_all("all => all.map(a => a.offsetHeight)")

    assert max(heights) <= ONE_LINE


def test_the_reference_sends_nothing(desktop: Page, address: str) -> None:
    """No button would send a key from the page."""
    open_page(desktop, address + REFERENCE)
    buttons = desktop.locator("button").all_inner_texts()

    assert [] == [text for text in buttons if SENDING.search(text)]


@pytest.mark.parametrize("name", KINDS)
def test_screenshots(name: str, size: str, page: Page, address: str) -> None:
    """A person can look at every kind of page, as a desktop and a phone show it."""
    open_page(page, address + name)
    path = SCREENSHOTS / f"{Path(name).stem}-{size}.png"
    page.screenshot(path=path)

    assert path.stat().st_size > 10_000
