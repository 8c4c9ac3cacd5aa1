"""What the contract says, as text for a terminal."""

from __future__ import annotations

import re
import textwrap
from difflib import get_close_matches
from typing import Any, NamedTuple

from enboarder_api.catalogue import CATALOGUE, Entry

from ..contract import Auth, operations, whole
from ..contract.document import resolved


class Told(NamedTuple):
    """A text, and whether it says that there is no answer."""

    text: str
    refused: bool = False


def listing() -> Told:
    """Every operation in a line: its id, method, path, credential and evidence."""
    rows = [
        (
            entry.node["operationId"],
            entry.method.upper(),
            entry.path,
            _credentials(entry.takes),
            entry.node["x-evidence"],
        )
        for entry in operations(whole())
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return Told(
        "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
        )
    )


def told(name: str) -> Told:
    """Everything about one operation, by its id or its Python name."""
    document = whole()
    known = {entry.node["operationId"]: entry for entry in operations(document)}
    names = known | {entry.node["x-python"]: entry for entry in known.values() if "x-python" in entry.node}
    entry = names.get(name)
    if entry is None:
        lower = {one.lower(): one for one in names}
        near = [lower[one] for one in get_close_matches(name.lower(), lower, n=3, cutoff=0.5)]
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        return Told(f"there is no operation {name!r}{hint or ';'} `enboarder contract show` lists all", refused=True)
    node = entry.node
    lines = [f"{node['operationId']}: {entry.method.upper()} {entry.path}", node["summary"], ""]
    lines += [textwrap.fill(" ".join(part.split()), 100) + "\n" for part in node["description"].split("\n\n")]
    lines.append(f"credential  {_credentials(entry.takes)}")
    lines += [f"twin        {node['x-twin']}"] if "x-twin" in node else []
    lines += [f"python      Enboarder.{node['x-python']}"] if "x-python" in node else []
    lines.append(f"evidence    {node['x-evidence']}: {', '.join(map(str, node['x-source']))}")
    for parameter in (resolved(document, one) for one in node.get("parameters", [])):
        lines.append(
            f"parameter   {parameter['name']} ({parameter['in']}): {' '.join(parameter['description'].split())}"
        )
    if "requestBody" in node:
        lines += _body(resolved(document, node["requestBody"]), document)
    for status, reply in node["responses"].items():
        lines.append(f"answer      {status}: {' '.join(resolved(document, reply)['description'].split())}")
    return Told("\n".join(lines))


def catalogue() -> Told:
    """Every known message and code."""
    return Told("\n\n".join(map(_entry, CATALOGUE)))


def explained(message: str) -> Told:
    """The entries of the catalogue for a message, a code or a status."""
    found = {entry.id: entry for entry in CATALOGUE if _fits(entry, message)}
    if not found:
        text = f"the error catalogue does not know {message!r}; `enboarder contract errors` lists what is known"
        return Told(f"{text}. Give the message, or the code, exactly as the service gave it", refused=True)
    return Told("\n\n".join(map(_entry, found.values())))


def _fits(entry: Entry, message: str) -> bool:
    by_code = entry.code is not None and entry.code.lower() == message.strip().lower()
    return (
        by_code
        or message.strip() == str(entry.status)
        or (entry.message is not None and re.search(entry.message, message.strip()) is not None)
    )


def _entry(entry: Entry) -> str:
    lines = [f"  means  {entry.meaning}", f"  do     {entry.fix}"]
    lines += ["  again  The same request may be sent again."] if entry.resend else []
    told = [textwrap.fill(line, 100, subsequent_indent=" " * 9) for line in lines]
    return "\n".join([f"{entry.id} ({entry.kind}): {entry.code or entry.message or f'status {entry.status}'}", *told])


def _body(body: dict[str, Any], document: dict[str, Any]) -> list[str]:
    schema = resolved(document, body["content"]["application/json"]["schema"])
    fields = resolved(document, schema.get("items", schema)).get("properties", {})
    required = schema.get("required", [])
    return [
        f"body        {name}{' (required)' if name in required else ''}: {' '.join(spec.get('description', '').split())}"
        for name, spec in fields.items()
    ]


def _credentials(takes: Any) -> str:
    return ", ".join(auth for auth in Auth if takes(auth))
