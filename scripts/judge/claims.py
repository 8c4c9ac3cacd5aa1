"""Check that the contract says what the facts say, and nothing beyond."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from enboarder.contract.walk import Node, operations, texts
from scripts.judge.facts import (
    BARE_TOKEN,
    HOSTS,
    KEY,
    KEY_OPERATIONS,
    MESSAGES,
    NOWHERE,
    OTHER_HOSTS,
    SCOPES,
    SHARED_OPERATIONS,
    TOKEN_OPERATIONS,
    TOKEN_URLS,
)

URL = re.compile(r"https?://[^\s\"'<>)\\]+")
OAUTH2 = "components/securitySchemes/oauth2"


def problems(document: Node) -> Iterator[str]:
    """Yield each place that says more than the facts, or something else."""
    yield from _servers(document)
    yield from _headers(document)
    yield from _token_urls(document)
    yield from _scopes(document)
    yield from _paths(document)
    yield from _urls(document)
    yield from _messages(document)


def _servers(document: Node) -> Iterator[str]:
    for server in document["servers"]:
        region = server.get("x-region")
        if HOSTS.get(region) != server["url"]:
            yield (
                f"servers/{server['url']}: article 4151199 gives "
                f"{HOSTS.get(region)} for the region {region}"
            )


def _headers(document: Node) -> Iterator[str]:
    schemes = document["components"]["securitySchemes"]
    for name, wanted in {"apiKey": KEY, "accessToken": BARE_TOKEN}.items():
        for member, value in wanted.items():
            found = schemes[name].get(member)
            if found != value:
                yield (
                    f"components/securitySchemes/{name}: {member} is {found}, "
                    f"but the bare value in the header {wanted['name']} "
                    f"is documented, so it must be {value}"
                )


def _token_urls(document: Node) -> Iterator[str]:
    oauth2 = document["components"]["securitySchemes"]["oauth2"]
    for region, url in oauth2["x-token-urls"].items():
        if TOKEN_URLS.get(region) != url:
            published = TOKEN_URLS.get(region, "none")
            yield (
                f"{OAUTH2}/x-token-urls/{region}: {url} is not published; "
                f"published for this region: {published}"
            )
    url = oauth2["flows"]["clientCredentials"]["tokenUrl"]
    if url != NOWHERE:
        yield (
            f"{OAUTH2}/flows/clientCredentials/tokenUrl: {url} would get the client "
            f"secrets of every region; write {NOWHERE}, which leads nowhere"
        )


def _scopes(document: Node) -> Iterator[str]:
    oauth2 = document["components"]["securitySchemes"]["oauth2"]
    found = set(oauth2["flows"]["clientCredentials"]["scopes"])
    place = f"{OAUTH2}/flows/clientCredentials/scopes"
    for scope in sorted(found - set(SCOPES)):
        yield f"{place}: {scope} is not documented; take it out"
    for scope in sorted(set(SCOPES) - found):
        yield f"{place}: {scope} is documented and missing; add it"


def _paths(document: Node) -> Iterator[str]:
    found = {
        (operation.method.upper(), operation.path) for operation in operations(document)
    }
    known = {*KEY_OPERATIONS, *TOKEN_OPERATIONS, *SHARED_OPERATIONS}
    for method, path in sorted(found - known):
        yield (
            f"{method} {path}: no source names this operation; "
            "take it out, or add the fact to scripts/judge/facts.py"
        )
    for method, path in sorted(known - found):
        yield f"{method} {path}: the facts have this operation; describe it"


def _urls(document: Node) -> Iterator[str]:
    known = {urlsplit(url).hostname for url in (*HOSTS.values(), *TOKEN_URLS.values())}
    known |= OTHER_HOSTS
    for place, text in texts(document):
        for url in URL.findall(text):
            host = urlsplit(url).hostname
            if host not in known:
                yield f"{place}: the facts know no host {host}; take {url} out"


def _messages(document: Node) -> Iterator[str]:
    for entry in document.get("x-error-catalogue", []):
        pattern = entry.get("message")
        if pattern is None:
            continue
        if not any(re.search(pattern, message) for message in MESSAGES):
            yield (
                f"x-error-catalogue/{entry['id']}: no source has a message like "
                f"{pattern}; take it out, or add the fact"
            )
