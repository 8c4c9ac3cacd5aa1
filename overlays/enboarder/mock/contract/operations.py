"""The operations of the contract, and how to find the one that a request calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from urllib.parse import unquote

from ...contract import walk
from ...contract.walk import Node, Place
from .document import Document

CredentialKind: TypeAlias = Literal["key", "token"]


@dataclass(frozen=True)
class Operation:
    """One operation of the contract under one path."""

    name: str
    """Its name in the client, which twins share."""
    method: str
    path: str
    credentials: frozenset[CredentialKind]
    """The kinds of credential that it accepts; empty if it needs none."""
    place: Place

    def match(self, path: str) -> dict[str, str] | None:
        """Return the decoded parameters of a percent-encoded path, if it matches."""
        expected_parts = self.path.split("/")
        parts = path.split("/")
        if len(expected_parts) != len(parts):
            return None
        parameters: dict[str, str] = {}
        for expected, part in zip(expected_parts, parts, strict=True):
            if expected.startswith("{") and part:
                parameters[expected[1:-1]] = unquote(part)
            elif expected != unquote(part):
                return None
        return parameters


def operations_of(document: Document) -> list[Operation]:
    """Return the operations, those with fewer path parameters first.

    In this order, `/Users/me` is found before `/Users/{id}`.
    """
    found = list(walk.operations(document.content))
    names = {one.node["operationId"]: _own_name(one.node) for one in found}
    default_security: list[Node] = document.content.get("security", [])
    operations = [
        Operation(
            name=_name(one.node, names),
            method=one.method.upper(),
            path=one.path,
            credentials=_credentials(one.node.get("security", default_security)),
            place=("paths", one.path, one.method),
        )
        for one in found
    ]
    return sorted(operations, key=lambda operation: operation.path.count("{"))


def _own_name(spec: Mapping[str, Any]) -> str:
    return str(spec.get("x-python", spec["operationId"]))


def _name(spec: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if "x-python" in spec:
        return _own_name(spec)
    return names.get(spec.get("x-twin", ""), spec["operationId"])


def _credentials(security: Sequence[Mapping[str, Any]]) -> frozenset[CredentialKind]:
    kinds: set[CredentialKind] = set()
    for requirement in security:
        for scheme in requirement:
            kinds.add("key" if scheme == "apiKey" else "token")
    return frozenset(kinds)
