"""The contract says what the facts say, and nothing beyond: `python scripts/facts.py [contract]`.

The lists here are typed from the facts, not from the contract. Articles: hosts, token URLs and scopes 4151199; workflow
engine 4151224, 4151298, 4151242, 4151317, 4151332; profiles 5663638; reports 3844217, 4151234, 4151230; SCIM 5890669;
brands 9595185. Whoever learns a new fact adds it here and to the contract.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from contract import CONTRACT, ContractBroken, Node, entries, load

HOSTS = {
    "AU": "https://api.syd.e1.enboarder.com",
    "EU": "https://api.fra.e1.enboarder.com",
    "US": "https://api.ore.e1.enboarder.com",
    "CA": "https://api.can.e1.enboarder.com",
}
TOKEN_URLS = {
    "AU": "https://auth.syd.e1.enboarder.com/oauth2/token",
    "EU": "https://auth.fra.e1.enboarder.com/oauth2/token",
    "US": "https://auth.ore.e1.enboarder.com/oauth2/token",
}
SCOPES = ["api/workflow.basic", "api/workflow.advance", "api/settings.all"]
# Names in samples and links, to which nothing is ever sent.
OTHER_HOSTS = {"help.enboarder.com", "static.enboarder.net", "enboarder.com", "www.rfc-editor.org"}

KEY_OPERATIONS = {
    ("POST", "/restapi/v1/startwf/basic"),
    ("POST", "/restapi/v1/startwf/advance"),
    ("POST", "/restapi/v1/startwf/bulkadvance"),
    ("PUT", "/restapi/v1/updatewf"),
    ("POST", "/restapi/v1/cancelwf"),
    ("POST", "/restapi/v1/profile"),
    ("PUT", "/restapi/v1/profile/{id}"),
    ("GET", "/restapi/v1/profile/{id}"),
    ("DELETE", "/restapi/v1/profile/{id}"),
    ("PUT", "/restapi/v1/profile/{id}/photo"),
    ("GET", "/restapi/v1/profile/{id}/photo"),
    ("GET", "/restapi/v1/profile/{id}/workflows"),
    ("GET", "/reports/workflows"),
    ("GET", "/reports/workflows/{id}/properties"),
    ("GET", "/reports/workflows/{id}/data"),
    ("GET", "/reports/forms"),
    ("GET", "/reports/forms/{id}/properties"),
    ("GET", "/reports/forms/{id}/data"),
}
TOKEN_OPERATIONS = {
    ("POST", "/restapi/v2/startwf/basic"),
    ("POST", "/restapi/v2/startwf/advance"),
    ("POST", "/restapi/v2/startwf/bulkadvance"),
    ("PUT", "/restapi/v2/updatewf"),
    ("POST", "/restapi/v2/cancelwf"),
    ("POST", "/restapi/v2/profile"),
    ("PUT", "/restapi/v2/profile/{id}"),
    ("GET", "/restapi/v2/profile/{id}"),
    ("DELETE", "/restapi/v2/profile/{id}"),
    ("PUT", "/restapi/v2/profile/{id}/photo"),
    ("GET", "/restapi/v2/profile/{id}/photo"),
    ("GET", "/restapi/v2/profile/{id}/workflows"),
    ("GET", "/reports/v2/workflows"),
    ("GET", "/reports/v2/workflows/{id}/properties"),
    ("GET", "/reports/v2/workflows/{id}/data"),
    ("GET", "/reports/v2/forms"),
    ("GET", "/reports/v2/forms/{id}/properties"),
    ("GET", "/reports/v2/forms/{id}/data"),
}
SHARED_OPERATIONS = {
    ("GET", "/scim/v2/ServiceProviderConfig"),
    ("GET", "/scim/v2/ResourceTypes"),
    ("GET", "/scim/v2/Schemas"),
    ("GET", "/scim/v2/Users"),
    ("POST", "/scim/v2/Users"),
    ("GET", "/scim/v2/Users/{id}"),
    ("PUT", "/scim/v2/Users/{id}"),
    ("DELETE", "/scim/v2/Users/{id}"),
    ("GET", "/brand/all"),
    ("GET", "/brand/byid/{id}"),
    ("GET", "/brand/byname/{name}"),
}

NO_CONTACT = 'Atleast one of the fields is required ["nheml","nhmob","nhmobeml"]'
CHANGED = "Workflow updated successfully for externalid [ENT-68736879-0001]"
NOT_FOUND = "Error: externalid [ENT-68736879-0005] not found"
NO_CHANNEL = "Employee preferred channel is mobile while mobile not provided"
NEITHER = "Both Email and mobile number are missing or invalid"
MESSAGES = (
    *("ok", NO_CONTACT, CHANGED, NOT_FOUND, NO_CHANNEL, NEITHER),
    *("Profile Created", "Mandatory fields are missing", "First Name is missing", "mobile number is invalid"),
    *("Profile with ID 3f01-b339-82327fead70b already exists", "Brand item with 'id' does not exist"),
    *("Unauthorized", "Forbidden", "Missing Authentication Token", "Too Many Requests"),
)
"""Every text that a reply is known to have; the last line is that of the gateway that the hosts look like."""
BARE = {"type": "apiKey", "in": "header", "name": "Authorization"}
KEY = {"type": "apiKey", "in": "header", "name": "apikey"}


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
    flow = schemes["oauth2"]["flows"]["clientCredentials"]
    if flow["tokenUrl"] != TOKEN_URLS["AU"]:
        yield f"{place}/flows/clientCredentials/tokenUrl: it holds Australia's, {TOKEN_URLS['AU']}, not {flow['tokenUrl']}"
    for scope in set(flow["scopes"]) ^ set(SCOPES):
        yield f"{place}/flows/clientCredentials/scopes: {scope} is lost, or not documented; documented are {', '.join(SCOPES)}"


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
            yield f"x-error-catalogue/{entry['id']}: no source has a message like {pattern}; take it out, or add the fact"


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
