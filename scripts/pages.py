"""Build the site into build/site: `python scripts/pages.py`, in the environment of the group `docs`.

The guides are those of docs/; pages that the contract decides are written here. Zensical makes HTML of both.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from enboarder.contract import Auth, export, operations, whole
from enboarder.contract.document import Node
from node import INSTALL, tools

ROOT = Path(__file__).resolve().parent.parent
PAGES, SITE = ROOT / "build" / "pages", ROOT / "build" / "site"
PACKAGES = ROOT / "scripts" / "site"
SCALAR = PACKAGES / "node_modules" / "@scalar" / "api-reference" / "dist" / "browser" / "standalone.js"
OWN_PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")

SILENT = {
    "agent": {"disabled": True},
    "documentDownloadType": "none",
    "hideClientButton": True,
    "hideTestRequestButton": True,
    "mcp": {"disabled": True},
    "persistAuth": False,
    "proxyUrl": "",
    "showDeveloperTools": "never",
    "telemetry": False,
    "withDefaultFonts": False,
}
"""What keeps Scalar from asking anybody for anything, and a reader from sending a real key out of a page."""

CLIENT = "\n    options:\n      inherited_members: true\n      show_bases: false"
"""A client shows what it has from bases that are nobody's business."""

REFERENCE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Enboarder REST API, reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/reference.css">
</head>
<body>
<nav id="back"><a href="index.html">enboarder: guides and Python reference</a></nav>
<main id="reference"></main>
<script src="assets/scalar.js"></script>
<script>Scalar.createApiReference("#reference", {settings})</script>
</body>
</html>
"""


def guides() -> None:
    """The pages that stand as Markdown in the repository, with links that hold here."""
    for page in (ROOT / "docs").iterdir():
        if page.suffix != ".md":
            shutil.copy(page, PAGES)
            continue
        text = _read(page).replace("(../openapi/renderings)", "(downloads.md)")
        text = text.replace("(../openapi/renderings/errors.json)", "(error-catalogue.md)")
        text = re.sub(r"\]\(\.\./(?!openapi)", "](", text.replace("](../openapi/", "](openapi/"))
        if page.name == "evidence.md":
            text += "\n" + "\n".join(evidence())
        (PAGES / page.name).write_text(text.replace("](README.md", "](index.md"), "utf-8")
    readme = _read(ROOT / "README.md")
    (PAGES / "index.md").write_text(readme.replace("](docs/", "](").replace("](LICENSE)", "](LICENSE.txt)"), "utf-8")
    for name in OWN_PAGES:
        (PAGES / name).write_text(_read(ROOT / name).replace("](docs/", "]("), "utf-8")
    shutil.copy(ROOT / "LICENSE", PAGES / "LICENSE.txt")
    shutil.copytree(ROOT / "openapi", PAGES / "openapi")
    shutil.copytree(PACKAGES / "assets", PAGES / "assets")


def _read(page: Path) -> str:
    """A page of the repository; what links to code, which is not on the site, is text."""
    return re.sub(r"\[([^\]]+)\]\((?:\.\./)?(?:examples|tests)/[^)]*\)", r"\1", page.read_text("utf-8"))


def evidence() -> Iterator[str]:
    """How sure each operation is."""
    yield "## Operations\n\n| evidence | path | says who | operation |\n| --- | --- | --- | --- |"
    for path, method, node in operations(whole()):
        who = ", ".join(_source(source) for source in node["x-source"])
        yield f"| {node['x-evidence']} | `{method.upper()} {path}` | {who} | `{node['operationId']}` |"


def _source(source: int | str) -> str:
    return f"[{source}](https://help.enboarder.com/en/articles/{source})" if isinstance(source, int) else source


def _names(operation: Node) -> str:
    """The operation, on the path that takes the key and on the one that takes a token."""
    return "/".join(f"`{operation[name]}`" for name in ("operationId", "x-twin") if name in operation)


def catalogue() -> Iterator[str]:
    """What the service says, and what it means."""
    yield (
        "# Error catalogue\n\nWhat the service says, what it means and what to do. The client raises these as "
        "[errors](errors.md);\n`enboarder contract explain 'the message'` finds an entry in a shell. The same as data: "
        "[errors.json](openapi/renderings/errors.json)."
    )
    names = {entry.node["x-python"]: _names(entry.node) for entry in operations(whole()) if "x-python" in entry.node}
    for entry in json.loads(export("errors"))["entries"]:
        said = [f"code `{entry['code']}`"] if entry.get("code") else []
        said += [f"message, as a regular expression: `{entry['message']}`"] if entry.get("message") else []
        said += [f"status {entry['status']}"] if entry.get("status") else []
        yield f"\n## {entry['id']}\n\n*{entry['kind']}*: {'; '.join(said)}\n\n{entry['meaning']}"
        yield f"\n**What to do.** {entry['fix']}"
        yield "\nThe same request may be sent again." if entry["resend"] else ""
        if entry.get("operations"):
            yield "\nFrom " + ", ".join(names[name] for name in entry["operations"]) + "."
        yield f"\nEvidence: {entry['x-evidence']}, {', '.join(map(_source, entry['x-source']))}."


def api() -> Iterator[str]:
    """Every operation, in plain HTML; Scalar's page has the details."""
    yield (
        "# The API\n\n[**Open the reference**](reference.html): every operation with fields, examples and samples in many "
        "languages.\nIt sends nothing: no request can be made from it.\n\n| path | what | credential | Python |"
        "\n| --- | --- | --- | --- |"
    )
    for entry in operations(whole()):
        takes = ", ".join(auth for auth in Auth if entry.takes(auth))
        python = f"`{entry.node['x-python']}`" if "x-python" in entry.node else ""
        yield f"| `{entry.method.upper()} {entry.path}` | {entry.node['summary']} | {takes} | {python} |"


