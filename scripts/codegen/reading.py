"""Read the contract: its operations, and what they refer to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = ROOT / "openapi" / "enboarder.yaml"
METHODS = ("get", "put", "post", "delete", "patch")

Node: TypeAlias = dict[str, Any]


class ContractBroken(Exception):
    """The contract breaks a rule; each fault names the place and what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("the contract breaks its rules:\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


class Entry(NamedTuple):
    """One operation and where it stands."""

    path: str
    method: str
    node: Node

    @property
    def place(self) -> str:
        return f"{self.node.get('operationId', 'an operation without operationId')} ({self.method.upper()} {self.path})"

    @property
    def python_name(self) -> str | None:
        name: str | None = self.node.get("x-python")
        return name

    def takes(self, scheme: str) -> bool:
        return any(scheme in alternative for alternative in self.node.get("security", []))


def load(path: Path = CONTRACT) -> Node:
    """Read the contract as plain dicts and lists; raises ContractBroken when it is not YAML or has a key twice."""
    try:
        document: Node = YAML(typ="safe", pure=True).load(io.StringIO(path.read_text(encoding="utf-8")))
    except MarkedYAMLError as error:
        raise ContractBroken([f"{path.name} is not valid YAML: {error}"]) from None
    return document


def entries(document: Node) -> Iterator[Entry]:
    """Each operation in `paths`, in the order of the file."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield Entry(path, method, item[method])


def resolve(document: Node, node: Node) -> Node:
    """Follow a local `$ref`, if the node is one."""
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def parameters(document: Node, entry: Entry) -> list[Node]:
    """The operation's parameters, resolved."""
    return [resolve(document, parameter) for parameter in entry.node.get("parameters", [])]


def readable_path(document: Node, entry: Entry) -> str:
    """The path with the Python names of its parameters: `/reports/forms/{form_id}/data`."""
    path = entry.path
    for parameter in parameters(document, entry):
        if parameter["in"] == "path" and "x-name" in parameter:
            path = path.replace("{" + parameter["name"] + "}", "{" + parameter["x-name"] + "}")
    return path


def paragraphs(text: str) -> str:
    """Undo the line breaks of the YAML file, but keep those between paragraphs."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")).strip()
