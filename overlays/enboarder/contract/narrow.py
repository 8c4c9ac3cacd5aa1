"""One region and one credential: importers that keep the first server and the first scheme then keep the right ones."""

from __future__ import annotations

from .document import SCHEMES, Auth, Entry, Node, operations, references, resolved


def narrowed(document: Node, region: str, auth: Auth) -> Node:
    """The contract with that region's server, one security scheme, and the operations that the credential can carry.

    A token URL of another region would send the client secret there: `oauth2` names the region's own. Where none is
    published (Canada), the token itself is described instead, as for `accesstoken`.
    """
    scheme, described = _scheme(document, region, auth)
    kept = [entry for entry in operations(document) if entry.takes(auth)]
    for entry in kept:
        entry.node["security"] = [{scheme: []}]
        entry.node.pop("x-twin", None)
    narrow = {key: value for key, value in document.items() if key not in ("servers", "paths", "components")}
    narrow["servers"] = [server for server in document["servers"] if server["x-region"] == region]
    narrow["paths"] = _paths(kept)
    narrow["components"] = {"securitySchemes": {scheme: described}} | _used(document, narrow["paths"])
    used = {tag for entry in kept for tag in entry.node["tags"]}
    narrow["tags"] = [tag for tag in document["tags"] if tag["name"] in used]
    return narrow


def _scheme(document: Node, region: str, auth: Auth) -> tuple[str, Node]:
    schemes = document["components"]["securitySchemes"]
    if auth is not Auth.OAUTH2:
        return SCHEMES[auth], schemes[SCHEMES[auth]]
    oauth2 = schemes["oauth2"]
    published = oauth2.pop("x-token-urls").get(region)
    if published is None:
        return "accessToken", schemes["accessToken"]
    oauth2["flows"]["clientCredentials"]["tokenUrl"] = published
    return "oauth2", oauth2


def _paths(entries: list[Entry]) -> Node:
    paths: dict[str, Node] = {}
    for entry in entries:
        paths.setdefault(entry.path, {})[entry.method] = entry.node
    return paths


def _used(document: Node, paths: Node) -> dict[str, Node]:
    """The components that the paths need, directly or through others, in the order of the contract."""
    found: set[str] = set()
    waiting: list[Node] = [paths]
    while waiting:
        for reference in set(references(waiting.pop())) - found:
            found.add(reference)
            waiting.append(resolved(document, {"$ref": reference}))
    return {
        kind: kept
        for kind, members in document["components"].items()
        if (kept := {name: node for name, node in members.items() if f"#/components/{kind}/{name}" in found})
    }
