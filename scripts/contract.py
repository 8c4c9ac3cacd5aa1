"""Read the contract, hold it to the project's rules, and select what the Python client is generated from."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

import subset

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = ROOT / "openapi" / "enboarder.yaml"

EVIDENCE = ("verified", "documented", "contradictory", "third-party", "inferred")
METHODS = ("get", "put", "post", "delete", "patch")
TWIN_MEMBERS = ("parameters", "requestBody", "responses", "x-outcome-by")
OPERATION_MEMBERS = ("summary", "responses", "security")
SERVER_MEMBERS = ("url", "x-region")
CATALOGUE_MEMBERS = ("id", "kind", "meaning", "fix", "resend")
CATALOGUE_KINDS = ("success", "refusal", "warning", "gateway", "token")
COMPONENTS_WITH_EVIDENCE = ("schemas", "parameters", "requestBodies", "responses", "securitySchemes")

Node: TypeAlias = dict[str, Any]


class ContractBroken(Exception):
    """The contract breaks a rule; each fault names the place and what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("the contract breaks its rules:\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


class Entry(NamedTuple):
    """One operation and where it stands."""

    path: str
    method: str
    node: Node

    @property
    def place(self) -> str:
        return f"{self.node.get('operationId', 'an operation without operationId')} ({self.method.upper()} {self.path})"

    @property
    def python_name(self) -> str | None:
        name: str | None = self.node.get("x-python")
        return name

    def takes(self, scheme: str) -> bool:
        return any(scheme in alternative for alternative in self.node.get("security", []))


def load(path: Path = CONTRACT) -> Node:
    """Read the contract as plain dicts and lists; raises ContractBroken when it is not YAML or has a key twice."""
    try:
        document: Node = YAML(typ="safe", pure=True).load(io.StringIO(path.read_text(encoding="utf-8")))
    except MarkedYAMLError as error:
        raise ContractBroken([f"{path.name} is not valid YAML: {error}"]) from None
    return document


def entries(document: Node) -> Iterator[Entry]:
    """Each operation in `paths`, in the order of the file."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield Entry(path, method, item[method])


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
            yield f"{entry.place}: x-python must be '<tag>.<method>' with the operation's only tag, not {entry.python_name!r}"
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
            yield f"{entry.place}: its x-twin {entry.node['x-twin']!r} does not name it back; the two must name each other"
            continue
        if entry.python_name is not None:
            continue
        if partner.python_name is None:
            yield f"{entry.place} and its twin have no x-python; the one that takes the API key carries it"
        if entry.method != partner.method:
            yield f"{entry.place}: its twin {partner.place} has another method; twins agree in everything but path and credential"
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
        if not {"message", "code"} & entry.keys():
            yield f"x-error-catalogue/{entry['id']}: it has neither message nor code, so nothing leads to it; add one"


def resolve(document: Node, node: Node) -> Node:
    """Follow a local `$ref`, if the node is one."""
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def parameters(document: Node, entry: Entry) -> list[Node]:
    """The operation's parameters, resolved."""
    return [resolve(document, parameter) for parameter in entry.node.get("parameters", [])]


def readable_path(document: Node, entry: Entry) -> str:
    """The path with the Python names of its parameters: `/reports/forms/{form_id}/data`."""
    path = entry.path
    for parameter in parameters(document, entry):
        if parameter["in"] == "path" and "x-name" in parameter:
            path = path.replace("{" + parameter["name"] + "}", "{" + parameter["x-name"] + "}")
    return path


def select(document: Node) -> Node:
    """The document that the Python client is generated from: one operation of each pair, under its Python name.

    Security, servers and error responses go (the generator ignores or mishandles them), so do headers that the client
    sets by an option of its own, the content of replies of which nothing is known (they come back as they are), and every
    component that nothing needs any more.
    """
    selected: Node = {key: copy.deepcopy(document[key]) for key in ("openapi", "info", "components")}
    selected["tags"] = [{"name": tag["name"]} for tag in document.get("tags", [])]
    selected["paths"] = {}
    for entry in entries(document):
        if entry.python_name is None:
            continue
        node = copy.deepcopy(entry.node)
        node.pop("security", None)
        node["operationId"] = entry.python_name.partition(".")[2]
        node["description"] = paragraphs(node.get("description", ""))
        node["parameters"] = [
            {**parameter, "name": parameter.get("x-name", parameter["name"])}
            if parameter["in"] == "path"
            else parameter
            for parameter in copy.deepcopy(parameters(document, entry))
            if "x-client-option" not in parameter
        ]
        node["responses"] = {
            status: {"description": ""} if says_nothing(document, reply) else reply
            for status, reply in node["responses"].items()
            if status.startswith("2")
        }
        selected["paths"].setdefault(readable_path(document, entry), {})[entry.method] = node
    selected["components"].pop("securitySchemes", None)
    for schema in selected["components"]["schemas"].values():
        for spec in (schema, *schema.get("properties", {}).values()):
            if "description" in spec:
                spec["description"] = paragraphs(spec["description"])
    _prune(selected)
    return selected


def says_nothing(document: Node, reply: Node) -> bool:
    """Whether a reply has content, and its schema takes any value."""
    media = resolve(document, reply).get("content", {}).values()
    return any(not schema.keys() - {"description"} for schema in (each["schema"] for each in media))


def paragraphs(text: str) -> str:
    """Undo the line breaks of the YAML file, but keep those between paragraphs."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")).strip()


def _prune(document: Node) -> None:
    used: set[str] = set()
    waiting = [document["paths"]]
    while waiting:
        for ref in _refs(waiting.pop()):
            if ref not in used:
                used.add(ref)
                waiting.append(resolve(document, {"$ref": ref}))
    for kind, members in document["components"].items():
        for name in [name for name in members if f"#/components/{kind}/{name}" not in used]:
            del members[name]


def _refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            yield from _refs(value)
