"""Find the operations of a file of the contract that generated code lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from enboarder.contract.walk import operations
from scripts.codegen.reading import load


def operation_ids(path: Path) -> list[str]:
    """Return the operationIds of an OpenAPI file, YAML or JSON."""
    return [operation.node["operationId"] for operation in operations(load(path))]


def missing(wanted: Iterable[str], defined: Iterable[str]) -> list[str]:
    """Return the operations that no method is named after.

    Generators differ in case and underscores only.
    """
    known = {_folded(name) for name in defined}
    return [name for name in wanted if _folded(name) not in known]


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
