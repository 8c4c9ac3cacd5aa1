"""Build the site into build/site: `python scripts/pages.py`, in the environment of the group `docs`.

The guides are those of docs/, scripts/contract_pages.py writes what the contract decides. Zensical makes HTML of both.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import scalar
from contract_pages import api, catalogue, downloads, evidence, labelled, llms
from environment import ROOT
from node import INSTALL, tools

PAGES, SITE = ROOT / "build" / "pages", ROOT / "build" / "site"
OWN_PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")

PYTHON_REFERENCE = {
    "clients": (
        "Clients",
        ["enboarder.client.Enboarder", "enboarder.client.AsyncEnboarder", "enboarder.retry.RetryPolicy"],
    ),
    "resources": (
        "Resources",
        [
            f"enboarder_api.api.{name}.{name.title()}Resource"
            for name in ("workflows", "profiles", "reports", "users", "brands")
        ],
    ),
    "credentials": (
        "Credentials and stores",
        [
            "enboarder.credentials.ApiKey",
            "enboarder.credentials.ClientCredentials",
            "enboarder_api.contract.Region",
            "enboarder.stores.file.FileStore",
            "enboarder.stores.redis.RedisStore",
            "enboarder.stores.base.Store",
        ],
    ),
    "errors": ("Errors", ["enboarder.errors"]),
}
"""Pages that mkdocstrings fills from docstrings: title, and what is on it."""

CLIENT = "\n    options:\n      inherited_members: true\n      show_bases: false"
"""A client shows what it has from bases that are nobody's business."""


def guides() -> None:
    """The pages that stand as Markdown in the repository, with links that hold here."""
    for page in (ROOT / "docs").iterdir():
        if page.suffix != ".md":
            shutil.copy(page, PAGES)
            continue
        text = unlinked(page.read_text("utf-8")).replace("(../openapi/renderings)", "(downloads.md)")
        text = text.replace("(../openapi/renderings/errors.json)", "(error-catalogue.md)")
        text = re.sub(r"\]\(\.\./(?!openapi)", "](", text.replace("](../openapi/", "](openapi/"))
        if page.name == "evidence.md":
            text += "\n" + "\n".join(evidence())
        (PAGES / page.name).write_text(text.replace("](README.md", "](index.md"), "utf-8")
    readme = unlinked((ROOT / "README.md").read_text("utf-8"))
    (PAGES / "index.md").write_text(readme.replace("](docs/", "](").replace("](LICENSE)", "](LICENSE.txt)"), "utf-8")
    for name in OWN_PAGES:
        (PAGES / name).write_text(unlinked((ROOT / name).read_text("utf-8")).replace("](docs/", "]("), "utf-8")
    shutil.copy(ROOT / "LICENSE", PAGES / "LICENSE.txt")
    shutil.copytree(ROOT / "openapi", PAGES / "openapi")
    shutil.copytree(scalar.PACKAGES / "assets", PAGES / "assets")


def unlinked(text: str) -> str:
    """The text with the folders that the site lacks named, not linked."""
    return re.sub(r"\[([^\]]+)\]\((?:\.\./)?(?:examples|tests)(?:/[^)]*)?\)", r"\1", text)


def python_reference() -> Iterator[tuple[str, list[str]]]:
    """The name and the lines of each page of the Python reference."""
    for name, (title, objects) in PYTHON_REFERENCE.items():
        shown = [f"::: {one}{CLIENT if 'Enboarder' in one else ''}" for one in objects]
        yield f"python-{name}", [f"# {title}", *shown]


def write() -> None:
    """Put everything that Zensical reads into build/pages."""
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    guides()
    written = {"error-catalogue": catalogue(), "api": api(), "downloads": downloads(), **dict(python_reference())}
    for name, lines in written.items():
        (PAGES / f"{name}.md").write_text("\n".join(lines) + "\n", "utf-8")
    (PAGES / "llms.txt").write_text("\n".join(llms((ROOT / "zensical.toml").read_text("utf-8"))) + "\n", "utf-8")
    shutil.copy(scalar.PROGRAM, PAGES / "assets" / "scalar.js")
    (PAGES / "reference.html").write_text(scalar.reference(labelled()), "utf-8")


def main() -> int:
    started = time.monotonic()
    found = tools()
    if found is None:
        print("there is no Node.js with npm; the page of the contract needs a package of it", file=sys.stderr)
        return 1
    if not scalar.PROGRAM.exists():
        subprocess.run([*found[1], *INSTALL], cwd=scalar.PACKAGES, check=True)
    write()
    shutil.rmtree(SITE, ignore_errors=True)
    built = subprocess.run([Path(sys.executable).with_name("zensical"), "build"], cwd=ROOT, check=False)
    for name in ("404.html", "sitemap.xml"):  # both need the address of the site, which is not known
        (SITE / name).unlink(missing_ok=True)
    print(f"build/site: {len(list(SITE.rglob('*.html')))} pages in {time.monotonic() - started:.1f} s")
    return built.returncode


if __name__ == "__main__":
    raise SystemExit(main())
