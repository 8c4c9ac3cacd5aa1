"""The kinds of credential, and a copy of the contract for each.

A kind is called a family, by how its credential is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from enboarder.contract import whole
from enboarder.contract.walk import Node, operations

ORIGIN = "http://127.0.0.1"
"""The only server of the copies. With the contract's own servers openapi-core knows no
path on loopback."""


class Family(NamedTuple):
    """A kind of credential."""

    scheme: str
    """Its security scheme in the contract."""
    judged_as: Node
    """The scheme of the copy: openapi-core does not know `oauth2` and accepts it, and
    with it every request without a credential."""


FAMILIES: Mapping[str, Family] = {
    "key": Family("apiKey", {"type": "apiKey", "in": "header", "name": "apikey"}),
    "bearer": Family("oauth2", {"type": "http", "scheme": "bearer"}),
    "bare": Family(
        "accessToken", {"type": "apiKey", "in": "header", "name": "Authorization"}
    ),
}


def families_of(headers: Mapping[str, str]) -> list[str]:
    """Return how the credentials of a request are sent: none, one, or both.

    The names of headers are in lower case.
    """
    families = []
    if "apikey" in headers:
        families.append("key")
    if "authorization" in headers:
        is_bearer = headers["authorization"].startswith("Bearer ")
        families.append("bearer" if is_bearer else "bare")
    return families


def narrowed(name: str) -> Node:
    """Return the contract for one family.

    It has the loopback origin, the one scheme, and the operations that take it.
    """
    family = FAMILIES[name]
    document = whole()
    paths: dict[str, Node] = {}
    for operation in operations(document):
        if operation.takes(family.scheme):
            item = paths.setdefault(operation.path, {})
            item[operation.method] = operation.node
            operation.node["security"] = [{family.scheme: []}]
    document["paths"] = paths
    document["servers"] = [{"url": ORIGIN}]
    document["components"]["securitySchemes"] = {family.scheme: family.judged_as}
    return document
