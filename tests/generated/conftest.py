"""The contract, and a fresh generation of it to compare the tree on disk with."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from enboarder.contract.walk import Node
from scripts.codegen.generator import generate
from tests.contract import contract_file


@pytest.fixture(scope="session")
def document() -> Node:
    """The contract as plain dicts and lists; tests do not change it."""
    return contract_file.read()


@pytest.fixture(scope="session")
def own_ruff() -> Iterator[None]:
    """The generator finds the ruff beside this Python first."""
    path = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join(path))
        yield


@pytest.fixture(scope="session")
def fresh(
    document: Node, tmp_path_factory: pytest.TempPathFactory, own_ruff: None
) -> Path:
    """A package generated just now."""
    target = tmp_path_factory.mktemp("fresh") / "enboarder_api"
    generate(document, target)
    return target
