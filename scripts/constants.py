"""What the templates need to know of the contract and the generator does not tell them."""

from __future__ import annotations

from typing import Any

from openapi_python_client.strings import PythonIdentifier

from contract import Entry, Node, entries, paragraphs, parameters, readable_path, resolve

# What every generated method takes besides its own parameters, and its local names.
RESERVED = {"self", "body", "timeout", "params", "operation", "call", "fetch", "page_cursor"}
MODEL_MEMBERS = {"from_dict", "to_dict", "additional_properties"}  # what every generated model has besides its fields


def of(document: Node) -> dict[str, Any]:
    """The globals of the templates, one member a topic."""
    partners = {entry.node["x-twin"]: entry for entry in entries(document) if "x-twin" in entry.node}
    schemes = document["components"]["securitySchemes"]
    return {
        "contract": document,
        "paragraphs": paragraphs,
        "facts": {
            "version": document["info"]["version"],
            "date_format": document["x-date-format"],
            "hosts": {server["x-region"]: server["url"] for server in document["servers"]},
            "token_urls": schemes["oauth2"]["x-token-urls"],
            "scopes": list(schemes["oauth2"]["flows"]["clientCredentials"]["scopes"]),
            "lifetime": schemes["oauth2"]["x-token-lifetime-seconds"],
            "key_header": schemes["apiKey"]["name"],
            "token_header": schemes["accessToken"]["name"],
            "cursor": document["components"]["parameters"]["NextKey"]["name"],
            "warning_header": document["components"]["parameters"]["ShowWarnings"]["name"],
        },
        "operations": {
            entry.python_name: _operation(document, entry, partners.get(entry.node["operationId"]))
            for entry in entries(document)
            if entry.python_name
        },
        "rules": {
            name: {
                "fields": _fields(document, schema),
                "required": _required(schema),
                "any_of": schema.get("x-required-any", []),
            }
            for name, schema in document["components"]["schemas"].items()
            if name in _sent(document)
        },
        "catalogue": [
            {**entry, "meaning": paragraphs(entry["meaning"]), "fix": paragraphs(entry["fix"])}
            for entry in document.get("x-error-catalogue", [])
        ],
    }


def _operation(document: Node, entry: Entry, twin: Entry | None) -> Node:
    family = [entry, *([twin] if twin else [])]
    sources = {str(source): None for one in family for source in one.node["x-source"]}
    return {
        "id": entry.node["operationId"],
        "method": entry.method.upper(),
        "key_path": next((readable_path(document, one) for one in family if one.takes("apiKey")), None),
        "token_path": next((readable_path(document, one) for one in family if one.takes("oauth2")), None),
        "headers": [one["name"] for one in parameters(document, entry) if one["in"] == "header"],
        "parameters": {
            one.get("x-name", one["name"]): paragraphs(one.get("description", "Not described."))
            for one in parameters(document, entry)
        },
        "iterator": entry.node.get("x-iterator"),
        "row": _row(document, entry) if "x-iterator" in entry.node else None,
        "by_message": entry.node.get("x-outcome-by") == "message",
        "body": next(iter(_bodies(document, entry)), None),
        "summary": entry.node["summary"],
        "description": paragraphs(entry.node.get("description", "")),
        "article": entry.node.get("externalDocs", {}).get("url"),
        "evidence": {one.path: one.node["x-evidence"] for one in family},
        "sources": list(sources),
    }


def _row(document: Node, entry: Entry) -> str:
    """The schema of the rows that a page of this operation holds."""
    reply = resolve(document, entry.node["responses"]["200"])
    page = resolve(document, reply["content"]["application/json"]["schema"])
    ref: str = page["properties"]["items"]["items"]["$ref"]
    return ref.rpartition("/")[2]


def _bodies(document: Node, entry: Entry) -> list[Node]:
    content = resolve(document, entry.node.get("requestBody", {})).get("content", {})
    return [_field(document, media["schema"]) for media in content.values()]


def _sent(document: Node) -> set[str]:
    """The schemas that requests use, directly or inside others."""
    found: set[str] = set()
    waiting = [body for entry in entries(document) for body in _bodies(document, entry)]
    while waiting:
        field = waiting.pop()
        if field["items"]:
            waiting.append(field["items"])
        if field["rule"] and field["rule"] not in found:
            found.add(field["rule"])
            waiting += _fields(document, document["components"]["schemas"][field["rule"]]).values()
    return found


def _fields(document: Node, schema: Node) -> dict[str, Node]:
    return {wire: _field(document, spec, wire) for wire, spec in schema.get("properties", {}).items()}


def _field(document: Node, spec: Node, wire: str = "") -> Node:
    """A value of a request body, as the input checks want to know it."""
    ref = spec.get("$ref") or (spec.get("allOf") or [{}])[0].get("$ref", "")
    target = resolve(document, {"$ref": ref}) if ref else spec
    kinds = target.get("type", "any")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    kind = next((kind for kind in kinds if kind != "null"), "any")
    return {
        "name": spec.get("x-name") or (PythonIdentifier(wire, "field_") if wire else ""),
        "type": kind,
        "nullable": "null" in kinds,
        "format": target.get("format"),
        "values": [] if target.get("x-enum-open") else target.get("enum", []),
        "rule": ref.rpartition("/")[2] if kind == "object" else None,
        "items": _field(document, target["items"]) if "items" in target else None,
        "required": spec.get("x-required", []),
        "any_of": spec.get("x-required-any", []),
    }


def _required(spec: Node) -> list[str]:
    return [*spec.get("required", []), *spec.get("x-required", [])]
