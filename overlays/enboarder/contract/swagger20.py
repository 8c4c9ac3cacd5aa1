"""Swagger 2.0 for one region and the API key, which Power Platform asks for; and its connector's properties."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from .document import Entry, Json, Node, operations, resolved
from .openapi30 import downgraded

JSON = "application/json"
KEPT_OF_PARAMETERS = ("name", "in", "required", "description")


def swagger(document: Node) -> Node:
    """A contract with one server and the API key as Swagger 2.0, one definition for each schema."""
    old = downgraded(document)
    return {
        "swagger": "2.0",
        "info": old["info"],
        "host": urlsplit(str(old["servers"][0]["url"])).netloc,
        "basePath": "/",
        "schemes": ["https"],
        "consumes": [JSON],
        "produces": [JSON],
        "securityDefinitions": old["components"]["securitySchemes"],
        "security": [{"apiKey": []}],
        "tags": old["tags"],
        "externalDocs": old["externalDocs"],
        "paths": _paths(old),
        "definitions": {name: _schema(schema) for name, schema in old["components"]["schemas"].items()},
        "x-error-catalogue": old["x-error-catalogue"],
    }


def connector_properties() -> Node:
    """What Power Platform's `apiProperties.json` says: the key is asked for once, and kept as a secret."""
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
    for entry in operations(document):
        paths.setdefault(entry.path, {})[entry.method] = _operation(document, entry)
    return paths


def _operation(document: Node, entry: Entry) -> Node:
    node = {key: value for key, value in entry.node.items() if key not in ("requestBody", "security")}
    parameters = [_parameter(resolved(document, one)) for one in entry.node.get("parameters", [])]
    if "requestBody" in entry.node:
        body = resolved(document, entry.node["requestBody"])
        schema = _schema(body["content"][JSON]["schema"])
        parameters.append({"name": "body", "in": "body", "required": body.get("required", False), "schema": schema})
    node["responses"] = {
        status: _response(resolved(document, reply)) for status, reply in entry.node["responses"].items()
    }
    return {**node, "parameters": parameters}


def _parameter(parameter: Node) -> Node:
    schema = {key: value for key, value in _schema(parameter["schema"]).items() if key != "description"}
    kept = {key: parameter[key] for key in KEPT_OF_PARAMETERS if key in parameter}
    return {**kept, **schema, **{key: value for key, value in parameter.items() if key.startswith("x-")}}


def _response(response: Node) -> Node:
    media = response.get("content", {}).get(JSON)
    described: Node = {"description": response["description"]}
    if media:
        described["schema"] = _schema(media["schema"])
        values = [example["value"] for example in media.get("examples", {}).values()]
        described |= {"examples": {JSON: values[0]}} if values else {}
    return described


def _schema(node: Json) -> Any:
    if isinstance(node, list):
        return [_schema(value) for value in node]
    if not isinstance(node, dict):
        return node
    schema: Node = {key: _schema(value) for key, value in node.items()}
    if isinstance(schema.get("$ref"), str):
        schema["$ref"] = schema["$ref"].replace("#/components/schemas/", "#/definitions/")
    if schema.get("nullable") is True:
        del schema["nullable"]
        schema["x-nullable"] = True
    return schema