def labelled() -> Node:
    """The contract, with what Scalar does not show: how sure each operation is stands beside its name."""
    document = whole()
    for entry in operations(document):
        entry.node["x-badges"] = [{"name": entry.node["x-evidence"]}]
    return document


def downloads() -> Iterator[str]:
    """Every file of the contract."""
    yield (
        "# Files to download\n\nWhich one a tool takes stands in [importing](importing.md). What is done in which order stands in "
        "the journeys,\nwhich the page of the [contract](contract.md) explains.\n\n| file | size |\n| --- | --- |"
    )
    for path in [
        *sorted((ROOT / "openapi").glob("*.yaml")),
        *sorted((ROOT / "openapi" / "renderings").rglob("*.json")),
    ]:
        name = path.relative_to(ROOT).as_posix()
        yield f"| [{name.removeprefix('openapi/')}]({name}) | {path.stat().st_size // 1024 + 1} KB |"


def python_reference() -> Iterator[tuple[str, Iterator[str]]]:
    """Pages that mkdocstrings fills from docstrings."""
    resources = ("workflows", "profiles", "reports", "users", "brands")
    pages = {
        "clients": (
            "Clients",
            ["enboarder.client.Enboarder", "enboarder.client.AsyncEnboarder", "enboarder.retry.RetryPolicy"],
        ),
        "resources": ("Resources", [f"enboarder_api.api.{name}.{name.title()}Resource" for name in resources]),
        "credentials": (
            "Credentials and stores",
            [
                *(
                    "enboarder.credentials.ApiKey",
                    "enboarder.credentials.ClientCredentials",
                    "enboarder_api.contract.Region",
                ),
                *(
                    "enboarder.stores.file.FileStore",
                    "enboarder.stores.redis.RedisStore",
                    "enboarder.stores.base.Store",
                ),
            ],
        ),
        "errors": ("Errors", ["enboarder.errors"]),
    }
    for name, (title, objects) in pages.items():
        shown = [f"::: {one}{CLIENT if 'Enboarder' in one else ''}" for one in objects]
        yield f"python-{name}", iter([f"# {title}", *shown])


def llms(site: str) -> Iterator[str]:
    """The index for language models: what is here, with relative links, as the address of the site is not known."""
    yield (
        "# enboarder\n\n> An unofficial Python client, and the first machine-readable contract, of the Enboarder REST API "
        "(employee onboarding).\n> Hosts are regional (`https://api.{syd,fra,ore,can}.e1.enboarder.com`); "
        "`api.enboarder.com/v2/journeys` stands in no documentation that was read.\n> A launch messages real people and cannot be "
        "unsent: never send one again when its outcome is unknown.\n\n## Pages\n"
    )
    for title, page in re.findall(r'"([^"]+)" = "([\w-]+)\.md"', site):
        yield f"- [{title}]({page}.html)"
    yield "\n## Contract\n\n- [OpenAPI 3.1](openapi/enboarder.yaml)\n- [OpenAPI 3.0.3](openapi/renderings/openapi-3.0.3.json)"
    yield "- [Error catalogue as data](openapi/renderings/errors.json)\n- [Journeys in Arazzo](openapi/journeys.arazzo.yaml)\n\n## Operations\n"
    for path, method, node in operations(whole()):
        yield f"- `{node['operationId']}`: {method.upper()} {path} ({node['x-evidence']}). {node['summary']}"


def write() -> None:
    """Put everything that Zensical reads into build/pages."""
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    guides()
    written = {"error-catalogue": catalogue(), "api": api(), "downloads": downloads(), **dict(python_reference())}
    for name, lines in written.items():
        (PAGES / f"{name}.md").write_text("\n".join(lines) + "\n", "utf-8")
    (PAGES / "llms.txt").write_text("\n".join(llms((ROOT / "zensical.toml").read_text("utf-8"))) + "\n", "utf-8")
    shutil.copy(SCALAR, PAGES / "assets" / "scalar.js")
    settings = json.dumps(SILENT | {"content": labelled()}).replace("</", "<\\/")
    (PAGES / "reference.html").write_text(REFERENCE.replace("{settings}", settings), "utf-8")


def main() -> int:
    started = time.monotonic()
    found = tools()
    if found is None:
        print("there is no Node.js with npm; the page of the contract needs a package of it", file=sys.stderr)
        return 1
    if not SCALAR.exists():
        subprocess.run([*found[1], *INSTALL], cwd=PACKAGES, check=True)
    write()
    shutil.rmtree(SITE, ignore_errors=True)
    built = subprocess.run([Path(sys.executable).with_name("zensical"), "build"], cwd=ROOT, check=False)
    for name in ("404.html", "sitemap.xml"):  # both need the address of the site, which is not known
        (SITE / name).unlink(missing_ok=True)
    print(f"build/site: {len(list(SITE.rglob('*.html')))} pages in {time.monotonic() - started:.1f} s")
    return built.returncode


if __name__ == "__main__":
    raise SystemExit(main())
