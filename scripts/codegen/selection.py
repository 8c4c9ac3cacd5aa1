"""What the Python client is generated from: one operation of each pair, and no more than the generator understands."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from contract import Node, entries, paragraphs, parameters, readable_path, resolve


def select(document: Node) -> Node:
    """The document that the Python client is generated from: one operation of each pair, under its Python name.

    Security, servers and error responses go (the generator ignores or mishandles them), so do headers that the client
    sets by an option of its own, the content of replies of which nothing is known (they come back as they are), and
    every component that nothing needs any more.
    """
    selected: Node = {key: copy.deepcopy(document[key]) for key in ("openapi", "info", "components")}
    selected["tags"] = [{"name": tag["name"]} for tag in document.get("tags", [])]
    selected["paths"] = {}
    for entry in entries(document):
        if entry.python_name is None:
            continue
        node = copy.deepcopy(entry.node)
        node.pop("security", None)
        node["operationId"] = entry.python_name.partition(".")[2]
        node["description"] = paragraphs(node.get("description", ""))
        node["parameters"] = [
            {**parameter, "name": parameter.get("x-name", parameter["name"])}
            if parameter["in"] == "path"
            else parameter
            for parameter in copy.deepcopy(parameters(document, entry))
            if "x-client-option" not in parameter
        ]
        node["responses"] = {
            status: {"description": ""} if says_nothing(document, reply) else reply
            for status, reply in node["responses"].items()
            if status.startswith("2")
        }
        selected["paths"].setdefault(readable_path(document, entry), {})[entry.method] = node
    selected["components"].pop("securitySchemes", None)
    for schema in selected["components"]["schemas"].values():
        for spec in (schema, *schema.get("properties", {}).values()):
            if "description" in spec:
                spec["description"] = paragraphs(spec["description"])
    _prune(selected)
    return selected


def says_nothing(document: Node, reply: Node) -> bool:
    """Whether a reply has content, and its schema takes any value."""
    media = resolve(document, reply).get("content", {}).values()
    return any(not schema.keys() - {"description"} for schema in (each["schema"] for each in media))


def _prune(document: Node) -> None:
    used: set[str] = set()
    waiting = [document["paths"]]
    while waiting:
        for ref in _refs(waiting.pop()):
            if ref not in used:
                used.add(ref)
                waiting.append(resolve(document, {"$ref": ref}))
    for kind, members in document["components"].items():
        for name in [name for name in members if f"#/components/{kind}/{name}" not in used]:
            del members[name]


def _refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            yield from _refs(value)
