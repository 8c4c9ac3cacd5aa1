"""The operations of a file of the contract, and which of them generated code lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ruamel.yaml import YAML

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def operation_ids(path: Path) -> list[str]:
    """The operationIds of an OpenAPI file, YAML or JSON."""
    document = YAML(typ="safe").load(path)
    return [
        operation["operationId"]
        for item in document["paths"].values()
        for method, operation in item.items()
        if method in METHODS
    ]


def missing(wanted: Iterable[str], defined: Iterable[str]) -> list[str]:
    """The operations that no method is named after. Generators differ in case and underscores only."""
    known = {_folded(name) for name in defined}
    return [name for name in wanted if _folded(name) not in known]


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
