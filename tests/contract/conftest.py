"""The contract, read once for all tests of this folder."""

import pytest

from tests.contract.contract_file import Node, read


@pytest.fixture(scope="session")
def document() -> Node:
    """Return the contract as plain dictionaries and lists; tests do not change it."""
    return read()
