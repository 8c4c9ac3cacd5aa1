"""The contract to break, and copies of the repository to break it in."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from enboarder.contract.walk import Node
from tests.contract import contract_file
from tests.scripts.checkout import Checkout


@pytest.fixture(scope="session")
def original() -> Node:
    """The contract; tests do not change it."""
    return contract_file.read()


@pytest.fixture
def document(original: Node) -> Node:
    """A copy of the contract, to be changed by one test."""
    return copy.deepcopy(original)


@pytest.fixture
def own_ruff(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ruff that generation calls is the one beside this Python."""
    # Other tests here run where the generator is not installed.
    from scripts.codegen.generator import use_own_ruff

    # The first change tells monkeypatch what to restore.
    monkeypatch.setenv("PATH", "", prepend=":")
    use_own_ruff()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A copy of what is needed to generate, to render and to install."""
    return Checkout.copied(tmp_path / "checkout")
