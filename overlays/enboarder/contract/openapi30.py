"""OpenAPI 3.0.3, which more tools read than 3.1: the contract keeps to what both can say."""

from __future__ import annotations

from typing import cast

from .document import Json, Node


def downgraded(document: Node) -> Node:
    """The same contract as OpenAPI 3.0.3."""
    old = cast(Node, _translated(document))
    old["openapi"] = "3.0.3"
    del old["info"]["summary"]
    old["info"]["license"] = {"name": "MIT", "url": "https://spdx.org/licenses/MIT.html"}  # 3.0 has no SPDX identifier
    return old


def _translated(node: Json) -> Json:
    if isinstance(node, list):
        return [_translated(value) for value in node]
    if not isinstance(node, dict):
        return node
    members = {key: _translated(value) for key, value in node.items()}
    kinds = members.get("type")
    if isinstance(kinds, list):  # nullable is the only union that the contract has
        members["type"], members["nullable"] = next(kind for kind in kinds if kind != "null"), True
    if members.get("type") == "string" and members.pop("contentEncoding", None) == "base64":
        members["format"] = "byte"
    return members
