"""Hold the contract to the project's own rules.

`openapi/dialect.json` has those that a schema can express. Here are the others: names
are unique, references lead somewhere, twins agree, and examples fit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from enboarder.contract.walk import (
    BrokenReference,
    Node,
    Operation,
    described,
    json_content,
    operations,
    parameters,
    reachable,
    resolve,
    schemas,
)
from scripts.codegen import dialect, values
from scripts.codegen.reading import ContractBroken

SHARED_BY_TWINS = ("parameters", "requestBody", "responses", "x-outcome-by")


def check(document: Node) -> None:
    """Check every rule.

    Raises:
        ContractBroken: rules are broken; it has all of them.
    """
    # The other rules rely on members that are there and have the right types.
    _hold(document, [dialect.problems])
    check_beyond_dialect(document)


def check_beyond_dialect(document: Node) -> None:
    """Check the rules that a schema cannot express.

    Raises:
        ContractBroken: rules are broken; it has all of them.
    """
    _hold(document, [_references])
    _hold(
        document,
        [
            _doubles,
            _tags,
            _property_names,
            _wrapped_types,
            _twins,
            _credentials,
            _path_parameters,
            _pages,
            _replies,
            _token_urls,
            _catalogue_operations,
            values.problems,
        ],
    )


def _hold(document: Node, rules: list[Callable[[Node], Iterable[str]]]) -> None:
    problems: list[str] = []
    for rule in rules:
        problems.extend(rule(document))
    if problems:
        raise ContractBroken(problems)


def _references(document: Node) -> Iterator[str]:
    for place, node in described(document):
        try:
            resolve(document, node)
        except BrokenReference as error:
            yield (
                f"{place}: $ref {error.reference!r} leads nowhere in this file; "
                "correct it, or add the component"
            )


def _doubles(document: Node) -> Iterator[str]:
    yield from _twice("operationId", _named(document, "operationId"))
    iterators = [
        (f"{operation.node['tags'][0]}.{name}", place)
        for operation in operations(document)
        for name, place in _named_in(operation, "x-iterator")
    ]
    yield from _twice("x-python", [*_named(document, "x-python"), *iterators])
    for place, member in (
        ("servers", "x-region"),
        ("tags", "name"),
        ("x-error-catalogue", "id"),
    ):
        listed = enumerate(document[place])
        names = [(node[member], f"{place}/{index}") for index, node in listed]
        yield from _twice(member, names)


def _named(document: Node, member: str) -> list[tuple[str, str]]:
    named: list[tuple[str, str]] = []
    for operation in operations(document):
        named.extend(_named_in(operation, member))
    return named


def _named_in(operation: Operation, member: str) -> list[tuple[str, str]]:
    if member not in operation.node:
        return []
    return [(operation.node[member], operation.place)]


def _twice(member: str, named: Iterable[tuple[str, str]]) -> Iterator[str]:
    first_places: dict[str, str] = {}
    for name, place in named:
        if name in first_places:
            yield (
                f"{member} {name!r} appears twice: at {first_places[name]} "
                f"and at {place}; rename one"
            )
        first_places.setdefault(name, place)


def _tags(document: Node) -> Iterator[str]:
    known = {tag["name"] for tag in document["tags"]}
    for operation in operations(document):
        (tag,) = operation.node["tags"]
        if tag not in known:
            yield f"{operation.place}: the tag {tag!r} is not in `tags`; add it there"
        name = operation.python_name
        if name is not None and name.partition(".")[0] != tag:
            yield (
                f"{operation.place}: x-python must be '<tag>.<method>' "
                f"with the operation's tag {tag!r}, not {name!r}"
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


def _wrapped_types(document: Node) -> Iterator[str]:
    # Some tools send or read nothing where an enum is behind an untyped allOf.
    for place, schema in schemas(document):
        if "allOf" not in schema:
            continue
        reference = schema["allOf"][0]["$ref"]
        target = resolve(document, {"$ref": reference})
        found = schema.get("type")
        is_missing = found is None and "enum" in target
        if is_missing or found not in (None, target["type"]):
            yield (
                f"{place}: type must be {target['type']}, as in {reference}; "
                "write it beside allOf"
            )


def _twins(document: Node) -> Iterator[str]:
    by_id = {
        operation.node["operationId"]: operation for operation in operations(document)
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


def _credentials(document: Node) -> Iterator[str]:
    for operation in operations(document):
        taken: set[str] = set()
        for alternative in operation.node["security"]:
            taken.update(alternative)
        # The same credential, sent without the prefix `Bearer`.
        if "accessToken" in taken:
            taken = taken - {"accessToken"} | {"oauth2"}
        for name in sorted(taken ^ operation.node["x-credentials"].keys()):
            yield (
                f"{operation.place}: security and x-credentials disagree about "
                f"{name}; it must be in both or in neither"
            )


def _path_parameters(document: Node) -> Iterator[str]:
    for operation in operations(document):
        steps = operation.path.split("/")
        wanted = {step.strip("{}") for step in steps if step.startswith("{")}
        found = {
            parameter["name"]
            for parameter in parameters(document, operation)
            if parameter["in"] == "path"
        }
        for name in sorted(wanted ^ found):
            yield (
                f"{operation.place}: path and parameters disagree about {name!r}; "
                "it must be in both or in neither"
            )


def _pages(document: Node) -> Iterator[str]:
    cursor = {"$ref": "#/components/parameters/NextKey"}
    for operation in operations(document):
        if "x-iterator" not in operation.node:
            continue
        if cursor not in operation.node.get("parameters", []):
            yield f"{operation.place}: x-iterator needs the parameter NextKey; add it"
        reply = operation.node["responses"]["200"]
        content = json_content(document, reply) or {"schema": reply}
        if not _is_page(document, content["schema"]):
            yield (
                f"{operation.place}: x-iterator needs a page as reply 200: an object "
                "with the list `items` of a named schema, and the cursor `nextKey`; "
                f"{content['schema'].get('$ref')} is not one"
            )


def _is_page(document: Node, schema: Node) -> bool:
    properties = resolve(document, schema).get("properties", {})
    rows = properties.get("items", {}).get("items", {})
    return "$ref" in rows and "nextKey" in properties


def _replies(document: Node) -> Iterator[str]:
    # One new role must not make a whole page unreadable.
    components = document["components"]
    needed = reachable(document, components["responses"])
    for name, schema in components["schemas"].items():
        if f"#/components/schemas/{name}" in needed:
            for member in ("enum", "required"):
                if member in schema:
                    yield (
                        f"components/schemas/{name}: {member} is for what is sent, "
                        "and a reply has this schema; take it out, or give the reply "
                        "a schema of its own"
                    )


def _token_urls(document: Node) -> Iterator[str]:
    oauth2 = document["components"]["securitySchemes"]["oauth2"]
    regions = {server["x-region"] for server in document["servers"]}
    for region in sorted(oauth2["x-token-urls"].keys() - regions):
        yield (
            f"components/securitySchemes/oauth2/x-token-urls/{region}: "
            "no server has this region; add one, or take the URL out"
        )


def _catalogue_operations(document: Node) -> Iterator[str]:
    known = {operation.python_name for operation in operations(document)}
    for entry in document["x-error-catalogue"]:
        for name in entry.get("operations", []):
            if name not in known:
                yield (
                    f"x-error-catalogue/{entry['id']}: no operation has the x-python "
                    f"{name!r}; correct it"
                )
