"""The contract, read once for all tests of this folder."""

import pytest

import contract
from contract import Node


@pytest.fixture(scope="session")
def document() -> Node:
    """The contract as plain dicts and lists; tests do not change it."""
    return contract.load()
