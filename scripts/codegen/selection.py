"""Select what the Python client is generated from.

That is one operation of each pair, and no more than the generator understands.
"""

from __future__ import annotations

import copy

from enboarder.contract.walk import (
    Node,
    Operation,
    operations,
    parameters,
    resolve,
    used_components,
)
from scripts.codegen.reading import paragraphs, readable_path


def select(document: Node) -> Node:
    """Return the document that the Python client is generated from.

    It has one operation of each pair, under its Python name. Left out are security,
    servers and error responses, which the generator ignores or mishandles; headers that
    the client sets by an option; the content of replies of which nothing is known,
    which come back unchanged; and every component that is not needed any more.
    """
    selected: Node = {
        "openapi": document["openapi"],
        "info": copy.deepcopy(document["info"]),
        "tags": [{"name": tag["name"]} for tag in document.get("tags", [])],
        "paths": _paths(document),
        "components": copy.deepcopy(document["components"]),
    }
    used = used_components(selected, selected["paths"])
    selected["components"] = {
        kind: used.get(kind, {})
        for kind in selected["components"]
        if kind != "securitySchemes"
    }
    for schema in selected["components"]["schemas"].values():
        _unwrap_descriptions(schema)
    return selected


def _paths(document: Node) -> Node:
    paths: Node = {}
    for operation in operations(document):
        if operation.python_name is not None:
            item = paths.setdefault(readable_path(document, operation), {})
            item[operation.method] = _selected(document, operation)
    return paths


def _selected(document: Node, operation: Operation) -> Node:
    node = copy.deepcopy(operation.node)
    node.pop("security", None)
    assert operation.python_name is not None
    node["operationId"] = operation.python_name.partition(".")[2]
    node["description"] = paragraphs(node.get("description", ""))
    node["parameters"] = _parameters(document, operation)
    node["responses"] = _successes(document, node["responses"])
    return node


def _parameters(document: Node, operation: Operation) -> list[Node]:
    kept = []
    for parameter in copy.deepcopy(parameters(document, operation)):
        if "x-client-option" in parameter:
            continue
        if parameter["in"] == "path":
            parameter["name"] = parameter.get("x-name", parameter["name"])
        kept.append(parameter)
    return kept


def _successes(document: Node, responses: Node) -> Node:
    kept: Node = {}
    for status, response in responses.items():
        if status.startswith("2"):
            kept[status] = response
            if takes_any_value(document, response):
                kept[status] = {"description": ""}
    return kept


def takes_any_value(document: Node, response: Node) -> bool:
    """Tell whether a response has content, and a schema of it takes any value."""
    contents = resolve(document, response).get("content", {}).values()
    return any(not content["schema"].keys() - {"description"} for content in contents)


def _unwrap_descriptions(schema: Node) -> None:
    for spec in (schema, *schema.get("properties", {}).values()):
        if "description" in spec:
            spec["description"] = paragraphs(spec["description"])
