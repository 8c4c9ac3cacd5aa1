"""The contract for one region and one credential.

Some importers use only the first server and the first security scheme of a file. In
such a file, there is only one of each.
"""

from __future__ import annotations

from .document import SCHEMES, Auth, Node
from .walk import Operation, operations, used_components


def narrowed(document: Node, region: str, auth: Auth) -> Node:
    """Return the contract with one server, one scheme and its operations.

    With a token URL of another region, the client secret would be sent there. So
    `oauth2` has the token URL of this region. For Canada, where none is published, the
    scheme is that of `accesstoken`, which needs no token URL.
    """
    scheme, description = _scheme(document, region, auth)
    kept = [
        operation
        for operation in operations(document)
        if operation.takes(SCHEMES[auth])
    ]
    paths = _paths(kept, scheme)
    narrow: Node = {}
    for name, value in document.items():
        if name not in ("servers", "paths", "components"):
            narrow[name] = value
    narrow["servers"] = [
        server for server in document["servers"] if server["x-region"] == region
    ]
    narrow["paths"] = paths
    narrow["components"] = {
        "securitySchemes": {scheme: description},
        **used_components(document, paths),
    }
    narrow["tags"] = _tags(document, kept)
    return narrow


def _scheme(document: Node, region: str, auth: Auth) -> tuple[str, Node]:
    """Return the name and the definition of the security scheme."""
    schemes = document["components"]["securitySchemes"]
    if auth is not Auth.OAUTH2:
        return SCHEMES[auth], schemes[SCHEMES[auth]]
    oauth2: Node = dict(schemes["oauth2"])
    token_url = oauth2.pop("x-token-urls").get(region)
    if token_url is None:
        return SCHEMES[Auth.ACCESSTOKEN], schemes[SCHEMES[Auth.ACCESSTOKEN]]
    flow = oauth2["flows"]["clientCredentials"]
    oauth2["flows"] = {"clientCredentials": {**flow, "tokenUrl": token_url}}
    return SCHEMES[auth], oauth2


def _paths(kept: list[Operation], scheme: str) -> Node:
    paths: dict[str, Node] = {}
    for operation in kept:
        node = dict(operation.node)
        node["security"] = [{scheme: []}]
        # The other operation of the pair is not in this file.
        node.pop("x-twin", None)
        paths.setdefault(operation.path, {})[operation.method] = node
    return paths


def _tags(document: Node, kept: list[Operation]) -> list[Node]:
    used: set[str] = set()
    for operation in kept:
        used.update(operation.node["tags"])
    return [tag for tag in document["tags"] if tag["name"] in used]
