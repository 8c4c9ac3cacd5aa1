"""Places of the contract in which tests seed a fault, and how a fault is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from enboarder.contract.walk import Node

Change: TypeAlias = Callable[[Node], Any]
Faults: TypeAlias = "dict[str, tuple[Change, list[str]]]"
"""Each fault: the change that seeds it, and what the message has to name."""

BASIC = "/restapi/v1/startwf/basic"
BASIC_TWIN = "/restapi/v2/startwf/basic"


def operation(document: Node, path: str, method: str = "get") -> Node:
    found: Node = document["paths"][path][method]
    return found


def component(document: Node, kind: str, name: str) -> Node:
    found: Node = document["components"][kind][name]
    return found


def members(document: Node, name: str) -> Node:
    """The properties of a schema."""
    found: Node = component(document, "schemas", name)["properties"]
    return found


def example(document: Node) -> Node:
    """The sample of a basic launch."""
    body = component(document, "requestBodies", "BasicLaunch")
    found: Node = body["content"]["application/json"]["examples"]["sample"]["value"]
    return found


def oauth2(document: Node) -> Node:
    return component(document, "securitySchemes", "oauth2")


def client_credentials(document: Node) -> Node:
    found: Node = oauth2(document)["flows"]["clientCredentials"]
    return found


def entry(document: Node, name: str) -> Node:
    """An entry of the error catalogue."""
    for one in document["x-error-catalogue"]:
        if one["id"] == name:
            found: Node = one
            return found
    raise LookupError(name)


def lacking(wanted: list[str], message: str) -> list[str]:
    """What should be in a message and is not."""
    return [text for text in wanted if text not in message]
