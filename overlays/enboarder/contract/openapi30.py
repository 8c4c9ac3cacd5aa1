"""OpenAPI 3.0.3, which more tools read than 3.1.

The contract uses only what both versions can express.
"""

from __future__ import annotations

from typing import Any

from .document import Json, Node
from .walk import type_of

# OpenAPI 3.0 has no SPDX identifier for a license.
_LICENSE = {"name": "MIT", "url": "https://spdx.org/licenses/MIT.html"}


def downgraded(document: Node) -> Node:
    """Return the same contract as OpenAPI 3.0.3."""
    old = _object(document)
    old["openapi"] = "3.0.3"
    del old["info"]["summary"]
    old["info"]["license"] = _LICENSE
    return old


def _translated(node: Json) -> Any:
    if isinstance(node, list):
        return [_translated(value) for value in node]
    if isinstance(node, dict):
        return _object(node)
    return node


def _object(node: Node) -> Node:
    members: Node = {name: _translated(value) for name, value in node.items()}
    # The only type union in the contract is with null.
    if isinstance(members.get("type"), list):
        members["type"] = type_of(members)
        members["nullable"] = True
    if members.get("contentEncoding") == "base64":
        del members["contentEncoding"]
        members["format"] = "byte"
    return members
