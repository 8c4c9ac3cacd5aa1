"""A Postman collection of every operation, and an environment for each region."""

from __future__ import annotations

import json
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

from .document import Auth, Entry, Node, operations, resolved

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
HEADERS = {Auth.APIKEY: ("apikey", "{{apiKey}}"), Auth.OAUTH2: ("Authorization", "{{accessToken}}")}
TITLES = {Auth.APIKEY: "With the API key", Auth.OAUTH2: "With an OAuth2 token"}
SECRETS = ("apiKey", "clientId", "clientSecret", "accessToken")
KEEP_TOKEN = 'pm.environment.set("accessToken", pm.response.json().access_token);'


def collection(document: Node) -> Node:
    """A collection (format 2.1): one folder for each credential, one for each tag in it."""
    folders = [_family(document, auth) for auth in TITLES]
    folders[1]["item"].insert(0, _token_request(document))
    info = document["info"]
    return {
        "info": {
            "name": info["title"],
            "_postman_id": str(uuid5(NAMESPACE_URL, "enboarder/collection")),
            "description": info["description"],
            "version": info["version"],
            "schema": SCHEMA,
        },
        "item": folders,
    }


def environment(document: Node, region: str) -> Node:
    """The variables of one region; the secrets are blank."""
    host = next(server["url"] for server in document["servers"] if server["x-region"] == region)
    oauth2 = document["components"]["securitySchemes"]["oauth2"]
    scopes = " ".join(oauth2["flows"]["clientCredentials"]["scopes"])
    values = {"baseUrl": host, "tokenUrl": oauth2["x-token-urls"].get(region, ""), "scopes": scopes}
    return {
        "id": str(uuid5(NAMESPACE_URL, f"enboarder/environment/{region}")),
        "name": f"Enboarder {region}",
        "values": [
            *({"key": key, "value": value, "type": "default", "enabled": True} for key, value in values.items()),
            *({"key": key, "value": "", "type": "secret", "enabled": True} for key in SECRETS),
        ],
        "_postman_variable_scope": "environment",
    }


def _family(document: Node, auth: Auth) -> Node:
    taken = [entry for entry in operations(document) if entry.takes(auth)]
    tags = {
        tag["name"]: [_request(document, entry, auth) for entry in taken if tag["name"] in entry.node["tags"]]
        for tag in document["tags"]
    }
    return {"name": TITLES[auth], "item": [{"name": name, "item": requests} for name, requests in tags.items()]}


def _request(document: Node, entry: Entry, auth: Auth) -> Node:
    name, value = HEADERS[auth]
    headers = [{"key": name, "value": value}, {"key": "Accept", "value": "application/json"}]
    request: Node = {
        "method": entry.method.upper(),
        "description": f"{entry.node['summary']}\n\n{entry.node.get('description', '')}".strip(),
        "header": headers,
        "auth": {"type": "noauth"},
    }
    if "requestBody" in entry.node:
        headers.append({"key": "Content-Type", "value": "application/json"})
        raw = json.dumps(_sample(resolved(document, entry.node["requestBody"])), indent=2, ensure_ascii=False)
        request["body"] = {"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}}
    request["url"] = _url(document, entry)
    return {"name": entry.node["operationId"], "request": request, "response": []}


def _sample(body: Node) -> Any:
    examples = cast(Node, body["content"]["application/json"].get("examples", {}))
    return next((example["value"] for example in examples.values()), None)


def _url(document: Node, entry: Entry) -> Node:
    parameters = [resolved(document, one) for one in entry.node.get("parameters", [])]
    path = entry.path.replace("{", ":").replace("}", "")
    url: Node = {"raw": "{{baseUrl}}" + path, "host": ["{{baseUrl}}"], "path": path.strip("/").split("/")}
    by_path = [one for one in parameters if one["in"] == "path"]
    by_query = [one for one in parameters if one["in"] == "query"]
    if by_path:
        url["variable"] = [
            {"key": one["name"], "value": one.get("example", ""), "description": one["description"]} for one in by_path
        ]
    if by_query:
        url["query"] = [
            {"key": one["name"], "value": "", "description": one["description"], "disabled": True} for one in by_query
        ]
    return url


def _token_request(document: Node) -> Node:
    description = document["components"]["securitySchemes"]["oauth2"]["description"]
    form = {"grant_type": "client_credentials", "scope": "{{scopes}}"}
    credentials = {"username": "{{clientId}}", "password": "{{clientSecret}}"}
    return {
        "name": "getAccessToken",
        "event": [{"listen": "test", "script": {"type": "text/javascript", "exec": [KEEP_TOKEN]}}],
        "request": {
            "method": "POST",
            "description": f"Keeps the token in the environment for the requests below.\n\n{description}",
            "header": [],
            "auth": {"type": "basic", "basic": [{"key": key, "value": value} for key, value in credentials.items()]},
            "body": {"mode": "urlencoded", "urlencoded": [{"key": key, "value": form[key]} for key in form]},
            "url": {"raw": "{{tokenUrl}}", "host": ["{{tokenUrl}}"]},
        },
        "response": [],
    }
