"""Swagger 2.0 and the connector properties for Power Platform.

Both are for one region and the API key.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from .document import Json, Node
from .openapi30 import downgraded
from .walk import JSON, Operation, json_content, operations, parameters, resolve

PARAMETER_MEMBERS = ("name", "in", "required", "description")


def swagger(document: Node) -> Node:
    """Return a contract with one server and the API key as Swagger 2.0."""
    old = downgraded(document)
    url: str = old["servers"][0]["url"]
    components = old["components"]
    return {
        "swagger": "2.0",
        "info": old["info"],
        "host": urlsplit(url).netloc,
        "basePath": "/",
        "schemes": ["https"],
        "consumes": [JSON],
        "produces": [JSON],
        "securityDefinitions": components["securitySchemes"],
        "security": [{"apiKey": []}],
        "tags": old["tags"],
        "externalDocs": old["externalDocs"],
        "paths": _paths(old),
        "definitions": _members(components["schemas"]),
        "x-error-catalogue": old["x-error-catalogue"],
    }


def connector_properties() -> Node:
    """Return Power Platform's `apiProperties.json`.

    The connector asks for the key once and keeps it as a secret.
    """
    key = {
        "type": "securestring",
        "uiDefinition": {
            "displayName": "API key",
            "description": "From Settings / Integration / Our Extensions",
            "tooltip": "The account's Enboarder API key",
            "constraints": {"tabIndex": 2, "clearText": False, "required": "true"},
        },
    }
    return {
        "properties": {
            "connectionParameters": {"api_key": key},
            "iconBrandColor": "#007ee5",
            "capabilities": [],
            "publisher": "unofficial",
            "stackOwner": "Enboarder",
        }
    }


def _paths(document: Node) -> Node:
    paths: dict[str, Node] = {}
    for operation in operations(document):
        path = paths.setdefault(operation.path, {})
        path[operation.method] = _operation(document, operation)
    return paths


def _operation(document: Node, operation: Operation) -> Node:
    # Security stays on the operation: importers do not read the document's security.
    node = dict(operation.node)
    body = node.pop("requestBody", None)
    described = [_parameter(one) for one in parameters(document, operation)]
    if body is not None:
        described.append(_body_parameter(document, body))
    node["responses"] = {
        status: _response(document, response)
        for status, response in operation.node["responses"].items()
    }
    node["parameters"] = described
    return node


def _parameter(parameter: Node) -> Node:
    """Return a parameter that has the members of its schema as its own."""
    described: Node = {}
    for name in PARAMETER_MEMBERS:
        if name in parameter:
            described[name] = parameter[name]
    schema = _members(parameter["schema"])
    # The parameter's description is better than its schema's.
    schema.pop("description", None)
    described.update(schema)
    for name, value in parameter.items():
        if name.startswith("x-"):
            described[name] = value
    return described


def _body_parameter(document: Node, body: Node) -> Node:
    content: Node = json_content(document, body) or {}
    return {
        "name": "body",
        "in": "body",
        "required": resolve(document, body).get("required", False),
        "schema": _members(content["schema"]),
    }


def _response(document: Node, response: Node) -> Node:
    described: Node = {"description": resolve(document, response)["description"]}
    content = json_content(document, response)
    if content is None:
        return described
    described["schema"] = _members(content["schema"])
    # Swagger 2.0 allows only one example.
    for example in content.get("examples", {}).values():
        described["examples"] = {JSON: example["value"]}
        break
    return described


def _translated(node: Json) -> Any:
    if isinstance(node, list):
        return [_translated(value) for value in node]
    if isinstance(node, dict):
        return _members(node)
    return node


def _members(node: Node) -> Node:
    """Return a schema, or schemas by name, as Swagger 2.0."""
    schema: Node = {name: _translated(value) for name, value in node.items()}
    reference = schema.get("$ref")
    if isinstance(reference, str):
        schema["$ref"] = reference.replace("#/components/schemas/", "#/definitions/")
    readable = schema.get("x-name")
    if isinstance(readable, str):
        # What Power Platform shows as the label of a field.
        schema["x-ms-summary"] = readable.replace("_", " ").capitalize()
    if schema.get("nullable") is True:
        del schema["nullable"]
        schema["x-nullable"] = True
    return schema
