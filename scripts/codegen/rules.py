"""Hold the contract to the project's own rules.

They find what is missing, doubled, unlike its twin, or without evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from enboarder.contract.walk import (
    BrokenReference,
    Node,
    Operation,
    described,
    operations,
    resolve,
)
from scripts.codegen import subset
from scripts.codegen.reading import ContractBroken

EVIDENCE = ("verified", "documented", "contradictory", "third-party", "inferred")
SHARED_BY_TWINS = ("parameters", "requestBody", "responses", "x-outcome-by")
COMPONENTS_WITH_EVIDENCE = (
    "schemas",
    "parameters",
    "requestBodies",
    "responses",
    "securitySchemes",
)
CATALOGUE_KINDS = ("success", "refusal", "warning", "gateway", "status", "token")

OPERATION_MEMBERS = ("summary", "responses", "security")
SERVER_MEMBERS = ("url", "x-region")
CATALOGUE_MEMBERS = ("id", "kind", "meaning", "fix", "resend")


def check(document: Node) -> None:
    """Check every rule.

    Raises:
        ContractBroken: rules are broken; it has all of them.
    """
    # The other rules rely on these members being there and on references that resolve.
    _hold(document, [_missing_members, _references])
    _hold(
        document,
        [
            _duplicates,
            _python_names,
            _property_names,
            _twins,
            _evidence,
            _catalogue,
            subset.problems,
        ],
    )


def _hold(document: Node, rules: list[Callable[[Node], Iterator[str]]]) -> None:
    problems: list[str] = []
    for rule in rules:
        problems.extend(rule(document))
    if problems:
        raise ContractBroken(problems)


def _missing_members(document: Node) -> Iterator[str]:
    for operation in operations(document):
        yield from _missing(operation.place, operation.node, OPERATION_MEMBERS)
    for index, server in enumerate(document["servers"]):
        yield from _missing(f"servers/{index}", server, SERVER_MEMBERS)
    for index, entry in enumerate(document.get("x-error-catalogue", [])):
        yield from _missing(f"x-error-catalogue/{index}", entry, CATALOGUE_MEMBERS)


def _missing(place: str, node: Node, members: tuple[str, ...]) -> Iterator[str]:
    for member in members:
        if member not in node:
            yield f"{place}: {member} is missing; add it"


def _references(document: Node) -> Iterator[str]:
    for place, node in described(document):
        try:
            resolve(document, node)
        except BrokenReference as error:
            yield (
                f"{place}: $ref {error.reference!r} leads nowhere in this file; "
                "correct it, or add the component"
            )


def _duplicates(document: Node) -> Iterator[str]:
    for operation in operations(document):
        if "operationId" not in operation.node:
            place = f"{operation.method.upper()} {operation.path}"
            yield f"{place} has no operationId; give it one, verb first"
    for member in ("operationId", "x-python"):
        first_places: dict[str, str] = {}
        for operation in operations(document):
            value = operation.node.get(member)
            if value is None:
                continue
            if value in first_places:
                yield (
                    f"{member} {value!r} appears twice: at {first_places[value]} "
                    f"and at {operation.place}; rename one"
                )
            first_places.setdefault(value, operation.place)


def _python_names(document: Node) -> Iterator[str]:
    for operation in operations(document):
        name = operation.python_name
        if name is None:
            if "x-twin" not in operation.node:
                yield (
                    f"{operation.place} has neither x-python nor x-twin, "
                    "so no client would have it; add one"
                )
            continue
        tag, _, method = name.partition(".")
        if not method.isidentifier() or operation.node.get("tags") != [tag]:
            yield (
                f"{operation.place}: x-python must be '<tag>.<method>' "
                f"with the operation's only tag, not {name!r}"
            )


def _property_names(document: Node) -> Iterator[str]:
    for schema_name, schema in document["components"]["schemas"].items():
        properties = schema.get("properties", {}).values()
        names = Counter(spec["x-name"] for spec in properties if "x-name" in spec)
        for name, count in sorted(names.items()):
            if count > 1:
                yield (
                    f"components/schemas/{schema_name}: {count} properties have "
                    f"the x-name {name!r}; rename all but one"
                )


def _twins(document: Node) -> Iterator[str]:
    by_id = {
        operation.node.get("operationId"): operation
        for operation in operations(document)
    }
    for operation in by_id.values():
        if "x-twin" not in operation.node:
            continue
        twin = by_id.get(operation.node["x-twin"])
        if twin is None or twin.node.get("x-twin") != operation.node["operationId"]:
            yield (
                f"{operation.place}: its x-twin {operation.node['x-twin']!r} does not "
                "name it back; the two must name each other"
            )
        elif operation.python_name is None:
            yield from _unlike(operation, twin)


def _unlike(operation: Operation, twin: Operation) -> Iterator[str]:
    if twin.python_name is None:
        yield (
            f"{operation.place} and its twin have no x-python; "
            "add it to the one that takes the API key"
        )
    if operation.method != twin.method:
        yield (
            f"{operation.place}: its twin {twin.place} has another method; "
            "twins agree in everything but path and credential"
        )
    for member in SHARED_BY_TWINS:
        if operation.node.get(member) != twin.node.get(member):
            yield (
                f"{operation.place}: its {member} differs from that of its twin "
                f"{twin.place}; share both by $ref"
            )


def _evidence(document: Node) -> Iterator[str]:
    for place, node in _with_evidence(document):
        evidence = node.get("x-evidence")
        if evidence not in EVIDENCE:
            yield (
                f"{place}: x-evidence is {evidence!r}; "
                f"it must be one of {', '.join(EVIDENCE)}"
            )
        if not node.get("x-source"):
            yield (
                f"{place}: x-source is missing; name the article ids or the third party"
            )


def _with_evidence(document: Node) -> Iterator[tuple[str, Node]]:
    for server in document["servers"]:
        yield f"servers/{server['url']}", server
    for operation in operations(document):
        yield operation.place, operation.node
    for kind in COMPONENTS_WITH_EVIDENCE:
        for name, node in document["components"].get(kind, {}).items():
            yield f"components/{kind}/{name}", node
    for entry in document.get("x-error-catalogue", []):
        yield f"x-error-catalogue/{entry['id']}", entry


def _catalogue(document: Node) -> Iterator[str]:
    for entry in document.get("x-error-catalogue", []):
        place = f"x-error-catalogue/{entry['id']}"
        if entry["kind"] not in CATALOGUE_KINDS:
            yield (
                f"{place}: the kind {entry['kind']!r} is not one of "
                f"{', '.join(CATALOGUE_KINDS)}"
            )
        found_by = {"message", "code"}
        if entry["kind"] == "status":
            found_by = {"status"}
        if not found_by & entry.keys():
            yield (
                f"{place}: it has no {' or '.join(sorted(found_by))}, "
                "so nothing leads to it; add one"
            )
