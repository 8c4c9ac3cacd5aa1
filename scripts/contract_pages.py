"""The pages of the site that the contract decides, as lines of Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from enboarder.contract import Auth, export, operations, whole
from environment import ROOT


def evidence() -> Iterator[str]:
    """How sure each operation is."""
    yield "## Operations\n\n| operation | path | evidence | says who |\n| --- | --- | --- | --- |"
    for path, method, node in operations(whole()):
        who = ", ".join(_source(source) for source in node["x-source"])
        yield f"| `{node['operationId']}` | `{method.upper()} {path}` | {node['x-evidence']} | {who} |"


def _source(source: int | str) -> str:
    return f"[{source}](https://help.enboarder.com/en/articles/{source})" if isinstance(source, int) else source


def catalogue() -> Iterator[str]:
    """What the service says, and what it means."""
    yield (
        "# Error catalogue\n\nWhat the service says, what it means and what to do. The client raises these as "
        "[errors](errors.md);\n`enboarder contract explain 'the message'` finds an entry in a shell. The same as data: "
        "[errors.json](openapi/renderings/errors.json)."
    )
    for entry in json.loads(export("errors"))["entries"]:
        said = [f"code `{entry['code']}`"] if entry.get("code") else []
        said += [f"message, as a regular expression: `{entry['message']}`"] if entry.get("message") else []
        said += [f"status {entry['status']}"] if entry.get("status") else []
        yield f"\n## {entry['id']}\n\n*{entry['kind']}*: {'; '.join(said)}\n\n{entry['meaning']}"
        yield f"\n**What to do.** {entry['fix']}"
        yield "\nThe same request may be sent again." if entry["resend"] else ""
        if entry.get("operations"):
            yield "\nKnown from " + ", ".join(f"`{name}`" for name in entry["operations"]) + "."
        yield f"\nEvidence: {entry['x-evidence']}, {', '.join(map(_source, entry['x-source']))}."


def api() -> Iterator[str]:
    """Every operation, in plain HTML; Scalar's page has the details."""
    yield (
        "# The API\n\n[**Open the reference**](reference.html): every operation with fields, examples and samples in "
        "many languages.\nIt sends nothing: no request can be made from it.\n\n| what | path | credential | Python |"
        "\n| --- | --- | --- | --- |"
    )
    for entry in operations(whole()):
        takes = ", ".join(auth for auth in Auth if entry.takes(auth))
        python = f"`{entry.node['x-python']}`" if "x-python" in entry.node else ""
        yield f"| {entry.node['summary']} | `{entry.method.upper()} {entry.path}` | {takes} | {python} |"


def downloads() -> Iterator[str]:
    """Every file of the contract."""
    yield "# Files to download\n\nWhich one a tool takes stands in [importing](importing.md).\n"
    yield "| file | size |\n| --- | --- |"
    for path in [ROOT / "openapi" / "enboarder.yaml", *sorted((ROOT / "openapi" / "renderings").rglob("*.json"))]:
        name = path.relative_to(ROOT).as_posix()
        yield f"| [{name.removeprefix('openapi/')}]({name}) | {path.stat().st_size // 1024 + 1} KB |"


def llms(site: str) -> Iterator[str]:
    """The index for language models: what is here, with relative links, as the address of the site is not known."""
    yield (
        "# enboarder\n\n> An unofficial Python client, and the first machine-readable contract, of the Enboarder REST "
        "API (employee onboarding).\n> Hosts are regional (`https://api.{syd,fra,ore,can}.e1.enboarder.com`); "
        "`api.enboarder.com/v2/journeys` stands in no documentation that was read.\n> A launch messages real people and cannot "
        "be unsent: never send one again when its outcome is unknown.\n\n## Pages\n"
    )
    for title, page in re.findall(r'"([^"]+)" = "([\w-]+)\.md"', site):
        yield f"- [{title}]({page}.html)"
    yield "\n## Contract\n\n- [OpenAPI 3.1](openapi/enboarder.yaml)"
    yield "- [OpenAPI 3.0.3](openapi/renderings/openapi-3.0.3.json)"
    yield "- [Error catalogue as data](openapi/renderings/errors.json)\n\n## Operations\n"
    for path, method, node in operations(whole()):
        yield f"- `{node['operationId']}`: {method.upper()} {path} ({node['x-evidence']}). {node['summary']}"
