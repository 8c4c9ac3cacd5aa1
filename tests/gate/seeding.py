"""Places of the contract in which tests seed a fault, and how a fault is written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from contract import Node

Change: TypeAlias = Callable[[Node], Any]
Faults: TypeAlias = "dict[str, tuple[Change, list[str]]]"
"""Each fault: the change that seeds it, and what the message has to name."""

BASIC_TWIN = "/restapi/v2/startwf/basic"


def operation(document: Node, path: str, method: str = "get") -> Node:
    found: Node = document["paths"][path][method]
    return found


def component(document: Node, kind: str, name: str) -> Node:
    found: Node = document["components"][kind][name]
    return found


def members(document: Node, name: str) -> Node:
    found: Node = component(document, "schemas", name)["properties"]
    return found


def example(document: Node) -> Node:
    found: Node = component(document, "requestBodies", "BasicLaunch")["content"][
        "application/json"
    ]["examples"]
    return found["sample"]["value"]  # type: ignore[no-any-return]


def oauth2(document: Node) -> Node:
    return component(document, "securitySchemes", "oauth2")


def entry(document: Node, name: str) -> Node:
    found: Node = next(
        one for one in document["x-error-catalogue"] if one["id"] == name
    )
    return found


def lacking(told: list[str], message: str) -> list[str]:
    return [text for text in told if text not in message]
