"""The contract says what the facts say, and nothing beyond: `python scripts/claims.py [contract]`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from contract import CONTRACT, ContractBroken, Node, entries, load
from facts import (
    BARE,
    HOSTS,
    KEY,
    KEY_OPERATIONS,
    MESSAGES,
    OTHER_HOSTS,
    SCOPES,
    SHARED_OPERATIONS,
    TOKEN_OPERATIONS,
    TOKEN_URLS,
)


def faults(document: Node) -> Iterator[str]:
    """Every place that says more than the facts, or something else."""
    yield from _servers(document)
    yield from _credentials(document)
    yield from _paths(document)
    yield from _urls(document)
    yield from _messages(document)


def _servers(document: Node) -> Iterator[str]:
    for server in document["servers"]:
        region = server.get("x-region")
        if HOSTS.get(region) != server["url"]:
            yield f"servers/{server['url']}: article 4151199 gives {HOSTS.get(region)} for the region {region}"


def _credentials(document: Node) -> Iterator[str]:
    schemes = document["components"]["securitySchemes"]
    for name, wanted in {"apiKey": KEY, "accessToken": BARE}.items():
        told = {member: schemes[name].get(member) for member in wanted}
        if told != wanted:
            header = wanted["name"]
            yield f"components/securitySchemes/{name}: documented is the bare value in the header {header}, not {told}"
    place = "components/securitySchemes/oauth2"
    for region, url in schemes["oauth2"]["x-token-urls"].items():
        if TOKEN_URLS.get(region) != url:
            known = TOKEN_URLS.get(region, "none")
            yield f"{place}/x-token-urls/{region}: {url} is not published; of this region is published: {known}"
    flow, place = schemes["oauth2"]["flows"]["clientCredentials"], f"{place}/flows/clientCredentials"
    if flow["tokenUrl"] != TOKEN_URLS["AU"]:
        yield f"{place}/tokenUrl: it holds Australia's, {TOKEN_URLS['AU']}, not {flow['tokenUrl']}"
    for scope in set(flow["scopes"]) ^ set(SCOPES):
        yield f"{place}/scopes: {scope} is lost, or not documented; documented are {', '.join(SCOPES)}"


def _paths(document: Node) -> Iterator[str]:
    found = {(entry.method.upper(), entry.path) for entry in entries(document)}
    known = KEY_OPERATIONS | TOKEN_OPERATIONS | SHARED_OPERATIONS
    for method, path in sorted(found - known):
        yield f"{method} {path}: no source names this operation; take it out, or add the fact to scripts/facts.py"
    for method, path in sorted(known - found):
        yield f"{method} {path}: the facts have this operation, and the contract lacks it; describe it"


def _urls(document: Node) -> Iterator[str]:
    known = {urlsplit(url).hostname for url in (*HOSTS.values(), *TOKEN_URLS.values())} | OTHER_HOSTS
    for place, text in texts(document):
        for url in re.findall(r"https?://[^\s\"'<>)\\]+", text):
            if urlsplit(url).hostname not in known:
                yield f"{place}: the facts know no host {urlsplit(url).hostname}; take {url} out"


def _messages(document: Node) -> Iterator[str]:
    for entry in document.get("x-error-catalogue", []):
        pattern = entry.get("message")
        if pattern and not any(re.search(pattern, message) for message in MESSAGES):
            place = f"x-error-catalogue/{entry['id']}"
            yield f"{place}: no source has a message like {pattern}; take it out, or add the fact"


def texts(node: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the document, examples included, and where it stands."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    if isinstance(node, str):
        yield place, node
    for name, value in members:
        yield from texts(value, f"{place}/{name}".lstrip("/"))


def main() -> int:
    try:
        found = list(faults(load(Path(sys.argv[1]) if sys.argv[1:] else CONTRACT)))
    except ContractBroken as error:
        found = error.faults
    print(*found, sep="\n", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
