"""What readers of the contract's extensions rely on, and which of it changed between two versions."""

from __future__ import annotations

from collections.abc import Iterator

from contract import Node
from subset import described

NAMES = ("x-name", "x-python", "x-iterator", "x-region", "x-outcome-by", "x-client-option")
DEMANDS = ("x-required", "x-required-any")


def rated(old: Node, new: Node) -> Iterator[tuple[str, str]]:
    """Impact and place of each change.

    A name that is gone and a demand that was added are major, the reverse is minor.
    """
    for impact, before, after in (("major", old, new), ("minor", new, old)):
        word = "is gone" if impact == "major" else "was added"
        yield from ((impact, f"{promise} {word}") for promise in sorted(_promises(before) - _promises(after)))
    for impact, before, after in (("major", new, old), ("minor", old, new)):
        word = "was added" if impact == "major" else "is gone"
        yield from ((impact, f"{demand} {word}") for demand in sorted(_demands(before) - _demands(after)))


def _promises(document: Node) -> set[str]:
    oauth2 = document["components"]["securitySchemes"]["oauth2"]
    found = {f"{place}: {name} {node[name]}" for place, node in described(document) for name in NAMES if name in node}
    found |= {
        f"components/securitySchemes/oauth2: scope {scope}" for scope in oauth2["flows"]["clientCredentials"]["scopes"]
    }
    found |= {f"x-token-urls/{region}: {url}" for region, url in oauth2["x-token-urls"].items()}
    return found | {f"x-error-catalogue/{entry['id']}: {entry['kind']}" for entry in document["x-error-catalogue"]}


def _demands(document: Node) -> set[str]:
    return {
        f"{place}: {name} {group}"
        for place, node in described(document)
        for name in DEMANDS
        for group in node.get(name, [])
    }
