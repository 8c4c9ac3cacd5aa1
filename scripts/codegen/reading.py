"""Read the contract from its YAML file."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from enboarder.contract.walk import Node, Operation, is_list, is_object, parameters
from scripts.layout import CONTRACT


class ContractBroken(Exception):
    """The contract breaks rules; each problem names the place and what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Remember the problems, one sentence each."""
        listed = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"the contract breaks its rules:\n{listed}")
        self.problems = list(problems)


def load(path: Path = CONTRACT) -> Node:
    """Read the contract as plain dictionaries and lists.

    Raises:
        ContractBroken: the file cannot be read, is not YAML, has a key twice, or holds
            what JSON cannot.
    """
    try:
        text = io.StringIO(path.read_text("utf-8"))
        document = YAML(typ="safe", pure=True).load(text)
    except (OSError, UnicodeDecodeError) as error:
        problem = f"{path.name} cannot be read: {error}"
        raise ContractBroken([problem]) from None
    # The reader of dates raises ValueError: there is no 31st of February.
    except (YAMLError, ValueError, RecursionError) as error:
        problem = f"{path.name} is not valid YAML: {error}"
        raise ContractBroken([problem]) from None
    problems = list(_not_json(document, (), ()))
    if problems:
        raise ContractBroken(problems)
    checked: Node = document
    return checked


def _not_json(
    node: Any, place: tuple[str, ...], inside: tuple[int, ...]
) -> Iterator[str]:
    """Yield each value that JSON does not have, with its place."""
    members: list[tuple[Any, Any]] = []
    if is_object(node):
        members = list(node.items())
    elif is_list(node):
        members = list(enumerate(node))
    elif not _is_plain(node):
        shown = "/".join(place)
        yield f"{shown}: {node} is a {type(node).__name__}; put it into quotes"
    if id(node) in inside:
        yield f"{'/'.join(place)}: it contains itself; write out what it refers to"
        return
    for name, value in members:
        here = (*place, str(name))
        if is_object(node) and not isinstance(name, str):
            yield f"{'/'.join(here)}: the name {name!r} is no text; put it into quotes"
        yield from _not_json(value, here, (*inside, id(node)))


def _is_plain(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, str | int)


def readable_path(document: Node, operation: Operation) -> str:
    """Return the path with the Python names of its parameters.

    For example `/reports/forms/{form_id}/data`.
    """
    path = operation.path
    for parameter in parameters(document, operation):
        if parameter["in"] == "path" and "x-name" in parameter:
            wire_name = "{" + parameter["name"] + "}"
            path = path.replace(wire_name, "{" + parameter["x-name"] + "}")
    return path


def paragraphs(text: str) -> str:
    """Undo the line breaks of the YAML file, but keep those between paragraphs."""
    unwrapped = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n\n".join(unwrapped).strip()
