"""The contract, read in the plainest way.

What is rendered from the contract is compared with this reading. It shares no code with
the package and the scripts that render.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

import yaml

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "openapi" / "enboarder.yaml"

TEXTS = {"description", "summary", "meaning", "fix"}
FOR_PYTHON = {"x-python", "x-iterator", "x-client-option"}

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
    document: Node = yaml.load(CONTRACT.read_text("utf-8"), yaml.CSafeLoader)
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


def written_out(document: Node, node: Any) -> Any:
    """Return a node in which a reference is left only where it leads to a schema.

    What is for the Python client is left out.
    """
    if isinstance(node, list):
        return [written_out(document, one) for one in node]
    if not isinstance(node, dict):
        return node
    if "/schemas/" not in node.get("$ref", "/schemas/"):
        return written_out(document, followed(document, node))
    return {
        name: written_out(document, value)
        for name, value in node.items()
        if name not in FOR_PYTHON
    }


def differences(whole: Any, part: Any, place: str = "") -> Iterator[str]:
    """Yield each place at which two nodes differ in more than left out sentences."""
    if isinstance(whole, dict) and isinstance(part, dict):
        if whole.keys() != part.keys():
            yield f"{place}: {whole.keys() ^ part.keys()}"
        for name in whole.keys() & part.keys():
            yield from differences(whole[name], part[name], f"{place}/{name}")
    elif isinstance(whole, list) and isinstance(part, list):
        if len(whole) != len(part):
            yield place
        for index, (one, other) in enumerate(zip(whole, part, strict=False)):
            yield from differences(one, other, f"{place}/{index}")
    elif whole != part and not _is_shorter_text(whole, part, place):
        yield place


def _is_shorter_text(whole: Any, part: Any, place: str) -> bool:
    is_text = place.rpartition("/")[2] in TEXTS and isinstance(whole, str)
    return is_text and says_less(whole, str(part))


def says_less(whole: str, part: str) -> bool:
    """Tell whether a text has no other words than the whole, in one line."""
    words = iter(whole.split())
    return part != "" and "\n" not in part and all(one in words for one in part.split())


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
