"""The pages of the site that the contract decides, as lines of Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from enboarder.contract import Auth, export, operations, whole
from enboarder.contract.document import Node
from environment import ROOT


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
        "# The API\n\n[**Open the reference**](reference.html): every operation with fields, examples and samples in "
        "many languages.\nIt sends nothing: no request can be made from it.\n\n| path | what | credential | Python |"
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
    yield "# Files to download\n\nWhich one a tool takes stands in [importing](importing.md). What is done in which order stands"
    yield "in the journeys, which the page of the [contract](contract.md) explains.\n\n| file | size |\n| --- | --- |"
    contract = ROOT / "openapi"
    for path in [*sorted(contract.glob("*.yaml")), *sorted((contract / "renderings").rglob("*.json"))]:
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
    yield "- [Error catalogue as data](openapi/renderings/errors.json)"
    yield "- [Journeys in Arazzo](openapi/journeys.arazzo.yaml)\n\n## Operations\n"
    for path, method, node in operations(whole()):
        yield f"- `{node['operationId']}`: {method.upper()} {path} ({node['x-evidence']}). {node['summary']}"
