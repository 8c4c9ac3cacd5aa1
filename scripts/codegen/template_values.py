"""Tell the templates what they need of the contract and the generator does not say."""

from __future__ import annotations

from typing import Any

from enboarder.contract.walk import (
    Node,
    Operation,
    component_name,
    operations,
    parameters,
    request_content,
    resolve,
)
from scripts.codegen import request_rules
from scripts.codegen.reading import paragraphs, readable_path


def values_of(document: Node) -> dict[str, Any]:
    """Return the globals of the templates, one member for each topic."""
    return {
        "contract": document,
        "paragraphs": paragraphs,
        "facts": _facts(document),
        "operations": _operations(document),
        "rules": request_rules.rules_of(document),
        "identities": _identities(document),
        "named_values": _named_values(document),
        "catalogue": [
            _catalogue_entry(entry) for entry in document.get("x-error-catalogue", [])
        ],
    }


def _facts(document: Node) -> Node:
    components = document["components"]
    schemes = components["securitySchemes"]
    flow = schemes["oauth2"]["flows"]["clientCredentials"]
    return {
        "version": document["info"]["version"],
        "date_format": document["x-date-format"],
        "hosts": {server["x-region"]: server["url"] for server in document["servers"]},
        "token_urls": schemes["oauth2"]["x-token-urls"],
        "scopes": list(flow["scopes"]),
        "lifetime": schemes["oauth2"]["x-token-lifetime-seconds"],
        "key_header": schemes["apiKey"]["name"],
        "token_header": schemes["accessToken"]["name"],
        "cursor": components["parameters"]["NextKey"]["name"],
        "warning_header": components["parameters"]["ShowWarnings"]["name"],
    }


def _identities(document: Node) -> list[str]:
    """Return the path parameters that are ids, by their readable names."""
    names = {
        str(one.get("x-name", one["name"]))
        for operation in operations(document)
        for one in parameters(document, operation)
        if one["in"] == "path" and one.get("x-identity")
    }
    return sorted(names)


def _named_values(document: Node) -> list[str]:
    """Return the schemas of a name with its value, a list of which is a mapping."""
    return [
        name
        for name, schema in document["components"]["schemas"].items()
        if schema.get("required") == ["name", "value"]
        and schema["properties"].keys() == {"name", "value"}
    ]


def _reply_is_a_guess(document: Node, operation: Operation) -> bool:
    """Tell whether no source documents what a successful write answers."""
    if operation.method not in ("post", "put", "patch", "delete"):
        return False
    responses = operation.node["responses"].items()
    return all(
        resolve(document, response).get("x-evidence") == "inferred"
        for status, response in responses
        if status.startswith("2")
    )


def _catalogue_entry(entry: Node) -> Node:
    return {
        **entry,
        "meaning": paragraphs(entry["meaning"]),
        "fix": paragraphs(entry["fix"]),
    }


def _operations(document: Node) -> dict[str, Node]:
    by_id = {
        operation.node["operationId"]: operation for operation in operations(document)
    }
    values = {}
    for operation in by_id.values():
        if operation.python_name is not None:
            pair = [operation]
            if "x-twin" in operation.node:
                pair.append(by_id[operation.node["x-twin"]])
            values[operation.python_name] = _operation(document, operation, pair)
    return values


def _operation(document: Node, operation: Operation, pair: list[Operation]) -> Node:
    node = operation.node
    described = parameters(document, operation)
    return {
        "id": node["operationId"],
        "method": operation.method.upper(),
        "key_path": _path_for(document, pair, "apiKey"),
        "token_path": _path_for(document, pair, "oauth2"),
        "headers": [one["name"] for one in described if one["in"] == "header"],
        "parameters": {
            request_rules.python_name(one, one["name"]): paragraphs(
                one.get("description", "Not described.")
            )
            for one in described
        },
        "iterator": node.get("x-iterator"),
        "row": _row(document, operation),
        "by_message": node.get("x-outcome-by") == "message",
        "reply_is_a_guess": _reply_is_a_guess(document, operation),
        "body": _body(document, operation),
        "summary": node["summary"],
        "description": paragraphs(node.get("description", "")),
        "article": node.get("externalDocs", {}).get("url"),
        "evidence": {one.path: one.node["x-evidence"] for one in pair},
        "sources": _sources(pair),
    }


def _path_for(document: Node, pair: list[Operation], scheme: str) -> str | None:
    for operation in pair:
        if operation.takes(scheme):
            return readable_path(document, operation)
    return None


def _sources(pair: list[Operation]) -> list[str]:
    sources: list[str] = []
    for operation in pair:
        for source in operation.node["x-source"]:
            if str(source) not in sources:
                sources.append(str(source))
    return sources


def _row(document: Node, operation: Operation) -> str | None:
    """Return the schema of the rows in a page, for an operation that is iterated."""
    if "x-iterator" not in operation.node:
        return None
    response = resolve(document, operation.node["responses"]["200"])
    page = resolve(document, response["content"]["application/json"]["schema"])
    return component_name(page["properties"]["items"]["items"]["$ref"])


def _body(document: Node, operation: Operation) -> Node | None:
    content = request_content(document, operation)
    if content is None:
        return None
    return request_rules.field(document, content["schema"])
