"""Read the contract from its YAML file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from enboarder.contract.walk import Node, Operation, parameters
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
        ContractBroken: the file is not YAML, or has a key twice.
    """
    text = io.StringIO(path.read_text("utf-8"))
    try:
        document: Node = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        problem = f"{path.name} is not valid YAML: {error}"
        raise ContractBroken([problem]) from None
    return document


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
