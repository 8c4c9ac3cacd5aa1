"""The project's own rules of the contract: what is missing, doubled, unlike its twin, or without evidence."""

from __future__ import annotations

from collections.abc import Iterator

import subset
from contract import ContractBroken, Node, entries, resolve

EVIDENCE = ("verified", "documented", "contradictory", "third-party", "inferred")
TWIN_MEMBERS = ("parameters", "requestBody", "responses", "x-outcome-by")
OPERATION_MEMBERS = ("summary", "responses", "security")
SERVER_MEMBERS = ("url", "x-region")
CATALOGUE_MEMBERS = ("id", "kind", "meaning", "fix", "resend")
CATALOGUE_KINDS = ("success", "refusal", "warning", "gateway", "status", "token")
COMPONENTS_WITH_EVIDENCE = ("schemas", "parameters", "requestBodies", "responses", "securitySchemes")


def check(document: Node) -> None:
    """Hold the contract to the project's own rules; raises ContractBroken with every fault at once."""
    for rules in (
        (_missing, _references),
        (_duplicates, _names, _twins, _evidence, _catalogue, subset.faults),
    ):  # the others rely on the first two
        faults = [fault for rule in rules for fault in rule(document)]
        if faults:
            raise ContractBroken(faults)


def _missing(document: Node) -> Iterator[str]:
    places: list[tuple[str, Node, tuple[str, ...]]]
    places = [(entry.place, entry.node, OPERATION_MEMBERS) for entry in entries(document)]
    places += [(f"servers/{index}", node, SERVER_MEMBERS) for index, node in enumerate(document["servers"])]
    catalogue = document.get("x-error-catalogue", [])
    places += [(f"x-error-catalogue/{index}", node, CATALOGUE_MEMBERS) for index, node in enumerate(catalogue)]
    for place, node, members in places:
        for member in members:
            if member not in node:
                yield f"{place}: {member} is missing; add it"


def _references(document: Node) -> Iterator[str]:
    for place, node in subset.described(document):
        ref = node.get("$ref")
        if isinstance(ref, str):
            try:
                resolve(document, node)
            except (KeyError, TypeError):
                yield f"{place}: $ref {ref!r} leads nowhere in this file; correct it, or add the component"


def _duplicates(document: Node) -> Iterator[str]:
    for member in ("operationId", "x-python"):
        seen: dict[str, str] = {}
        for entry in entries(document):
            value = entry.node.get(member)
            if value is None:
                if member == "operationId":
                    yield f"{entry.method.upper()} {entry.path} has no operationId; give it one, verb first"
                continue
            if value in seen:
                yield f"{member} {value!r} stands twice: at {seen[value]} and at {entry.place}; rename one"
            seen[value] = entry.place


def _names(document: Node) -> Iterator[str]:
    for entry in entries(document):
        if entry.python_name is None:
            if "x-twin" not in entry.node:
                yield f"{entry.place} has neither x-python nor x-twin, so no client would have it; add one"
            continue
        tag, _, method = entry.python_name.partition(".")
        if not (method.isidentifier() and [tag] == entry.node.get("tags")):
            wanted = "'<tag>.<method>' with the operation's only tag"
            yield f"{entry.place}: x-python must be {wanted}, not {entry.python_name!r}"
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        readable = [spec["x-name"] for spec in schema.get("properties", {}).values() if "x-name" in spec]
        for twice in sorted({value for value in readable if readable.count(value) > 1}):
            yield f"components/schemas/{name}: two properties have the x-name {twice!r}; rename one"


def _twins(document: Node) -> Iterator[str]:
    by_id = {entry.node.get("operationId"): entry for entry in entries(document)}
    for entry in by_id.values():
        if "x-twin" not in entry.node:
            continue
        partner = by_id.get(entry.node["x-twin"])
        if partner is None or partner.node.get("x-twin") != entry.node["operationId"]:
            named = f"its x-twin {entry.node['x-twin']!r}"
            yield f"{entry.place}: {named} does not name it back; the two must name each other"
            continue
        if entry.python_name is not None:
            continue
        if partner.python_name is None:
            yield f"{entry.place} and its twin have no x-python; the one that takes the API key carries it"
        if entry.method != partner.method:
            agree = "twins agree in everything but path and credential"
            yield f"{entry.place}: its twin {partner.place} has another method; {agree}"
        for member in TWIN_MEMBERS:
            if entry.node.get(member) != partner.node.get(member):
                yield f"{entry.place}: its {member} differs from that of its twin {partner.place}; share both by $ref"


def _evidence(document: Node) -> Iterator[str]:
    places = [(f"servers/{server['url']}", server) for server in document.get("servers", [])]
    places += [(entry.place, entry.node) for entry in entries(document)]
    for kind in COMPONENTS_WITH_EVIDENCE:
        members = document.get("components", {}).get(kind, {})
        places += [(f"components/{kind}/{name}", node) for name, node in members.items()]
    places += [(f"x-error-catalogue/{entry['id']}", entry) for entry in document.get("x-error-catalogue", [])]
    for place, node in places:
        if node.get("x-evidence") not in EVIDENCE:
            yield f"{place}: x-evidence is {node.get('x-evidence')!r}; it must be one of {', '.join(EVIDENCE)}"
        if not node.get("x-source"):
            yield f"{place}: x-source is missing; name the article ids or the third party"


def _catalogue(document: Node) -> Iterator[str]:
    for entry in document.get("x-error-catalogue", []):
        if entry["kind"] not in CATALOGUE_KINDS:
            yield f"x-error-catalogue/{entry['id']}: kind {entry['kind']!r} is none of {', '.join(CATALOGUE_KINDS)}"
        if not ({"status"} if entry["kind"] == "status" else {"message", "code"}) & entry.keys():
            yield f"x-error-catalogue/{entry['id']}: it has neither message nor code, so nothing leads to it; add one"
