"""Collect the pages of the site in build/pages, and let Zensical build build/site.

The folders of docs/ keep their names on the site, so that links between them hold.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.layout import ROOT
from scripts.publish import contract_pages, python_pages, scalar

PAGES = ROOT / "build" / "pages"
SITE = ROOT / "build" / "site"
ASSETS = Path(__file__).with_name("assets")
ROOT_PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")

# A link to examples, tests or .github: the site has none of these folders.
OUTSIDE = re.compile(
    r"\[([^\]]+)\]\((?:\.\./)*(?:examples|tests|\.github)(?:/[^)]*)?\)"
)
NEEDS_ADDRESS = ("404.html", "sitemap.xml")
"""Files of Zensical's that need the address of the site, which is not known."""


def collect() -> None:
    """Put everything that Zensical reads into build/pages."""
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    for path in (ROOT / "docs").rglob("*"):
        if path.is_file():
            _copy_guide(path)
    for name in ROOT_PAGES:
        _write(name, _from_root((ROOT / name).read_text("utf-8")))
    _write("index.md", _from_root((ROOT / "README.md").read_text("utf-8")))
    shutil.copy(ROOT / "LICENSE", PAGES / "LICENSE.txt")
    shutil.copytree(ROOT / "openapi", PAGES / "openapi")
    shutil.copytree(ASSETS, PAGES / "assets")
    for name, lines in _rendered():
        _write(f"{name}.md", "\n".join(lines) + "\n")
    navigation = (ROOT / "zensical.toml").read_text("utf-8")
    _write("llms.txt", "\n".join(contract_pages.llms(navigation)) + "\n")
    shutil.copy(scalar.PROGRAM, PAGES / "assets" / "scalar.js")
    _write("reference.html", scalar.reference(contract_pages.labelled()))


def build() -> int:
    """Build the site from the pages; return the exit code of Zensical."""
    shutil.rmtree(SITE, ignore_errors=True)
    program = Path(sys.executable).with_name("zensical")
    done = subprocess.run([program, "build"], cwd=ROOT, check=False)
    for name in NEEDS_ADDRESS:
        (SITE / name).unlink(missing_ok=True)
    return done.returncode


def _rendered() -> Iterator[tuple[str, Iterator[str]]]:
    yield "error-catalogue", contract_pages.catalogue()
    yield "api", contract_pages.api()
    yield "downloads", contract_pages.downloads()
    yield from python_pages.pages()


def _copy_guide(path: Path) -> None:
    name = path.relative_to(ROOT / "docs").as_posix()
    if path.suffix != ".md":
        (PAGES / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, PAGES / name)
        return
    text = _from_docs(path.read_text("utf-8"))
    if path.name == "evidence.md":
        text += "\n" + "\n".join(contract_pages.evidence())
    _write(name, text)


def _from_docs(text: str) -> str:
    """Make the links of a page in docs/guides or docs/project hold on the site."""
    text = OUTSIDE.sub(r"\1", text)
    text = text.replace("](../../openapi/renderings)", "](../downloads.md)")
    text = text.replace(
        "](../../openapi/renderings/errors.json)", "](../error-catalogue.md)"
    )
    text = text.replace("](../../README.md", "](../index.md")
    return text.replace("](../../", "](../")


def _from_root(text: str) -> str:
    """Make the links of a page in the root hold on the site."""
    text = OUTSIDE.sub(r"\1", text)
    text = text.replace("](README.md", "](index.md").replace("](docs/", "](")
    text = text.replace("](openapi/renderings)", "](downloads.md)")
    return text.replace("](LICENSE)", "](LICENSE.txt)")


def _write(name: str, text: str) -> None:
    path = PAGES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
