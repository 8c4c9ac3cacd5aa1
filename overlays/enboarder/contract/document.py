"""The contract as data, as this package carries it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias, cast

Node: TypeAlias = dict[str, Any]
Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"


class Auth(StrEnum):
    """A credential, by its security scheme in lower case; the last two carry the same operations."""

    APIKEY = "apikey"
    OAUTH2 = "oauth2"
    """`Authorization: Bearer`, and where a tool can, the fetching of the token."""
    ACCESSTOKEN = "accesstoken"
    """The bare token in `Authorization`, as the documentation shows it."""


SCHEMES = {Auth.APIKEY: "apiKey", Auth.OAUTH2: "oauth2", Auth.ACCESSTOKEN: "accessToken"}
"""The security scheme of each."""


class Entry(NamedTuple):
    """One operation and where it stands."""

    path: str
    method: str
    node: Node

    def takes(self, auth: Auth) -> bool:
        """Whether the credential can carry it."""
        return any(SCHEMES[auth] in alternative for alternative in self.node["security"])


def whole() -> Node:
    """The whole contract, a new copy."""
    return cast(Node, json.loads(files("enboarder_api").joinpath("contract.json").read_text("utf-8")))


def operations(document: Node) -> Iterator[Entry]:
    """Each operation, in the order of the contract."""
    for path, item in document["paths"].items():
        for method, node in item.items():
            yield Entry(path, method, node)


def resolved(document: Node, node: Node) -> Node:
    """What a local `$ref` leads to; the node itself when it is none."""
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def references(node: Json) -> Iterator[str]:
    """Every `$ref` in a node."""
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            yield from references(value)
