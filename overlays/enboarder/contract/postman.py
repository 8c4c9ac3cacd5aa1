"""A Postman collection of every operation, and an environment for each region."""

from __future__ import annotations

import json
from uuid import NAMESPACE_URL, uuid5

from .document import SCHEMES, Auth, Node
from .walk import Operation, first_example, operations, parameters, request_content

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
HEADERS = {
    Auth.APIKEY: ("apikey", "{{apiKey}}"),
    Auth.OAUTH2: ("Authorization", "{{accessToken}}"),
}
TITLES = {
    Auth.APIKEY: "With the API key",
    Auth.OAUTH2: "With an OAuth2 token",
}
SECRETS = ("apiKey", "clientId", "clientSecret", "accessToken")
KEEP_TOKEN = 'pm.environment.set("accessToken", pm.response.json().access_token);'


def collection(document: Node) -> Node:
    """Return a collection (format 2.1) with folders by credential and tag."""
    by_key = _family(document, Auth.APIKEY)
    by_token = _family(document, Auth.OAUTH2)
    by_token["item"].insert(0, _token_request(document))
    info = document["info"]
    return {
        "info": {
            "name": info["title"],
            "_postman_id": str(uuid5(NAMESPACE_URL, "enboarder/collection")),
            "description": info["description"],
            "version": info["version"],
            "schema": SCHEMA,
        },
        "item": [by_key, by_token],
    }


def environment(document: Node, region: str) -> Node:
    """Return the variables of one region; the secrets are blank."""
    oauth2 = document["components"]["securitySchemes"]["oauth2"]
    scopes = " ".join(oauth2["flows"]["clientCredentials"]["scopes"])
    token_url = oauth2["x-token-urls"].get(region, "")
    variables = [
        _variable("baseUrl", _host(document, region)),
        _variable("tokenUrl", token_url),
        _variable("scopes", scopes),
    ]
    for name in SECRETS:
        variables.append(_variable(name, "", kind="secret"))
    return {
        "id": str(uuid5(NAMESPACE_URL, f"enboarder/environment/{region}")),
        "name": f"Enboarder {region}",
        "values": variables,
        "_postman_variable_scope": "environment",
    }


def _host(document: Node, region: str) -> str:
    (url,) = [
        server["url"] for server in document["servers"] if server["x-region"] == region
    ]
    return str(url)


def _variable(name: str, value: str, kind: str = "default") -> Node:
    return {"key": name, "value": value, "type": kind, "enabled": True}


def _family(document: Node, auth: Auth) -> Node:
    """Return the folder with the operations of one credential."""
    folders: dict[str, list[Node]] = {tag["name"]: [] for tag in document["tags"]}
    for operation in operations(document):
        if operation.takes(SCHEMES[auth]):
            request = _request(document, operation, auth)
            for tag in operation.node["tags"]:
                folders[tag].append(request)
    items = [{"name": name, "item": requests} for name, requests in folders.items()]
    return {"name": TITLES[auth], "item": items}


def _request(document: Node, operation: Operation, auth: Auth) -> Node:
    header, value = HEADERS[auth]
    headers = [
        {"key": header, "value": value},
        {"key": "Accept", "value": "application/json"},
    ]
    request: Node = {
        "method": operation.method.upper(),
        "description": _description(operation),
        "header": headers,
        "auth": {"type": "noauth"},
    }
    content = request_content(document, operation)
    if content is not None:
        headers.append({"key": "Content-Type", "value": "application/json"})
        request["body"] = _body(document, content)
    request["url"] = _url(document, operation)
    return {"name": operation.node["operationId"], "request": request, "response": []}


def _description(operation: Operation) -> str:
    summary = operation.node["summary"]
    description = operation.node.get("description", "")
    return f"{summary}\n\n{description}".strip()


def _body(document: Node, content: Node) -> Node:
    sample = first_example(document, content)
    return {
        "mode": "raw",
        "raw": json.dumps(sample, indent=2, ensure_ascii=False),
        "options": {"raw": {"language": "json"}},
    }


def _url(document: Node, operation: Operation) -> Node:
    path = operation.path.replace("{", ":").replace("}", "")
    url: Node = {
        "raw": "{{baseUrl}}" + path,
        "host": ["{{baseUrl}}"],
        "path": path.strip("/").split("/"),
    }
    variables: list[Node] = []
    query: list[Node] = []
    for parameter in parameters(document, operation):
        described = {
            "key": parameter["name"],
            "value": "",
            "description": parameter["description"],
        }
        if parameter["in"] == "path":
            described["value"] = parameter.get("example", "")
            variables.append(described)
        elif parameter["in"] == "query":
            query.append({**described, "disabled": True})
    if variables:
        url["variable"] = variables
    if query:
        url["query"] = query
    return url


def _token_request(document: Node) -> Node:
    oauth2 = document["components"]["securitySchemes"]["oauth2"]
    description = (
        "Keeps the token in the environment for the requests below.\n\n"
        f"{oauth2['description']}"
    )
    script = {"type": "text/javascript", "exec": [KEEP_TOKEN]}
    return {
        "name": "getAccessToken",
        "event": [{"listen": "test", "script": script}],
        "request": {
            "method": "POST",
            "description": description,
            "header": [],
            "auth": {
                "type": "basic",
                "basic": [
                    {"key": "username", "value": "{{clientId}}"},
                    {"key": "password", "value": "{{clientSecret}}"},
                ],
            },
            "body": {
                "mode": "urlencoded",
                "urlencoded": [
                    {"key": "grant_type", "value": "client_credentials"},
                    {"key": "scope", "value": "{{scopes}}"},
                ],
            },
            "url": {"raw": "{{tokenUrl}}", "host": ["{{tokenUrl}}"]},
        },
        "response": [],
    }
