"""The contract, read in the plainest way.

What is rendered from the contract is compared with this reading. It shares no code with
the package and the scripts that render.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "openapi" / "enboarder.yaml"

Node: TypeAlias = dict[str, Any]
T = TypeVar("T")


class Operation(NamedTuple):
    """An operation of the contract."""

    method: str
    path: str
    node: Node

    @property
    def name(self) -> str:
        """Return its operationId."""
        return str(self.node["operationId"])

    @property
    def schemes(self) -> set[str]:
        """Return the security schemes of which each alone is enough."""
        schemes: set[str] = set()
        for alternative in self.node["security"]:
            schemes.update(alternative)
        return schemes


@cache
def read() -> Node:
    """Return the contract. It is read once; nobody may change it."""
    document: Node = YAML(typ="safe", pure=True).load(CONTRACT)
    return document


def operations(document: Node) -> Iterator[Operation]:
    """Yield each operation, in the order of the file."""
    for path, item in document["paths"].items():
        for method, node in item.items():
            yield Operation(method, path, node)


def followed(document: Node, node: Node) -> Node:
    """Return the component that a reference names, or the node itself."""
    if "$ref" not in node:
        return node
    _, _, kind, name = node["$ref"].split("/")
    component: Node = document["components"][kind][name]
    return component


def parameters_in(document: Node, operation: Operation, place: str) -> list[Node]:
    """Return the parameters of an operation that are sent in one place."""
    listed = [followed(document, one) for one in operation.node.get("parameters", [])]
    return [parameter for parameter in listed if parameter["in"] == place]


def body_of(document: Node, operation: Operation) -> Node | None:
    """Return the request body of an operation, if it has one."""
    if "requestBody" not in operation.node:
        return None
    return followed(document, operation.node["requestBody"])


def first_example(content: Node) -> Any:
    """Return the value of the first example of a content."""
    examples = list(content.get("examples", {}).values())
    return examples[0]["value"] if examples else None


def unwrapped(value: T) -> T:
    """Return a value in which each run of white space in a text is one blank.

    The lines of the YAML file end where its editor wants them to.
    """
    result: Any = value
    if isinstance(value, str):
        result = " ".join(value.split())
    elif isinstance(value, list):
        result = [unwrapped(one) for one in value]
    elif isinstance(value, dict):
        result = {name: unwrapped(one) for name, one in value.items()}
    unwrapped_value: T = result
    return unwrapped_value
