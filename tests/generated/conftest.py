"""The contract, and a fresh generation of it to compare the tree on disk with."""

import os
import sys
from pathlib import Path

import pytest

import contract
import generate
from contract import Node


@pytest.fixture(scope="session")
def document() -> Node:
    """The contract as plain dicts and lists; tests do not change it."""
    return contract.load()


@pytest.fixture(scope="session")
def fresh(document: Node, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package generated just now."""
    target = tmp_path_factory.mktemp("fresh") / "enboarder_api"
    with pytest.MonkeyPatch.context() as patch:  # ruff is the one beside this Python
        patch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
        generate.generate(document, target)
    return target
