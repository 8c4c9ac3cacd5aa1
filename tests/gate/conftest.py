"""The contract to break, and the judges from npm; without Node.js these tests are skipped."""

import copy
import os
import sys
from pathlib import Path

import pytest

import contract
import judges
from contract import Node


@pytest.fixture(scope="session")
def original() -> Node:
    """The contract as it is; tests do not change it."""
    return contract.load()


@pytest.fixture
def document(original: Node) -> Node:
    """The contract, to be changed by one test."""
    return copy.deepcopy(original)


@pytest.fixture(scope="session")
def npm() -> None:
    """The judges from npm are installed."""
    try:
        judges.install()
    except judges.NodeMissing as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def own_tools() -> None:
    """The ruff that generation calls is the one beside this Python."""
    os.environ["PATH"] = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    )
