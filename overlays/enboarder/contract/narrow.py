"""The contract for one region and one credential.

Some importers use only the first server and the first security scheme of a file. In
such a file, there is only one of each. Importers also lose what is behind a reference,
so a `$ref` leads to a schema only. The file does not mention what it does not have: the
other credential, the other operation of a pair, and the Python client.
"""

from __future__ import annotations

from typing import Any

from .document import SCHEMES, Auth, Node
from .prose import Omission, in_one_line
from .walk import (
    Operation,
    is_list,
    is_object,
    operations,
    resolve,
    used_components,
)

OF_THE_PYTHON_CLIENT = ("x-python", "x-iterator", "x-client-option")
OF_KEYS = ("API key", "the other credential")
OF_TOKENS = (
    "OAuth2",
    "access token",
    "the token",
    "token URL",
    "the other credential",
)
"""What a text says when it speaks of the other credential."""

REFERRING = ("parameters", "requestBody", "responses")
"""Members of an operation that may have a `$ref` to another component than a schema."""


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
    paths = _paths(document, kept, scheme)
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
    narrow["x-error-catalogue"] = _catalogue(document, kept, auth)
    return in_one_line(narrow, _omission(document, kept, scheme))


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


def _paths(document: Node, kept: list[Operation], scheme: str) -> Node:
    paths: dict[str, Node] = {}
    for operation in kept:
        node = dict(operation.node)
        node["security"] = [{scheme: []}]
        # `oauth2` covers a token without a prefix, too.
        credential = "oauth2" if scheme == "accessToken" else scheme
        evidence = node["x-credentials"]
        node["x-credentials"] = {credential: evidence[credential]}
        for name in ("x-twin", *OF_THE_PYTHON_CLIENT):
            node.pop(name, None)
        for name in REFERRING:
            if name in node:
                node[name] = _written_out(document, node[name])
        paths.setdefault(operation.path, {})[operation.method] = node
    return paths


def _written_out(document: Node, node: Any) -> Any:
    """Put what they lead to in the place of references, except those to schemas."""
    if is_list(node):
        return [_written_out(document, one) for one in node]
    if not is_object(node) or "schema" in node:
        return node
    if "$ref" in node:
        return _written_out(document, _without_client(resolve(document, node)))
    return {name: _written_out(document, value) for name, value in node.items()}


def _without_client(node: Node) -> Node:
    return {
        name: value for name, value in node.items() if name not in OF_THE_PYTHON_CLIENT
    }


def _tags(document: Node, kept: list[Operation]) -> list[Node]:
    used: set[str] = set()
    for operation in kept:
        used.update(operation.node["tags"])
    return [tag for tag in document["tags"] if tag["name"] in used]


def _catalogue(document: Node, kept: list[Operation], auth: Auth) -> list[Node]:
    """Return the messages that the credential can meet, with names of the file.

    The contract names the operation that Python names; with a token, its twin.
    """
    found: list[Node] = []
    names = _names(document, kept)
    for entry in document["x-error-catalogue"]:
        if entry["kind"] == "token" and auth is Auth.APIKEY:
            continue
        if "operations" not in entry:
            found.append(entry)
            continue
        listed = [names[name] for name in entry["operations"] if name in names]
        if listed:
            found.append({**entry, "operations": listed})
    return found


def _names(document: Node, kept: list[Operation]) -> dict[str, str]:
    """Map the Python names of operations to the operationIds that the file has."""
    ids = {operation.node["operationId"] for operation in kept}
    names: dict[str, str] = {}
    for operation in operations(document):
        own_id: str = operation.node["operationId"]
        twin_id: str = operation.node.get("x-twin", own_id)
        here = own_id if own_id in ids else twin_id
        if operation.python_name is not None and here in ids:
            names[operation.python_name] = here
    return names


def _omission(document: Node, kept: list[Operation], scheme: str) -> Omission:
    """Return what the texts of the file do not speak of."""
    kept_ids = {operation.node["operationId"] for operation in kept}
    all_ids = {operation.node["operationId"] for operation in operations(document)}
    schemes = document["components"]["securitySchemes"].keys()
    names = {
        "x-twin",
        "tokenUrl",
        "x-token-urls",
        *OF_THE_PYTHON_CLIENT,
        *(all_ids - kept_ids),
        *(schemes - {scheme}),
    }
    phrases = OF_TOKENS if scheme == SCHEMES[Auth.APIKEY] else OF_KEYS
    return Omission(frozenset(names), phrases)
