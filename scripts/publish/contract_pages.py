"""Write the pages of the site that the contract decides, as lines of Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from enboarder.contract import Auth, export, whole
from enboarder.contract.document import SCHEMES
from enboarder.contract.walk import Node, operations
from scripts.layout import OPENAPI, RENDERINGS, ROOT

ARTICLES = "https://help.enboarder.com/en/articles"

CATALOGUE_HEAD = """\
# Error catalogue

What the service says, what it means and what to do. The client raises these as
[errors](guides/errors.md); `enboarder contract explain 'the message'` finds an entry in
a shell. The same as data: [errors.json](openapi/renderings/errors.json)."""

API_HEAD = """\
# The API

[**Open the reference**](reference.html): every operation with fields, examples and
samples in many languages. It sends nothing: no request can be made from it.

| path | what | credential | Python |
| --- | --- | --- | --- |"""

EVIDENCE_HEAD = """\
## Operations

| evidence | path | who says so | operation |
| --- | --- | --- | --- |"""

DOWNLOADS_HEAD = """\
# Files to download

[Importing](guides/importing.md) says which file a tool takes. The journeys say what is
done in which order; the page of the [contract](guides/contract.md) explains them.

| file | size |
| --- | --- |"""

LLMS_HEAD = """\
# enboarder

> An unofficial Python client, and the first machine-readable contract, of the Enboarder
> REST API (employee onboarding). Hosts are regional
> (`https://api.{syd,fra,ore,can}.e1.enboarder.com`); `api.enboarder.com/v2/journeys` is
> in no documentation that was read. A launch messages real people and cannot be unsent:
> never send one again when its outcome is unknown.

## Pages
"""

LLMS_CONTRACT = """
## Contract

- [OpenAPI 3.1](openapi/enboarder.yaml)
- [OpenAPI 3.0.3](openapi/renderings/openapi-3.0.3.json)
- [Error catalogue as data](openapi/renderings/errors.json)
- [Journeys in Arazzo](openapi/journeys.arazzo.yaml)

## Operations
"""


def evidence() -> Iterator[str]:
    """Say how sure each operation is."""
    yield EVIDENCE_HEAD
    for operation in operations(whole()):
        node = operation.node
        cells = [
            node["x-evidence"],
            f"`{operation.method.upper()} {operation.path}`",
            _sources(node["x-source"]),
            f"`{node['operationId']}`",
        ]
        yield _row(cells)


def catalogue() -> Iterator[str]:
    """Say what each known answer means."""
    yield CATALOGUE_HEAD
    names = {
        operation.python_name: _pair(operation.node)
        for operation in operations(whole())
        if operation.python_name is not None
    }
    for entry in json.loads(export("errors"))["entries"]:
        yield f"\n## {entry['id']}\n"
        yield f"*{entry['kind']}*: {'; '.join(_signs(entry))}\n"
        yield f"{entry['meaning']}\n"
        yield f"**What to do.** {entry['fix']}\n"
        if entry["resend"]:
            yield "The same request may be sent again.\n"
        if entry.get("operations"):
            listed = ", ".join(names[name] for name in entry["operations"])
            yield f"From {listed}.\n"
        yield f"Evidence: {entry['x-evidence']}, {_sources(entry['x-source'])}."


def _signs(entry: dict[str, Any]) -> Iterator[str]:
    """Say by what an entry of the catalogue is recognized."""
    if entry.get("code"):
        yield f"code `{entry['code']}`"
    if entry.get("message"):
        yield f"message, as a regular expression: `{entry['message']}`"
    if entry.get("status"):
        yield f"status {entry['status']}"


def api() -> Iterator[str]:
    """List every operation in plain HTML; Scalar's page has the details."""
    yield API_HEAD
    for operation in operations(whole()):
        node = operation.node
        credentials = [auth for auth in Auth if operation.takes(SCHEMES[auth])]
        python = f"`{operation.python_name}`" if operation.python_name else ""
        cells = [
            f"`{operation.method.upper()} {operation.path}`",
            node["summary"],
            ", ".join(credentials),
            python,
        ]
        yield _row(cells)


def downloads() -> Iterator[str]:
    """List every file of the contract."""
    yield DOWNLOADS_HEAD
    files = [*sorted(OPENAPI.glob("*.yaml")), *sorted(RENDERINGS.rglob("*.json"))]
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        title = name.removeprefix("openapi/")
        kilobytes = path.stat().st_size // 1024 + 1
        yield _row([f"[{title}]({name})", f"{kilobytes} KB"])


def llms(navigation: str) -> Iterator[str]:
    """Write the index for language models.

    Its links are relative, because the address of the site is not known.
    """
    yield LLMS_HEAD
    for title, page in re.findall(r'"([^"]+)" = "([\w/-]+)\.md"', navigation):
        yield f"- [{title}]({page}.html)"
    yield LLMS_CONTRACT
    for operation in operations(whole()):
        node = operation.node
        yield (
            f"- `{node['operationId']}`: {operation.method.upper()} {operation.path} "
            f"({node['x-evidence']}). {node['summary']}"
        )


def labelled() -> Node:
    """Return the contract with the evidence of each operation beside its name.

    Scalar does not show `x-evidence`, but it shows badges.
    """
    document = whole()
    for operation in operations(document):
        label = f"evidence: {operation.node['x-evidence']}"
        operation.node["x-badges"] = [{"name": label}]
    return document


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _sources(sources: list[int | str]) -> str:
    return ", ".join(_source(source) for source in sources)


def _source(source: int | str) -> str:
    if isinstance(source, int):
        return f"[{source}]({ARTICLES}/{source})"
    return source


def _pair(node: Node) -> str:
    """Name an operation on the path that takes the key, and on that for a token."""
    names = [node["operationId"]]
    if "x-twin" in node:
        names.append(node["x-twin"])
    return "/".join(f"`{name}`" for name in names)
