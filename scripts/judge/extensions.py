"""Rate what changed in the contract's extensions, which Redocly does not read."""

from __future__ import annotations

from collections.abc import Iterator

from enboarder.contract.walk import Node, described

NAMES = (
    "x-name",
    "x-python",
    "x-iterator",
    "x-region",
    "x-outcome-by",
    "x-client-option",
)
"""Extensions that hold a name on which readers rely."""

DEMANDS = ("x-required", "x-required-any")
"""Extensions that ask something of the sender of a request."""


def rated(old: Node, new: Node) -> Iterator[tuple[str, str]]:
    """Yield the impact and the place of each change.

    A removed name and an added demand are major; an added name and a removed demand
    are minor.
    """
    for promise in sorted(_promises(old) - _promises(new)):
        yield "major", f"{promise} is gone"
    for promise in sorted(_promises(new) - _promises(old)):
        yield "minor", f"{promise} was added"
    for demand in sorted(_demands(new) - _demands(old)):
        yield "major", f"{demand} was added"
    for demand in sorted(_demands(old) - _demands(new)):
        yield "minor", f"{demand} is gone"


def _promises(document: Node) -> set[str]:
    found = set()
    for place, node in described(document):
        for name in NAMES:
            if name in node:
                found.add(f"{place}: {name} {node[name]}")
    oauth2 = document["components"]["securitySchemes"]["oauth2"]
    for scope in oauth2["flows"]["clientCredentials"]["scopes"]:
        found.add(f"components/securitySchemes/oauth2: scope {scope}")
    for region, url in oauth2["x-token-urls"].items():
        found.add(f"x-token-urls/{region}: {url}")
    for entry in document["x-error-catalogue"]:
        found.add(f"x-error-catalogue/{entry['id']}: {entry['kind']}")
    return found


def _demands(document: Node) -> set[str]:
    found = set()
    for place, node in described(document):
        for name in DEMANDS:
            for group in node.get(name, []):
                found.add(f"{place}: {name} {group}")
    return found
